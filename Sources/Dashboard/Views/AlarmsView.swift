import Monitoring
import Telemetry

/// Alarms: the list, worst first, and for the selected one why it fires or does not.
struct AlarmsView: View {
  let name = "Alarms"
  let hints = ["j k", "z Z", "l", "x", "/", "o"]

  func panes(_ situation: Situation, _ dashboard: Dashboard) -> [[String]] {
    [Self.alarms(situation, dashboard).map(\.identity)]
  }

  func subject(_ situation: Situation, _ dashboard: Dashboard) -> String? {
    selected(situation, dashboard).map(\.name)
  }

  func opening(_ situation: Situation, _ dashboard: Dashboard) -> Opening? { nil }

  static func alarms(_ situation: Situation, _ dashboard: Dashboard) -> [AlarmReading] {
    let filter = dashboard.place.filter
    let shown =
      filter.isEmpty
      ? situation.alarms
      : situation.alarms.filter {
        filter.accepts([$0.name, $0.region ?? "", $0.state.rawValue, $0.definition.metricName])
      }
    return dashboard.isSortedByName ? shown.sorted { $0.identity < $1.identity } : shown
  }

  private func selected(_ situation: Situation, _ dashboard: Dashboard) -> AlarmReading? {
    dashboard.selected(of: Self.alarms(situation, dashboard), by: \.identity)
  }

  func draw(_ situation: Situation, _ dashboard: Dashboard, in rect: Rect, on frame: inout Frame) {
    let alarms = Self.alarms(situation, dashboard)
    let selected = dashboard.selection(alarms.map(\.identity), pane: 0)
    if rect.columns >= 118, rect.rows >= 24 {
      let (left, right) = rect.splitColumns(rect.columns * 42 / 100)
      let inner = frame.canvas.box(
        left, title: [Run("Alarms", .title)], note: counts(situation))
      drawList(alarms, selected, situation, in: inner, on: &frame)
      if let selected {
        drawDetail(alarms[selected], situation, dashboard, in: right, boxed: true, on: &frame)
      } else {
        _ = frame.canvas.box(right)
      }
    } else if rect.columns >= 56, rect.rows >= 12 {
      let (list, detail) = rect.splitRows(min(alarms.count + 1, max(rect.rows * 2 / 5, 4)))
      drawList(alarms, selected, situation, in: list.inset(rows: 0, columns: 1), on: &frame)
      if let selected {
        drawDetail(alarms[selected], situation, dashboard, in: detail, boxed: false, on: &frame)
      }
    } else {
      drawList(alarms, selected, situation, in: rect, on: &frame)
    }
  }

  private func counts(_ situation: Situation) -> String {
    let firing = situation.alarms.count { $0.state == .alarm }
    let unknown = situation.alarms.count { $0.state == .insufficientData }
    let fine = situation.alarms.count - firing - unknown
    return "\(firing) ALARM · \(unknown) INSUFFICIENT · \(fine) OK"
  }

  private func drawList(
    _ alarms: [AlarmReading], _ selected: Int?, _ situation: Situation, in rect: Rect,
    on frame: inout Frame
  ) {
    guard !alarms.isEmpty else {
      let text =
        situation.alarms.isEmpty
        ? "no alarms are defined"
        : "0 of \(situation.alarms.count) alarms match the filter, esc clears it"
      frame.canvas.write(text, rect.row, rect.column, .muted, end: rect.endColumn)
      return
    }
    let (list, first) = frame.list(of: alarms.count, selected: selected, in: rect)
    AlarmTable(alarms: alarms, situation: situation).draw(
      in: list, selected: selected, first: first, on: &frame)
    frame.addRows(alarms.map(\.identity), from: first, in: list)
  }

  private func drawDetail(
    _ alarm: AlarmReading, _ situation: Situation, _ dashboard: Dashboard, in rect: Rect,
    boxed: Bool, on frame: inout Frame
  ) {
    let standing = Standing(alarm)
    let inner = frame.part(
      rect,
      title: [
        Run("\(standing.glyph) \(alarm.state.rawValue) ", standing.role, .bold),
        Run(alarm.name, .title),
      ], note: "severity \(alarm.definition.severity.rawValue)", boxed: boxed,
      role: boxed && alarm.state == .alarm ? standing.role : .border)
    let unit = situation.unit(of: alarm)
    var head =
      compositeLines(alarm)
      ?? [metricLine(alarm), [Run("rule    ", .muted), Run(alarm.definition.rule(unit: unit))]]
    if let text = alarm.definition.description, boxed { head.insert([Run(text, .text)], at: 0) }
    if !alarm.stateReason.isEmpty {
      head.append([Run("reason  ", .muted), Run(alarm.stateReason, .text)])
    }
    if !boxed { head = Array(head.dropFirst().prefix(inner.rows >= 10 ? 2 : 1)) }
    let history = boxed ? 8 : inner.rows >= 12 ? 2 : 1
    let strip = 2
    let plotRows = inner.rows - head.count - history - strip
    var row = inner.row
    for line in head where row < inner.endRow {
      row = drawLine(line, row, inner, wraps: boxed, on: &frame)
    }
    let used = row - inner.row
    if plotRows >= 4, inner.rows - used - history - strip >= 4 {
      let plot = Rect(
        row: row, column: inner.column, rows: inner.rows - used - history - strip,
        columns: inner.columns)
      drawGraph(of: alarm, unit, situation, dashboard, in: plot, on: &frame)
      row = plot.endRow
    }
    drawStrip(alarm, situation, row, inner, on: &frame)
    drawHistory(alarm, situation, row + strip, inner, on: &frame)
  }

