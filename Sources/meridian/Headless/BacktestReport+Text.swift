import Dashboard
import Monitoring
import Telemetry

extension BacktestReport {
  /// The first series with the states of the alarms below it, then a row for each variant.
  func text(withPlot: Bool) -> String {
    var lines = [
      "\(result.start) to \(result.end), \(Self.rounded(days)) days, "
        + counted(result.outcomes.count, "variant")
    ]
    if withPlot, let plot { lines += ["", plot] }
    lines += [""] + table
    return lines.joined(separator: "\n") + "\n"
  }

  private static let columns = 110
  private static let plotRows = 14
  /// More strips than this tell less than the table.
  private static let stripLimit = 24
  private static let gutter = 9
  private static let leastColumns = 40

  private var table: [String] {
    let head = [
      "ALARM", "VARIANT", "FIRINGS", "IN ALARM", "FLAPS", "FOUND", "TIME TO DETECT", "FALSE/DAY",
      "NAB",
    ]
    let grid = [head] + result.outcomes.map(row)
    let widths = head.indices.map { column in grid.map { $0[column].count }.max() ?? 0 }
    return grid.map { cells in
      var line = ""
      for (column, cell) in cells.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        line += (column < 2 ? cell + padding : padding + cell) + "  "
      }
      while line.last == " " { line.removeLast() }
      return sanitised(line)
    }
  }

  private func row(_ outcome: BacktestResult.Outcome) -> [String] {
    let detections = outcome.detections
    let isLabelled = outcome.falseAlarms != nil
    return [
      outcome.variant.name, Self.title(outcome.variant.choices), "\(outcome.firings)",
      Self.duration(outcome.alarmMilliseconds), "\(outcome.flaps)",
      isLabelled
        ? "\(detections.count { $0.afterMilliseconds != nil }) of \(detections.count)" : "--",
      outcome.meanMillisecondsToDetect.map(Self.duration) ?? "--",
      outcome.falseAlarmsPerDay(result).map(Self.rounded) ?? "--",
      outcome.score.map { Self.rounded($0.value) } ?? "--",
    ]
  }

  private static func rounded(_ value: Double) -> String {
    String((value * 10).rounded() / 10)
  }

  private static func duration(_ milliseconds: Int64) -> String {
    let minutes = milliseconds / 60_000
    if milliseconds == 0 { return "0" }
    if minutes == 0 { return "\(milliseconds / 1000)s" }
    if minutes < 60 { return "\(minutes)m" }
    if minutes < 2880 { return "\(minutes / 60)h\(minutes % 60)m" }
    return "\(minutes / 1440)d\(minutes / 60 % 24)h"
  }

  private var plot: String? {
    let instances = result.outcomes.flatMap { outcome in
      outcome.instances.map { (outcome, $0) }
    }
    let busiest = instances.filter { !$0.1.points.isEmpty }
      .max { $0.1.alarmMilliseconds < $1.1.alarmMilliseconds }
    guard let (outcome, first) = busiest else { return nil }
    let shown = instances.filter { $0.1.series == first.series }.prefix(Self.stripLimit)
    let strips = shown.count + (first.windows == nil ? 0 : 1)
    let axis = self.axis
    var canvas = Canvas(rows: Self.plotRows + strips + 1, columns: Self.columns)
    let title = [outcome.variant.name, first.metric?.description].compactMap { $0 }
    canvas.write(title.joined(separator: ": "), 0, Self.gutter, .text)
    let rect = Rect(
      row: 1, column: 0, rows: Self.plotRows, columns: Self.gutter + axis.columns)
    graph(first).draw(in: rect, on: &canvas)
    var row = Self.plotRows + 1
    if let windows = first.windows {
      canvas.write("labels", row, 0, .muted)
      for window in windows {
        mark(window.lowerBound, window.upperBound, 0x2592, row, axis, on: &canvas)
      }
      row += 1
    }
    for instance in shown {
      let values = instance.0.variant.choices.map(\.value).joined(separator: ",")
      canvas.write(values.isEmpty ? "ALARM" : values, row, 0, .muted, end: Self.gutter - 1)
      for firing in instance.1.firings {
        mark(firing.start, firing.end, 0x2588, row, axis, on: &canvas)
      }
      row += 1
    }
    return canvas.description.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in
        var line = line
        while line.last == " " { line.removeLast() }
        return String(line)
      }.joined(separator: "\n")
  }

  /// No wider than the recording is long: the steps of a time axis are round.
  private var axis: TimeAxis {
    let span = result.end - result.start
    let widest = TimeAxis(columns: Self.columns - Self.gutter, span: span, end: result.end)
    let needed = max(Self.leastColumns, Int(span / widest.step) + 1)
    return TimeAxis(columns: min(widest.columns, needed), span: span, end: result.end)
  }

  private func graph(_ instance: BacktestResult.Instance) -> Graph {
    let points = instance.points.map {
      Datapoint(time: $0.time, statistics: StatisticSet($0.value))
    }
    var graph = Graph(points: points, span: result.end - result.start, end: result.end)
    if instance.points.allSatisfy({ $0.band == nil }) {
      graph.limits = [Graph.Limit(instance.definition.threshold, "threshold")]
    }
    return graph
  }

  private func mark(
    _ start: Timestamp, _ end: Timestamp, _ scalar: UInt32, _ row: Int, _ axis: TimeAxis,
    on canvas: inout Canvas
  ) {
    let first = max(0, (start - axis.start) / axis.step)
    let last = min(Int64(axis.columns) - 1, (end - axis.start) / axis.step)
    guard first <= last else { return }
    for column in first...last {
      canvas.put(scalar, row, Self.gutter + Int(column), .crit)
    }
  }
}
