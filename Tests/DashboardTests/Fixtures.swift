import Telemetry

@testable import Dashboard
@testable import Monitoring

/// Situations for pictures: built by hand, so that a picture shows a view and not the engine.
enum Fixtures {
  static let now = time("2026-03-14T03:14:07Z")

  static func time(_ text: String) -> Timestamp { Timestamp(iso8601: text) ?? .distantPast }

  static func minutesAgo(_ minutes: Double) -> Timestamp { now - Int64(minutes * 60_000) }

  /// A region failing: orders are failing over from us-east-1 to eu-west-1.
  static func failing(mode: Scene.Mode = .live) -> Situation {
    var situation = Situation(time: now, mode: mode)
    situation.topology = topology
    situation.regions = regions
    addLinks(to: &situation)
    addAlarms(to: &situation)
    situation.failovers = [failover]
    situation.transitions = transitions.sorted()[...]
    situation.events = events[...]
    situation.sources = [
      SourceStatus(
        name: "metrics.jsonl", lastArrival: now - 2000, received: 48_100, stored: 48_100,
        late: 12),
      SourceStatus(
        name: "events.json", lastArrival: now - 250_000, received: 1200, stored: 1090,
        rejected: 10, dropped: 100,
        problem: "no record for 4m10s"),
    ]
    situation.rejects = 3
    situation.sortWorstFirst()
    return situation
  }

  /// All is well.
  static func steady() -> Situation {
    var situation = failing()
    for index in situation.regions.indices {
      situation.regions[index].health = .healthy
      situation.regions[index].reasons = []
      situation.regions[index].dataAgeSeconds = 2
      situation.regions[index].trafficShare = index == 0 ? 1 : 0
    }
    for index in situation.links.indices {
      situation.links[index].state = .ok
      situation.links[index].lagSeconds = 0.41
      situation.links[index].ageSeconds = 60
      situation.links[index].rpoNowSeconds = 60.41
    }
    for index in situation.alarms.indices { situation.alarms[index].state = .ok }
    var steady = FailoverReading(group: "orders", model: .activePassive, state: .steady)
    steady.since = minutesAgo(12 * 1440)
    steady.writers = ["us-east-1"]
    steady.writersKnown = true
    steady.epoch = 7
    steady.rpoSeconds = 60
    steady.rtoSeconds = 900
    steady.primary = "us-east-1"
    steady.rpoNowSeconds = 60.41
    steady.ready = [
      ReadinessReading(region: "eu-west-1", verdict: .ready, checks: [check("lag", .go, "0.4s")])
    ]
    situation.failovers = [steady]
    situation.transitions = []
    situation.sources = []
    situation.rejects = 0
    situation.sortWorstFirst()
    return situation
  }

  static func replay(isPlaying: Bool = true) -> Situation {
    let transport = Transport(
      name: "samples/region-failure.jsonl.gz", start: minutesAgo(180), end: minutesAgo(-180),
      playhead: now, isPlaying: isPlaying, speed: 8,
      markers: [
        .init(time: minutesAgo(60), kind: .event, text: "deploy"),
        .init(time: minutesAgo(6), kind: .warning, text: "lag"),
        .init(time: minutesAgo(5), kind: .alarm, text: "errors"),
        .init(time: minutesAgo(-20), kind: .failover, text: "promotion"),
        .init(time: minutesAgo(-45), kind: .recovered, text: "errors"),
      ], gaps: [minutesAgo(-75)..<minutesAgo(-90)])
    return failing(mode: .replay(transport))
  }

  private static var topology: Topology {
    var topology = Topology()
    topology.name = "shop"
    topology.regions = [
      RegionDefinition(code: "us-east-1", role: .primary, trafficShare: 1),
      RegionDefinition(code: "eu-west-1", role: .standby),
      RegionDefinition(code: "ap-southeast-1", role: .standby),
    ]
    topology.deployments = [
      Deployment(
        name: "orders", model: .activePassive, rpoSeconds: 60, rtoSeconds: 900,
        services: ["orders-db"])
    ]
    return topology
  }

  private static var regions: [RegionReading] {
    var failing = RegionReading(region: "us-east-1", role: .primary, health: .impaired)
    failing.since = minutesAgo(6.2)
    failing.reasons = ["8.1 % of requests fail, more than 5 %", "99th percentile 2.4 s"]
    failing.trafficShare = 0.982
    failing.dataAgeSeconds = 7
    failing.requestsPerSecond = 48_120
    failing.errorRatio = 0.081
    failing.latencySeconds = 2.41
    var standby = RegionReading(region: "eu-west-1", role: .standby, health: .healthy)
    standby.since = minutesAgo(4000)
    standby.trafficShare = 0.018
    standby.dataAgeSeconds = 7
    standby.requestsPerSecond = 880
    standby.errorRatio = 0.0002
    standby.latencySeconds = 0.091
    standby.freshness = 0.9
    standby.absences = [
      AbsenceReading(
        service: "storefront", metric: "HealthyHostCount", region: "eu-west-1", meaning: .broken,
        evidence: "eu-west-1 is seen, but HealthyHostCount is missing there")
    ]
    var blind = RegionReading(region: "ap-southeast-1", role: .standby, health: .blind)
    blind.since = minutesAgo(4)
    blind.reasons = ["no data for 4m12s"]
    blind.dataAgeSeconds = 252
    return [failing, standby, blind]
  }