  /// Writes a line, on two rows where it is long and there is room; returns the next row.
  private func drawLine(
    _ line: [Run], _ row: Int, _ rect: Rect, wraps: Bool, on frame: inout Frame
  ) -> Int {
    guard wraps, line.cells > rect.columns, let last = line.last else {
      frame.sentence(line, row, rect.column, end: rect.endColumn)
      return row + 1
    }
    let lead = line.dropLast().reduce(0) { $0 + $1.text.cells }
    let (first, second) = last.text.broken(at: rect.columns - lead)
    var head = Array(line.dropLast())
    head.append(Run(first, last.role))
    frame.sentence(head, row, rect.column, end: rect.endColumn)
    frame.sentence([Run(second, last.role)], row + 1, rect.column + lead, end: rect.endColumn)
    return row + 2
  }

  /// What a composite alarm says, and what holds back its actions; nil for a metric alarm.
  private func compositeLines(_ alarm: AlarmReading) -> [[Run]]? {
    guard let composite = alarm.definition.composite else { return nil }
    let rule = [Run("rule    ", .muted), Run(composite.rule)]
    let suppressor = composite.suppressor.map { "suppressed by \($0.text)" } ?? "not suppressed"
    let holder = alarm.actionsSuppressedBy.map { "held by \($0)" } ?? suppressor
    return [rule, [Run("actions ", .muted), Run(holder)]]
  }

  private func metricLine(_ alarm: AlarmReading) -> [Run] {
    let definition = alarm.definition
    let dimensions = definition.dimensions.map(\.description).joined(separator: " ")
    return [
      Run("metric  ", .muted),
      Run(
        "\(alarm.region.map { $0 + " " } ?? "")\(definition.namespace) \(definition.metricName) "),
      Run(dimensions, .muted),
    ]
  }

  private func drawGraph(
    of alarm: AlarmReading, _ unit: String?, _ situation: Situation, _ dashboard: Dashboard,
    in rect: Rect, on frame: inout Frame
  ) {
    guard let series = alarm.series else {
      frame.canvas.write(
        alarm.definition.composite == nil
          ? "no metric matches this alarm yet" : "a composite alarm follows other alarms", rect.row,
        rect.column, .unknown, end: rect.endColumn)
      return
    }
    let axis = TimeAxis(
      columns: rect.columns - Graph.gutter, span: dashboard.span, end: situation.time)
    let points = situation.store.datapoints(of: series, from: axis.start, to: situation.time + 1)
    var graph = Graph(points: points, span: dashboard.span, end: situation.time)
    graph.isLogarithmic = dashboard.isLogarithmic ?? false
    graph.unit = unit
    graph.statistic = alarm.definition.statistic
    graph.glyphs = frame.glyphs
    let limit =
      "\(alarm.definition.comparisonSign) "
      + alarm.definition.limitText(unit: unit)
    graph.limits = [.init(alarm.definition.threshold, limit, .threshold)]
    graph.draw(in: rect, on: &frame.canvas)
  }

  private func drawStrip(
    _ alarm: AlarmReading, _ situation: Situation, _ row: Int, _ rect: Rect, on frame: inout Frame
  ) {
    guard row + 1 < rect.endRow else { return }
    let label = "last periods, oldest left "
    let room = rect.columns - label.cells
    let periods = min(max(room - 24, 1), max(30, alarm.definition.evaluationPeriods))
    let strip = DatapointStrip(
      of: alarm, periods: periods, until: situation.time, in: situation.store)
    let start = frame.canvas.write(label, row, rect.column, .muted, end: rect.endColumn)
    strip.draw(row, start, end: rect.endColumn, on: &frame.canvas)
  }

  private func drawHistory(
    _ alarm: AlarmReading, _ situation: Situation, _ row: Int, _ rect: Rect, on frame: inout Frame
  ) {
    guard row < rect.endRow else { return }
    var rows = Rect(
      row: row, column: rect.column, rows: rect.endRow - row, columns: rect.columns)
    if rows.rows > 3 {
      frame.canvas.rule(rows.line(0), title: [Run("History", .title)], note: "newest first")
      rows = rows.splitRows(1).1
    }
    let history = situation.happenings(
      limit: rows.rows,
      transitions: {
        $0.kind == .alarm && $0.name == alarm.name && $0.region == alarm.region
      }, events: { _ in false })
    HappeningList(happenings: history, situation: situation).draw(in: rows, on: &frame)
  }
}

extension String {
  /// Two parts at the last blank that lets the first fit in a width.
  func broken(at width: Int) -> (String, String) {
    guard cells > width, width > 0 else { return (self, "") }
    let head = prefix(width)
    let cut = head.lastIndex(of: " ") ?? head.endIndex
    return (String(self[..<cut]), String(self[cut...].drop { $0 == " " }))
  }
}
