import Telemetry

extension ServicePlan {
  /// The metrics a service publishes, each in the region that AWS publishes it in.
  var series: [SeriesPlan] {
    switch kind {
    case nil: []
    case .auroraGlobalDatabase: auroraGlobalDatabase
    case .dynamodbGlobalTable: dynamodbGlobalTable
    case .s3CrossRegionReplication: s3CrossRegionReplication
    case .rdsReadReplica: rdsReadReplica
    case .applicationLoadBalancer: applicationLoadBalancer
    case .route53HealthChecks: route53HealthChecks
    }
  }

  /// Lag appears in the secondaries only, so it moves with the roles; commits tell who writes.
  private var auroraGlobalDatabase: [SeriesPlan] {
    let lags = links.flatMap { link in
      [
        ("AuroraGlobalDBRPOLag", 1.0), ("AuroraGlobalDBReplicationLag", 1.12),
        ("AuroraGlobalDBProgressLag", 1.2),
      ]
      .map { name, factor in
        plan(
          link.to, "AWS/RDS", name,
          [cluster(link.to), Dimension(name: "SourceRegion", value: link.from)], "Milliseconds",
          .roleLag(from: link.from, to: link.to, unitsPerSecond: 1000 * factor),
          .samples(6, spread: 0.25), noise: 0.12)
      }
    }
    return lags + regions.flatMap { auroraCluster(in: $0) }
  }

  private func auroraCluster(in region: String) -> [SeriesPlan] {
    let writer = [cluster(region), Dimension(name: "Role", value: "WRITER")]
    return [
      plan(
        region, "AWS/RDS", "CommitThroughput", writer, "Count/Second", .writes(perRequest: 0.09),
        .single, noise: 0.05),
      plan(
        region, "AWS/RDS", "DatabaseConnections", [cluster(region)], "Count",
        .load(base: 12, perRequest: 0.35), .wholeNumbers(6), noise: 0.03),
      plan(
        region, "AWS/RDS", "CPUUtilization", [cluster(region)], "Percent",
        .load(base: 6, perRequest: 0.055), .samples(6, spread: 0.15), noise: 0.06),
    ]
  }

  private func cluster(_ region: String) -> Dimension {
    dimension("DBClusterIdentifier", in: region)
  }

  /// Latency appears in the source of each pair: what a lost region did not send, nobody reports.
  private var dynamodbGlobalTable: [SeriesPlan] {
    let latencies = links.map { link in
      plan(
        link.from, "AWS/DynamoDB", "ReplicationLatency",
        [table(link.from), Dimension(name: "ReceivingRegion", value: link.to)], "Milliseconds",
        .lag(from: link.from, to: link.to, unitsPerSecond: 1000, whileStopped: false),
        .samples(60, spread: 0.5), noise: 0.15)
    }
    return latencies + regions.flatMap { dynamodbReplica(in: $0) }
  }

  private func dynamodbReplica(in region: String) -> [SeriesPlan] {
    let get = [table(region), Dimension(name: "Operation", value: "GetItem")]
    return [
      plan(
        region, "AWS/DynamoDB", "ConsumedWriteCapacityUnits", [table(region)], "Count",
        .replicatedWrites(perRequest: 0.3 * 60), .count, noise: 0.05),
      plan(
        region, "AWS/DynamoDB", "ConsumedReadCapacityUnits", [table(region)], "Count",
        .load(base: 0, perRequest: 1.1 * 60), .count, noise: 0.05),
      plan(
        region, "AWS/DynamoDB", "SuccessfulRequestLatency", get, "Milliseconds",
        .constant(3.1), .samples(60, spread: 0.6), noise: 0.08),
      plan(
        region, "AWS/DynamoDB", "SystemErrors", get, "Count",
        .load(base: 0.01, perRequest: 0.00003), .count, noise: 1, isSparse: true),
    ]
  }

  private func table(_ region: String) -> Dimension { dimension("TableName", in: region) }

  /// Latency and backlog appear in the destination, failures in the source.
  private var s3CrossRegionReplication: [SeriesPlan] {
    links.flatMap { link in
      let rule = ["SourceBucket", "DestinationBucket", "RuleId"].map { name in
        dimension(name, in: name == "SourceBucket" ? link.from : link.to)
      }
      return [
        plan(
          link.to, "AWS/S3", "ReplicationLatency", rule, "Seconds",
          .lag(from: link.from, to: link.to, unitsPerSecond: 1, whileStopped: true), .single,
          noise: 0.1),
        plan(
          link.to, "AWS/S3", "OperationsPendingReplication", rule, "Count",
          .pending(from: link.from, to: link.to, perRequest: 0.02), .wholeNumbers(1), noise: 0.2),
        plan(
          link.to, "AWS/S3", "BytesPendingReplication", rule, "Bytes",
          .pending(from: link.from, to: link.to, perRequest: 0.02 * 180_000), .wholeNumbers(1),
          noise: 0.2),
        plan(
          link.from, "AWS/S3", "OperationsFailedReplication", rule, "Count", .constant(0),
          .single),
      ]
    }
  }