  private static func addLinks(to situation: inout Situation) {
    let broken = link("orders-db", "us-east-1", "eu-west-1", .breached, lag: 94, age: 7, rpo: 60)
    let stale = link(
      "orders-db", "us-east-1", "ap-southeast-1", .stale, lag: 0.9, age: 252, rpo: 60)
    let fine = link("images", "us-east-1", "eu-west-1", .ok, lag: 6.8, age: 67, rpo: 900)
    let unseen = link("sessions", "eu-west-1", "us-east-1", .stale, lag: nil, age: nil, rpo: 30)
    for (offset, var link) in [broken, stale, fine, unseen].enumerated() {
      if offset == 0 {
        link.basis = .practitioner
        link.catchUp = CatchUp(targetSeconds: 5, slope: 0.4)
        link.drain = LinkReading.Drain(waitSeconds: 940, pausedSince: nil, at: now)
        link.backlogs = [
          LinkReading.Backlog(
            metric: "OldestReplicationSlotLag", value: 6_100_000, unit: "Bytes", ageSeconds: 7,
            seconds: 88)
        ]
      }
      if link.lagSeconds != nil {
        link.series = addLag(link, offset: offset, to: &situation.store)
        if offset == 0 {
          let moved = minutesAgo(41)
          link.segments = [
            LinkReading.Segment(
              epoch: 1, from: link.to, to: link.from, start: nil, end: moved, series: link.series),
            LinkReading.Segment(
              epoch: 2, from: link.from, to: link.to, start: moved, end: nil, series: link.series),
          ]
        }
      }
      situation.links.append(link)
    }
  }

  private static func link(
    _ service: String, _ from: String, _ to: String, _ state: LinkState, lag: Double?, age: Double?,
    rpo: Double
  ) -> LinkReading {
    var link = LinkReading(
      service: service, kind: "aurora-global-database", from: from, to: to, state: state)
    link.lagSeconds = lag
    link.nativeValue = lag.map { $0 * 1000 }
    link.nativeUnit = "Milliseconds"
    link.ageSeconds = age
    link.rpoSeconds = rpo
    link.warnSeconds = rpo / 12
    link.rpoNowSeconds = lag.flatMap { lag in age.map { lag + $0 } }
    link.secondsPerUnit = 0.001
    link.since = minutesAgo(5.6)
    if state == .breached { link.reasons = ["lag 94 s is more than the objective of 60 s"] }
    return link
  }

  /// Two hours of lag: quiet, then growing for the last twenty minutes; with a gap an hour ago.
  private static func addLag(
    _ link: LinkReading, offset: Int, to store: inout SeriesStore
  ) -> SeriesID {
    let series = store.intern(
      MetricID(
        region: link.to, namespace: "AWS/RDS", name: "AuroraGlobalDBReplicationLag",
        dimensions: [Dimension(name: "DBClusterIdentifier", value: "\(link.service)-\(offset)")],
        unit: "Milliseconds"))
    for minute in 0...120 {
      let ago = 120 - minute
      if (50...56).contains(ago) || link.state == .stale && ago < 4 { continue }
      let wobble = Double((minute * 7919 + offset * 104_729) % 97) / 97
      var seconds = 0.4 + 0.5 * wobble
      if link.state == .breached, ago <= 20 {
        for _ in 0..<(20 - ago) { seconds *= 1.27 }
      }
      if link.service == "images" { seconds = 4 + 6 * wobble }
      let time = (now - Int64(ago) * 60_000).floored(toMilliseconds: 60_000)
      let native = min(seconds, 94) * 1000
      store.append(
        StatisticSet(count: 4, sum: native * 3.4, minimum: native * 0.6, maximum: native),
        to: series, at: time, arrival: time, merging: .replaces)
    }
    return series
  }

  private static func addAlarms(to situation: inout Situation) {
    situation.alarms = [
      alarm("orders-lag", "eu-west-1", .alarm, since: 3.6, series: situation.links[0].series),
      alarm("checkout-5xx", "us-east-1", .alarm, since: 4, series: nil),
      alarm(
        "images-lag", "eu-west-1", .alarm, since: 1.2, severity: "warning",
        series: situation.links[2].series),
      alarm("heartbeat", "ap-southeast-1", .insufficientData, since: 4.2, series: nil),
      alarm("sessions-throttles", "eu-west-1", .ok, since: 9000, series: nil),
      alarm("orders-cpu", nil, .ok, since: 12_000, series: nil),
    ]
  }

