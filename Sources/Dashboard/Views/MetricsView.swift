import Monitoring
import Telemetry

/// Metrics: every series there is, narrowed by a filter, and the selected one in time.
struct MetricsView: View {
  let name = "Metrics"
  let hints = ["j k", "/", "z Z", "l", "x", "y"]

  func panes(_ situation: Situation, _ dashboard: Dashboard) -> [[String]] {
    [Self.listing(situation, dashboard).map(\.line)]
  }

  func subject(_ situation: Situation, _ dashboard: Dashboard) -> String? {
    dashboard.selected(of: Self.listing(situation, dashboard), by: \.line)?.line
  }

  func opening(_ situation: Situation, _ dashboard: Dashboard) -> Opening? { nil }

  /// More are found by a filter, not by scrolling.
  private static let listed = 1000

  /// A series, and all that names it in a line.
  private struct Listed {
    var series: SeriesID
    var line: String
  }

  /// The first of the series that pass the filter, in order of their names.
  private static func listing(_ situation: Situation, _ dashboard: Dashboard) -> [Listed] {
    let filter = dashboard.place.view == ViewNumber.metrics ? dashboard.place.filter : Filter()
    var found: [Listed] = []
    for (index, metric) in situation.store.metrics.enumerated() {
      if found.count == Self.listed { break }
      let line = metric.line
      guard filter.isEmpty || filter.accepts([line]) else { continue }
      found.append(Listed(series: SeriesID(index: Int32(index)), line: line))
    }
    return found.sorted { $0.line < $1.line }
  }

  func draw(_ situation: Situation, _ dashboard: Dashboard, in rect: Rect, on frame: inout Frame) {
    let listing = Self.listing(situation, dashboard)
    let selected = dashboard.selection(listing.map(\.line), pane: 0)
    let isBoxed = rect.columns >= 118 && rect.rows >= 24
    let hasGraph = rect.rows >= 12 && !listing.isEmpty
    let list = min(listing.count + (isBoxed ? 4 : 3), hasGraph ? rect.rows / 2 : rect.rows)
    let (top, bottom) = rect.splitRows(listing.isEmpty ? rect.rows : max(list, 3))
    drawList(listing, selected: selected, situation, in: top, boxed: isBoxed, on: &frame)
    guard hasGraph, let selected else { return }
    drawGraph(
      of: listing[selected].series, situation, dashboard, in: bottom, boxed: isBoxed, on: &frame)
  }

  private func drawList(
    _ listing: [Listed], selected: Int?, _ situation: Situation, in rect: Rect, boxed: Bool,
    on frame: inout Frame
  ) {
    let all = situation.store.metrics.count
    let more = listing.count == Self.listed ? "the first " : ""
    let inner = frame.part(
      rect, title: [Run("Metrics", .title)], note: "\(more)\(listing.count) of \(all) series",
      boxed: boxed)
    guard !listing.isEmpty else {
      let text = all == 0 ? "no metric has been seen" : "none matches the filter, esc clears it"
      return _ = frame.canvas.write(text, inner.row, inner.column, .muted, end: inner.endColumn)
    }
    let (list, first) = frame.list(of: listing.count, selected: selected, in: inner)
    // Only what is seen is read and measured.
    let shown = listing.dropFirst(first).prefix(max(list.rows - 1, 0))
    Table(columns: Self.columns, rows: shown.map { cells($0.series, situation) }).draw(
      in: list, selected: selected.map { $0 - first }, on: &frame.canvas)
    frame.addRows(listing.map(\.line), from: first, in: list)
  }

  private static let columns: [Table.Column] = [
    .init("METRIC", most: 40), .init("REGION", priority: 1),
    .init("DIMENSIONS", isElastic: true, most: 24),
    .init("NAMESPACE", priority: 3), .init("AVERAGE", .right), .init("AGE", .right, priority: 2),
  ]

  private func cells(_ series: SeriesID, _ situation: Situation) -> [Run] {
    let metric = situation.store.metric(series)
    let newest = newest(of: series, situation)
    let value = newest?.statistics.value(of: .average)
    return [
      Run(metric.name, .title), Run(metric.region.isEmpty ? "--" : metric.region, .text),
      Run(metric.dimensionText, .muted), Run(metric.namespace, .muted),
      Run(Quantities.value(value, unit: metric.unit), value == nil ? .unknown : .text),
      Run(Quantities.age(situation.age(of: newest?.time)), .muted),
    ]
  }

  private func newest(of series: SeriesID, _ situation: Situation) -> Datapoint? {
    situation.store.newest(of: series, atOrBefore: situation.time, notBefore: .distantPast)
  }

  private func drawGraph(
    of series: SeriesID, _ situation: Situation, _ dashboard: Dashboard, in rect: Rect, boxed: Bool,
    on frame: inout Frame
  ) {
    let metric = situation.store.metric(series)
    let isLogarithmic = dashboard.isLogarithmic ?? false
    let span = Quantities.duration(Double(dashboard.span) / 1000)
    let inner = frame.part(
      rect, title: [Run(metric.name + " ", .title), Run(metric.region, .text)],
      note: "\(span) · \(isLogarithmic ? "log" : "linear")", boxed: boxed)
    let (plot, foot) = inner.splitRows(inner.rows - 1)
    let axis = TimeAxis(
      columns: plot.columns - Graph.gutter, span: dashboard.span, end: situation.time)
    var graph = Graph(
      points: situation.store.datapoints(of: series, from: axis.start, to: situation.time + 1),
      span: dashboard.span, end: situation.time)
    graph.unit = metric.unit
    graph.isLogarithmic = isLogarithmic
    graph.glyphs = frame.glyphs
    graph.draw(in: plot, on: &frame.canvas)
    frame.sentence(facts(of: series, situation), foot.row, foot.column, end: foot.endColumn)
  }

  private func facts(of series: SeriesID, _ situation: Situation) -> [Run] {
    let metric = situation.store.metric(series)
    guard let newest = newest(of: series, situation) else { return [Run("no sample", .unknown)] }
    let names: [(String, Statistic)] = [
      ("average", .average), ("minimum", .minimum), ("maximum", .maximum), ("sum", .sum),
    ]
    let values = names.flatMap { name, statistic in
      [
        Run(name + " ", .muted),
        Run(Quantities.value(newest.statistics.value(of: statistic), unit: metric.unit) + "   "),
      ]
    }
    return values + [
      Run("samples ", .muted), Run(Quantities.count(newest.statistics.count)),
      Run("   \(Quantities.age(situation.age(of: newest.time))) old", .muted),
      Run("   \(metric.unit ?? "no unit")   \(metric.dimensionText)", .muted),
    ]
  }
}

extension MetricID {
  /// All that names it, in a line: for filters, selections and the clipboard.
  var line: String { "\(namespace) \(name) \(region) \(dimensionText)" }

  var dimensionText: String {
    dimensions.map(\.description).joined(separator: " ")
  }
}
