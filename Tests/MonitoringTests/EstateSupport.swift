import Documents
import Telemetry

@testable import Monitoring

/// Kinds of services for tests of this target, which has no YAML: the same as the embedded catalog in
/// what matters, and a test of the configuration target runs the real one.
enum Estates {
  static let catalog = Catalog(kinds: [aurora, dynamo, s3, replica, balancer, checks])

  static let aurora = ServiceKind(
    name: "aurora-global-database", title: "Aurora Global Database", layout: .primaryAndReplicas,
    metrics: [
      metric(.lag, "AWS/RDS", "AuroraGlobalDBRPOLag") {
        $0.dimensions = [
          DimensionPattern(name: "DBClusterIdentifier", value: .service(regionOf: .publisher)),
          DimensionPattern(name: "SourceRegion", value: .region(.source), isOptional: true),
        ]
        $0.unit = "Milliseconds"
        $0.statistic = .maximum
        $0.publishedIn = .target
        $0.alsoPublishedIn = .source
        $0.secondsPerUnit = 0.001
        $0.sentinels = [.init(value: -1, means: .broken)]
        $0.warn = 1000
        $0.critical = 5000
      },
      metric(.writes, "AWS/RDS", "CommitThroughput") {
        $0.dimensions = [
          DimensionPattern(name: "DBClusterIdentifier", value: .service(regionOf: .publisher)),
          DimensionPattern(name: "Role", value: .literal("WRITER"), isOptional: true),
        ]
        $0.isBadWhenLow = true
        $0.warn = 0.5
        $0.critical = 0.05
      },
    ],
    events: [
      event("RDS-EVENT-0181", .failingOver, planned: true),
      event("RDS-EVENT-0423", .failingOver, planned: true),
      event("RDS-EVENT-0182", .failingOver, planned: true, fenced: true),
      event("RDS-EVENT-0390", .failingOver, fenced: true),
      event("RDS-EVENT-0391", .failingOver, fenced: false),
      event("RDS-EVENT-0184", .promoted, planned: true),
      event("RDS-EVENT-0238", .promoted, planned: false),
      event("RDS-EVENT-0397", .finished),
      event("RDS-EVENT-0185", .finished, planned: true),
      event("RDS-EVENT-0186", .cancelled, planned: true),
      event("RDS-EVENT-0187", .stuck, planned: true),
      event("RDS-EVENT-0239", .stuck, planned: false),
      event("RDS-EVENT-0240", .resynchronising, planned: false),
      event("RDS-EVENT-0241", .resynchronised, planned: false),
      event("FailoverGlobalCluster", .commanded),
      event("SwitchoverGlobalCluster", .commanded, planned: true),
    ])

  static let dynamo = ServiceKind(
    name: "dynamodb-global-table", title: "DynamoDB global table", layout: .multiWriter,
    metrics: [
      metric(.lag, "AWS/DynamoDB", "ReplicationLatency") {
        $0.dimensions = [
          DimensionPattern(name: "TableName", value: .service(regionOf: .publisher)),
          DimensionPattern(name: "ReceivingRegion", value: .region(.target)),
        ]
        $0.unit = "Milliseconds"
        $0.periodMilliseconds = 300_000
        $0.publishedIn = .source
        $0.secondsPerUnit = 0.001
        $0.publishingDelayMilliseconds = 180_000
        $0.sentinels = [.init(value: 0, means: .stalledWhileWriting)]
        $0.drainFactor = 10
        $0.warn = 5000
        $0.critical = 180_000
      },
      metric(.writes, "AWS/DynamoDB", "ConsumedWriteCapacityUnits") {
        $0.dimensions = [
          DimensionPattern(name: "TableName", value: .service(regionOf: .publisher))
        ]
        $0.statistic = .sum
        $0.isBadWhenLow = true
        $0.warn = 0.5
        $0.critical = 0.05
      },
      metric(.errors, "AWS/DynamoDB", "SystemErrors") {
        $0.dimensions = [
          DimensionPattern(name: "TableName", value: .service(regionOf: .publisher)),
          DimensionPattern(name: "Operation", value: .any, isOptional: true),
        ]
        $0.statistic = .sum
        $0.reporting = .nonzero
        $0.warn = 10
        $0.critical = 100
      },
    ])