  static func alarm(
    _ name: String, _ region: String?, _ state: AlarmState, since minutes: Double,
    severity: String = "critical", series: SeriesID?
  ) -> AlarmReading {
    var definition = AlarmDefinition(
      name: name, region: region, namespace: "AWS/RDS",
      metricName: "AuroraGlobalDBReplicationLag",
      dimensions: [Dimension(name: "DBClusterIdentifier", value: "orders-\(region ?? "")")],
      statistic: .maximum, periodSeconds: 60, evaluationPeriods: 5, datapointsToAlarm: 3,
      threshold: 60_000, treatMissingData: .breaching)
    definition.tags = [Dimension(name: "severity", value: severity)]
    definition.unit = "Milliseconds"
    definition.description = "Replication into \(region ?? "any region") falls behind"
    return AlarmReading(
      definition: definition, region: region, state: state, previousState: .ok,
      stateReason: state == .alarm
        ? "Threshold Crossed: 3 out of the last 5 datapoints [94000.0 (14/03/26 03:13:00), "
          + "82000.0 (14/03/26 03:12:00), 61000.0 (14/03/26 03:11:00)] were greater than the "
          + "threshold (60000.0) (minimum 3 datapoints for OK -> ALARM transition)." : "",
      stateReasonData: nil, stateUpdated: now, stateTransitioned: minutesAgo(minutes),
      actionsSuppressedBy: nil, series: series)
  }

  static func check(
    _ id: String, _ verdict: ReadinessReading.CheckVerdict, _ value: String,
    _ limit: String = "60s",
    age: Double? = 60
  ) -> ReadinessReading.Check {
    ReadinessReading.Check(id: id, verdict: verdict, value: value, limit: limit, ageSeconds: age)
  }

  private static var failover: FailoverReading {
    var failover = FailoverReading(group: "orders", model: .activePassive, state: .failingOver)
    failover.since = minutesAgo(1.8)
    failover.writersKnown = true
    failover.epoch = 7
    failover.rpoSeconds = 60
    failover.rtoSeconds = 900
    failover.primary = "us-east-1"
    failover.rpoNowSeconds = 101
    failover.incidentStart = minutesAgo(6.2)
    failover.evidence = [
      Evidence(
        time: minutesAgo(6), family: "errors", text: "8.1 % of requests fail", region: "us-east-1"),
      Evidence(
        time: minutesAgo(5.5), family: "health checks", text: "2 of 16 checkers see it healthy",
        region: "us-east-1"),
      Evidence(
        time: minutesAgo(1.8), family: "events", text: "FailoverGlobalCluster by oncall",
        region: "eu-west-1"),
      Evidence(
        time: minutesAgo(3), family: "freshness", text: "data still arrive", region: "us-east-1",
        supports: false),
    ]
    failover.ready = [
      ReadinessReading(
        region: "eu-west-1", verdict: .notReady,
        checks: [
          check("freshness", .go, "7s", "180s", age: 7), check("lag", .noGo, "94s", age: 7),
          check("health", .go, "HEALTHY", "HEALTHY", age: 7),
        ]),
      ReadinessReading(
        region: "ap-southeast-1", verdict: .unknown,
        checks: [
          check("freshness", .noGo, "4m12s", "180s", age: 252),
          check("lag", .unknown, "--", age: nil),
        ]),
    ]
    return failover
  }

  private static var transitions: [Transition] {
    [
      Transition(
        time: minutesAgo(18_000), kind: .failover, name: "orders", from: "FAILING_BACK",
        to: "STEADY"),
      Transition(
        time: minutesAgo(130), kind: .alarm, name: "orders-lag", region: "eu-west-1", from: "ALARM",
        to: "OK"),
      Transition(
        time: minutesAgo(6.2), kind: .region, name: "us-east-1", region: "us-east-1",
        from: "HEALTHY", to: "IMPAIRED", reasons: ["8.1 % of requests fail, more than 5 %"]),
      Transition(
        time: minutesAgo(3.6), kind: .alarm, name: "orders-lag", region: "eu-west-1", from: "OK",
        to: "ALARM", reasons: ["Threshold Crossed"]),
      Transition(
        time: minutesAgo(5.6), kind: .link, name: "orders-db", region: "us-east-1",
        toRegion: "eu-west-1", from: "WARN", to: "BREACHED"),
      Transition(
        time: minutesAgo(5.5), kind: .failover, name: "orders", from: "STEADY", to: "DETECTING"),
      Transition(
        time: minutesAgo(4), kind: .region, name: "ap-southeast-1", region: "ap-southeast-1",
        from: "HEALTHY", to: "BLIND", reasons: ["no data for 4m12s"]),
      Transition(
        time: minutesAgo(1.8), kind: .failover, name: "orders", from: "DETECTING",
        to: "FAILING_OVER", reasons: ["FailoverGlobalCluster by oncall"]),
    ]
  }

  private static var events: [Event] {
    [
      Event(
        time: minutesAgo(60), arrival: minutesAgo(59), source: "operator", name: "deploy",
        region: "us-east-1", subject: "api", message: "v412"),
      Event(
        time: minutesAgo(1.8), arrival: minutesAgo(1.7), source: "rds.amazonaws.com",
        name: "FailoverGlobalCluster", region: "eu-west-1", subject: "orders-global",
        message: "by oncall"),
    ]
  }
}
