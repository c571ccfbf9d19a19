import Telemetry

@testable import Monitoring

/// Metrics with one value a minute from `newYear` on, and what expressions make of them.
///
/// Values are written `30 20 - 0`, missing as `-`; the first metric is m1.
struct MathTable {
  var metrics: [String]
  var region = ""

  /// The value of an expression, written the same way; arrays as `[1 2 | 3 -]`, faults as they are.
  func value(of expression: String) -> String {
    do throws(MetricMathProgram.Failure) {
      let program = try MetricMathProgram(
        queries + [MetricDataQuery(id: "e1", source: .expression(expression))])
      var evaluation = MathEvaluation(program: program, grid: grid, data: data)
      return Self.text(evaluation.value(of: queries.count))
    } catch {
      return error.fault.description
    }
  }

  private var queries: [MetricDataQuery] {
    metrics.indices.map { index in
      MetricDataQuery(
        id: "m\(index + 1)",
        source: .metric(MetricStat(namespace: "Test", metricName: "Metric\(index + 1)")))
    }
  }

  private var grid: SlotGrid {
    let count = metrics.map { $0.split(separator: " ").count }.max() ?? 0
    return SlotGrid(periodSeconds: 60, from: newYear, to: after(minutes: count))
  }

  private var data: MathData {
    var store = SeriesStore()
    var series: [SeriesID?] = []
    for (index, values) in metrics.enumerated() {
      let identifier = store.intern(
        MetricID(region: region, namespace: "Test", name: "Metric\(index + 1)"))
      for (minute, value) in values.split(separator: " ").enumerated() {
        guard let value = Double(value) else { continue }
        let time = after(minutes: minute)
        store.append(
          StatisticSet(value), to: identifier, at: time, arrival: time, merging: .adds)
      }
      series.append(identifier)
    }
    return MathData(
      store: store, series: series + [nil], searched: series.compactMap { $0 })
  }

  private static func text(_ value: MathValue) -> String {
    switch value {
    case .scalar(let number): text(number)
    case .series(let series): text(series)
    case .array(let list): "[" + list.map { text($0) }.joined(separator: " | ") + "]"
    }
  }

  private static func text(_ series: MathSeries) -> String {
    series.values.map { text($0) }.joined(separator: " ")
  }

  private static func text(_ number: Double) -> String {
    if number.isNaN { return "-" }
    let rounded = (number * 1e6).rounded() / 1e6
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }
}
