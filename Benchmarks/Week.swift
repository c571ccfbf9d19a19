import Monitoring
import Telemetry

/// A generated week: 500 series, 500 alarms, 60 s; points ingested and alarms evaluated.
func measureWeek() {
  let week = Week(series: 500, minutes: 10_080)
  let alone = medianSeconds { _ = week.replay(alarms: []) }
  let alarms = week.alarms()
  let both = medianSeconds { _ = week.replay(alarms: alarms) }
  let steady = week.alarms(threshold: 1000)
  let quiet = medianSeconds { _ = week.replay(alarms: steady) }
  let points = Double(week.series * week.minutes)
  printFigure("week: points", points / 1e6, "million")
  printFigure("week: ingest alone", points / alone / 1e6, "million points a core-second")
  printFigure("week: ingest and evaluation", both, "s of CPU")
  printFigure("week: evaluations", points / max(both - alone, 1e-9) / 1e6, "million a core-second")
  printFigure(
    "week: evaluations that change no state", points / max(quiet - alone, 1e-9) / 1e6,
    "million a core-second")
}

/// Sine waves with a spike now and then, so that a few alarms fire.
struct Week {
  let series: Int
  let minutes: Int

  private var metrics: [MetricID] {
    (0..<series).map { index in
      MetricID(
        region: index % 2 == 0 ? "us-east-1" : "eu-west-1", namespace: "AWS/RDS",
        name: "ReplicaLag",
        dimensions: [Dimension(name: "DBInstanceIdentifier", value: "orders-\(index)")],
        unit: "Seconds")
    }
  }

  func alarms(threshold: Double = 60) -> [AlarmDefinition] {
    metrics.enumerated().map { index, metric in
      AlarmDefinition(
        name: "lag-\(index)", region: metric.region, namespace: metric.namespace,
        metricName: metric.name, dimensions: metric.dimensions, evaluationPeriods: 3,
        datapointsToAlarm: 2, threshold: threshold)
    }
  }

  /// What arrives at the end of a minute: one datapoint of each series.
  func batch(minute: Int) -> Batch { batch(minute: minute, metrics: metrics) }

  private func batch(minute: Int, metrics: [MetricID]) -> Batch {
    var batch = Batch()
    batch.metrics = metrics
    batch.samples.reserveCapacity(series)
    let time = Timestamp(seconds: Int64(minute) * 60)
    for index in 0..<series {
      let spike = (minute + index * 37) % 1997 < 4
      batch.samples.append(
        Sample(
          metric: Int32(index), time: time, arrival: time + 60_000,
          statistics: StatisticSet(spike ? 90 : Double((minute + index) % 50))))
    }
    return batch
  }

  /// A daily wave of five-minute points with noise that repeats after a prime number of points.
  func wave(_ count: Int) -> [Double] {
    (0..<count).map { index in
      let hour = Double(index % 288) / 12
      return 50 + 4 * hour * (24 - hour) / 24 + Double(index * 7919 % 1009) / 100
    }
  }

  /// Replays the week minute by minute and returns the number of transitions.
  func replay(alarms: [AlarmDefinition]) -> Int {
    var engine = Engine(alarms: alarms)
    let metrics = metrics
    var transitions = 0
    for minute in 0..<minutes {
      let batch = batch(minute: minute, metrics: metrics)
      engine.ingest(batch)
      transitions += engine.advance(to: Timestamp(seconds: Int64(minute + 1) * 60)).count
    }
    return transitions
  }
}