  static let s3 = ServiceKind(
    name: "s3-cross-region-replication", title: "S3 cross-Region replication",
    layout: .sourceToTargets,
    metrics: [
      metric(.lag, "AWS/S3", "ReplicationLatency") {
        $0.dimensions = bucketPatterns
        $0.unit = "Seconds"
        $0.statistic = .maximum
        $0.publishedIn = .target
        $0.reporting = .optIn
        $0.publishingDelayMilliseconds = 240_000
        $0.warn = 300
        $0.critical = 900
      },
      metric(.failures, "AWS/S3", "OperationsFailedReplication") {
        $0.dimensions = bucketPatterns
        $0.statistic = .maximum
        $0.publishedIn = .source
        $0.reporting = .optIn
        $0.critical = 0
      },
    ])

  static let replica = ServiceKind(
    name: "rds-read-replica", title: "RDS read replica", layout: .primaryAndReplicas,
    metrics: [
      metric(.lag, "AWS/RDS", "ReplicaLag") {
        $0.dimensions = [
          DimensionPattern(name: "DBInstanceIdentifier", value: .service(regionOf: .publisher))
        ]
        $0.unit = "Seconds"
        $0.statistic = .maximum
        $0.publishedIn = .target
        $0.sentinels = [.init(value: -1, means: .broken)]
        $0.idleSawMilliseconds = 300_000
        $0.warn = 30
        $0.critical = 60
      },
      metric(.writes, "AWS/RDS", "WriteIOPS") {
        $0.idleBelow = 2
        $0.includesReplicated = true
        $0.dimensions = [
          DimensionPattern(name: "DBInstanceIdentifier", value: .service(regionOf: .publisher))
        ]
        $0.isBadWhenLow = true
        $0.warn = 0.5
        $0.critical = 0.05
      },
    ])

  static let balancer = ServiceKind(
    name: "application-load-balancer", title: "Application Load Balancer", layout: .regional,
    metrics: [
      balancerMetric(.requests, "RequestCount") {
        $0.isBadWhenLow = true
        $0.warn = 0.5
        $0.critical = 0.05
      },
      balancerMetric(.errors, "HTTPCode_Target_5XX_Count") {
        $0.reporting = .nonzero
        $0.ratioTo = .requests
        $0.warn = 0.01
        $0.critical = 0.05
      },
      balancerMetric(.latency, "TargetResponseTime") {
        $0.statistic = .average
        $0.reporting = .nonzero
        $0.warn = 1
        $0.critical = 3
      },
      balancerMetric(.healthyHosts, "HealthyHostCount") {
        $0.statistic = .minimum
        $0.isBadWhenLow = true
        $0.warn = 0.67
        $0.critical = 0
      },
    ])

  static let checks = ServiceKind(
    name: "route53-health-checks", title: "Route 53 health checks", layout: .healthChecks,
    metrics: [
      metric(.healthStatus, "AWS/Route53", "HealthCheckStatus") {
        $0.dimensions = [DimensionPattern(name: "HealthCheckId", value: .healthCheck)]
        $0.statistic = .minimum
        $0.publishedIn = .fixed("us-east-1")
        $0.isBadWhenLow = true
        $0.critical = 0
      },
      metric(.healthPercentage, "AWS/Route53", "HealthCheckPercentageHealthy") {
        $0.dimensions = [DimensionPattern(name: "HealthCheckId", value: .healthCheck)]
        $0.publishedIn = .fixed("us-east-1")
        $0.isBadWhenLow = true
        $0.warn = 75
        $0.critical = 18
      },
    ])

  private static let bucketPatterns = [
    DimensionPattern(name: "SourceBucket", value: .service(regionOf: .source)),
    DimensionPattern(name: "DestinationBucket", value: .service(regionOf: .target)),
    DimensionPattern(name: "RuleId", value: .service(regionOf: .source), isOptional: true),
  ]

  private static func metric(
    _ role: MetricRole, _ namespace: String, _ name: String,
    _ change: (inout ServiceMetric) -> Void
  ) -> ServiceMetric {
    var metric = ServiceMetric(role: role, namespace: namespace, name: name)
    change(&metric)
    return metric
  }

  private static func balancerMetric(
    _ role: MetricRole, _ name: String, _ change: (inout ServiceMetric) -> Void
  ) -> ServiceMetric {
    metric(role, "AWS/ApplicationELB", name) {
      $0.dimensions = [
        DimensionPattern(name: "LoadBalancer", value: .service(regionOf: .publisher))
      ]
      $0.statistic = .sum
      change(&$0)
    }
  }

  private static func event(
    _ name: String, _ proves: ServiceEvent.Proof, planned: Bool? = nil, fenced: Bool? = nil
  ) -> ServiceEvent {
    ServiceEvent(name: name, proves: proves, planned: planned, fenced: fenced, means: name)
  }
}
