import Monitoring
import Telemetry

/// 100,000 alarms over 100,000 series with a datapoint a minute: what a minute of it costs live.
func measureAlarmLoad() {
  let week = Week(series: 100_000, minutes: 10)
  var engine = Engine(alarms: week.alarms())
  var minute = 0
  let advance = { (count: Int) in
    for _ in 0..<count {
      engine.ingest(week.batch(minute: minute))
      _ = engine.advance(to: Timestamp(seconds: Int64(minute + 1) * 60))
      minute += 1
    }
  }
  advance(3)
  let seconds = medianSeconds(runs: 5) { advance(week.minutes) } / Double(week.minutes)
  printFigure("alarm-load: a minute of 100,000 alarms and series", seconds * 1000, "ms of CPU")
  printFigure("alarm-load: share of a core", seconds / 60 * 100, "%")
}

/// 1,000 variants of one alarm over a week of one series, one datapoint a minute.
func measureBacktest() {
  let week = Week(series: 1, minutes: 10_080)
  let batches = (0..<week.minutes).map { week.batch(minute: $0) }
  let variations = ["DatapointsToAlarm=1..10", "EvaluationPeriods=10", "Threshold=0.5..99.5"]
    .compactMap { try? AlarmVariation($0) }
  let backtest = Backtest(
    alarms: week.alarms(), variations: variations, metrics: batches[0].metrics, names: [])
  let end = Timestamp(seconds: Int64(week.minutes) * 60)
  let seconds = medianSeconds(runs: 3) {
    _ = backtest.run(batches, from: Timestamp(seconds: 0), to: end)
  }
  printFigure("backtest: variants", Double(backtest.variants.count), "")
  printFigure("backtest: a week of one series", seconds, "s of CPU")
}

/// A million datapoints of a daily wave through the anomaly detector, with a forecast of each.
func measureAnomalies() {
  let count = 1_000_000
  let values = Week(series: 1, minutes: 0).wave(count)
  var found = 0
  let seconds = medianSeconds(runs: 1) {
    var detector = AnomalyDetector(periodSeconds: 300)
    found = 0
    for (index, value) in values.enumerated() {
      let time = Timestamp(seconds: Int64(index) * 300)
      let band = detector.forecast(at: time)?.band(width: 2)
      if let band, value > band.upper || value < band.lower { found += 1 }
      detector.observe(value, at: time)
    }
  }
  printFigure("anomalies: a million datapoints, \(found) outside the band", seconds, "s of CPU")
}
