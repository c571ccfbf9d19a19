import Telemetry

/// Sources: each way in, what came by it and what became of it.
struct SourcesView: View {
  let name = "Sources"
  let hints = ["j k", "/"]

  func panes(_ situation: Situation, _ dashboard: Dashboard) -> [[String]] {
    [Self.sources(situation, dashboard).map(\.name)]
  }

  func subject(_ situation: Situation, _ dashboard: Dashboard) -> String? {
    selected(situation, dashboard)?.name
  }

  func opening(_ situation: Situation, _ dashboard: Dashboard) -> Opening? { nil }

  private static func sources(_ situation: Situation, _ dashboard: Dashboard) -> [SourceStatus] {
    let filter = dashboard.place.filter
    return filter.isEmpty
      ? situation.sources
      : situation.sources.filter { filter.accepts([$0.name, $0.problem ?? ""]) }
  }

  private func selected(_ situation: Situation, _ dashboard: Dashboard) -> SourceStatus? {
    dashboard.selected(of: Self.sources(situation, dashboard), by: \.name)
  }

  func draw(_ situation: Situation, _ dashboard: Dashboard, in rect: Rect, on frame: inout Frame) {
    let isBoxed = rect.columns >= 118 && rect.rows >= 24
    let inner = frame.part(
      rect, title: [Run("Sources", .title)], note: note(situation), boxed: isBoxed)
    let sources = Self.sources(situation, dashboard)
    guard !sources.isEmpty else {
      let text =
        situation.sources.isEmpty
        ? "nothing is read live: what is shown was read before"
        : "0 of \(situation.sources.count) sources match the filter, esc clears it"
      frame.canvas.write(text, inner.row, inner.column, .muted, end: inner.endColumn)
      return
    }
    let selected = dashboard.selection(sources.map(\.name), pane: 0)
    let (list, foot) = inner.splitRows(max(inner.rows - 1, 1))
    let first = Table.firstRow(selected: selected, count: sources.count, visible: list.rows - 1)
    Table(columns: Self.columns, rows: sources.map { cells($0, situation) })
      .draw(in: list, from: first, selected: selected, on: &frame.canvas)
    frame.addRows(sources.map(\.name), from: first, in: list)
    if foot.rows > 0, let problem = selected.flatMap({ sources[$0].problem }) {
      frame.sentence([Run(problem, .warn)], foot.row, foot.column, end: foot.endColumn)
    }
  }

  private func note(_ situation: Situation) -> String {
    let series = Quantities.count(Double(situation.store.metrics.count))
    return "\(series) series · \(Quantities.count(Double(situation.store.bytes)))B stored"
  }

  private static let columns: [Table.Column] = [
    .init(" "), .init("SOURCE", isElastic: true), .init("SEEN", .right, priority: 1),
    .init("RECEIVED", .right, priority: 6), .init("STORED", .right, priority: 2),
    .init("REJECTED", .right, priority: 4), .init("DROPPED", .right, priority: 3),
    .init("LATE", .right, priority: 5),
  ]

  private func cells(_ source: SourceStatus, _ situation: Situation) -> [Run] {
    let isIll = source.problem != nil
    return [
      Run(isIll ? "▲" : "●", isIll ? .warn : .ok), Run(source.name, .title),
      Run(
        Quantities.age(situation.age(of: source.lastArrival)),
        source.lastArrival == nil ? .unknown : .muted),
      Run(Quantities.count(Double(source.received)), .muted),
      Run(Quantities.count(Double(source.stored)), .text), lost(source.rejected),
      lost(source.dropped), lost(source.late),
    ]
  }

  private func lost(_ count: Int) -> Run {
    Run(Quantities.count(Double(count)), count > 0 ? .warn : .muted)
  }
}