  /// Lag appears at the replica, as long as it is one.
  private var rdsReadReplica: [SeriesPlan] {
    let lags = links.map { link in
      plan(
        link.to, "AWS/RDS", "ReplicaLag", [instance(link.to)], "Seconds",
        .roleLag(from: link.from, to: link.to, unitsPerSecond: 1), .single, noise: 0.15)
    }
    return lags + regions.flatMap { rdsInstance(in: $0) }
  }

  private func rdsInstance(in region: String) -> [SeriesPlan] {
    [
      plan(
        region, "AWS/RDS", "WriteIOPS", [instance(region)], "Count/Second",
        .appliedWrites(perRequest: 0.6), .single, noise: 0.05),
      plan(
        region, "AWS/RDS", "DatabaseConnections", [instance(region)], "Count",
        .load(base: 8, perRequest: 0.1), .wholeNumbers(1), noise: 0.03),
      plan(
        region, "AWS/RDS", "CPUUtilization", [instance(region)], "Percent",
        .load(base: 5, perRequest: 0.04), .single, noise: 0.05),
    ]
  }

  private func instance(_ region: String) -> Dimension {
    dimension("DBInstanceIdentifier", in: region)
  }

  private var applicationLoadBalancer: [SeriesPlan] {
    regions.flatMap { region in
      let balancer = [dimension("LoadBalancer", in: region)]
      let group = [dimension("TargetGroup", in: region)] + balancer
      let namespace = "AWS/ApplicationELB"
      return [
        plan(
          region, namespace, "RequestCount", balancer, "Count", .load(base: 0, perRequest: 60),
          .count, noise: 0.03),
        plan(
          region, namespace, "HealthyHostCount", group, "Count", .constant(12), .wholeNumbers(3)),
        plan(
          region, namespace, "UnHealthyHostCount", group, "Count", .constant(0), .wholeNumbers(3)),
        plan(
          region, namespace, "TargetResponseTime", balancer, "Seconds",
          .load(base: 0.055, perRequest: 0.00003), .samples(40, spread: 0.7), noise: 0.06),
        plan(
          region, namespace, "HTTPCode_Target_5XX_Count", group, "Count",
          .load(base: 0, perRequest: 60 * 0.00004), .count, noise: 0.8, isSparse: true),
        plan(
          region, namespace, "HTTPCode_ELB_5XX_Count", balancer, "Count",
          .load(base: 0, perRequest: 60 * 0.000008), .count, noise: 0.8, isSparse: true),
      ]
    }
  }

  /// Whatever a check is about, its metrics are in us-east-1.
  private var route53HealthChecks: [SeriesPlan] {
    healthChecks.flatMap { check in
      let dimensions = [Dimension(name: "HealthCheckId", value: check.value)]
      return [
        plan(
          "us-east-1", "AWS/Route53", "HealthCheckStatus", dimensions, "None", .constant(1),
          .wholeNumbers(6)),
        plan(
          "us-east-1", "AWS/Route53", "HealthCheckPercentageHealthy", dimensions, "Percent",
          .constant(100), .samples(6, spread: 0)),
      ]
    }
  }

  private func plan(
    _ region: String, _ namespace: String, _ metric: String, _ dimensions: [Dimension],
    _ unit: String, _ signal: SeriesPlan.Signal, _ form: SeriesPlan.Form, noise: Double = 0,
    isSparse: Bool = false
  ) -> SeriesPlan {
    SeriesPlan(
      service: name, region: region, namespace: namespace, name: metric,
      dimensions: dimensions.sorted(), unit: unit, signal: signal, form: form, noise: noise,
      isSparse: isSparse)
  }
}

extension Canary {
  /// A canary's success, published where it runs.
  var series: SeriesPlan {
    SeriesPlan(
      service: name, region: runsIn, namespace: "CloudWatchSynthetics", name: "SuccessPercent",
      dimensions: [Dimension(name: "CanaryName", value: name)], unit: "Percent",
      signal: .constant(100), form: .single)
  }
}
