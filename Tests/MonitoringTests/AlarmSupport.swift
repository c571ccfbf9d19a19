import Telemetry

@testable import Monitoring

/// 2026-01-01T00:00:00Z, where the alarms of these tests start.
let newYear = CivilTime(year: 2026, month: 1, day: 1).timestamp

func after(minutes: Int) -> Timestamp { newYear + Int64(minutes) * 60_000 }

/// Replica lag above 10 s, with what a test varies.
func lagAlarm(
  _ name: String = "lag", region: String? = "eu-west-1", period: Int = 60, periods: Int = 1,
  datapointsToAlarm: Int? = nil, missing: AlarmDefinition.TreatMissingData = .missing
) -> AlarmDefinition {
  AlarmDefinition(
    name: name, region: region, namespace: "AWS/RDS", metricName: "ReplicaLag",
    dimensions: [Dimension(name: "DBInstanceIdentifier", value: "orders")], periodSeconds: period,
    evaluationPeriods: periods, datapointsToAlarm: datapointsToAlarm, threshold: 10,
    treatMissingData: missing)
}

func lagMetric(region: String = "eu-west-1", account: String = "", unit: String? = nil) -> MetricID
{
  MetricID(
    region: region, account: account, namespace: "AWS/RDS", name: "ReplicaLag",
    dimensions: [Dimension(name: "DBInstanceIdentifier", value: "orders")], unit: unit)
}

/// One sample per minute from `newYear` on, arriving at its timestamp; nil is missing.
func minutes(_ values: [Double?], of metric: MetricID = lagMetric(), from first: Int = 0) -> Batch {
  var batch = Batch()
  batch.metrics = [metric]
  for (index, value) in values.enumerated() {
    guard let value else { continue }
    let time = after(minutes: first + index)
    batch.samples.append(
      Sample(metric: 0, time: time, arrival: time, statistics: StatisticSet(value)))
  }
  return batch
}

extension Engine {
  /// An engine that begins just before `newYear` and evaluates from there on.
  static func watching(
    _ alarms: [AlarmDefinition], _ batches: [Batch] = [], range: Int? = nil
  ) -> Engine {
    var options = EngineOptions()
    options.evaluationRange = range
    var engine = Engine(alarms: alarms, options: options)
    _ = engine.advance(to: newYear - 1)
    for batch in batches { engine.ingest(batch) }
    return engine
  }

  /// `lag eu-west-1 OK`, one for each alarm, at `now`.
  var states: [String] {
    moment().alarms.map { "\($0.name) \($0.region ?? "-") \($0.state.rawValue)" }
  }
}

extension [Transition] {
  /// `2 lag eu-west-1 OK>ALARM`: minutes after `newYear`; actions as `2 lag ALARM!arn`.
  var told: [String] {
    map { transition in
      let minute = (transition.time - newYear) / 60_000
      let place = transition.region.map { " " + $0 } ?? ""
      return transition.kind == .action
        ? "\(minute) \(transition.name) \(transition.to)!\(transition.target ?? "")"
        : "\(minute) \(transition.name)\(place) \(transition.from)>\(transition.to)"
    }
  }
}
