import Monitoring
import Telemetry

/// Events: everything that happened, newest first, narrowed by a filter; the selected one in full.
struct EventsView: View {
  let name = "Events"
  let hints = ["j k", "/", "[ ]", "y"]

  func panes(_ situation: Situation, _ dashboard: Dashboard) -> [[String]] {
    [Self.happenings(situation, dashboard).map(\.identity)]
  }

  func subject(_ situation: Situation, _ dashboard: Dashboard) -> String? {
    dashboard.selected(of: Self.happenings(situation, dashboard), by: \.identity)
      .map { "\($0.subject) \($0.text)" }
  }

  func opening(_ situation: Situation, _ dashboard: Dashboard) -> Opening? { nil }

  /// Older ones are found by a filter, or by going back in time.
  private static let listed = 500

  static func happenings(_ situation: Situation, _ dashboard: Dashboard) -> [Happening] {
    let filter = dashboard.place.view == ViewNumber.events ? dashboard.place.filter : Filter()
    guard !filter.isEmpty else { return situation.happenings(limit: Self.listed) }
    return situation.happenings(
      limit: Self.listed,
      transitions: { $0.kind != .action && filter.accepts(Happening($0).words) },
      events: { filter.accepts(Happening($0).words) })
  }

  func draw(_ situation: Situation, _ dashboard: Dashboard, in rect: Rect, on frame: inout Frame) {
    let happenings = Self.happenings(situation, dashboard)
    let isBoxed = rect.columns >= 118 && rect.rows >= 24
    let names = happenings.map(\.identity)
    let selected = dashboard.selection(names, pane: 0)
    let detail = selected.map { happenings[$0] }
    let lines = detail.map { $0.details.count + (isBoxed ? 3 : 2) } ?? 0
    let (top, bottom) = rect.splitRows(
      rect.rows >= 12 ? max(rect.rows - lines, rect.rows / 2) : rect.rows)
    drawList(happenings, names, selected, dashboard, in: top, boxed: isBoxed, on: &frame)
    guard let detail, bottom.rows > 1 else { return }
    let inner = frame.part(
      bottom,
      title: [
        Run(detail.standing.glyph + " ", detail.standing.role), Run(detail.subject, .title),
      ], note: "\(detail.time.dateText) \(detail.time.clockText)Z", boxed: isBoxed)
    for (offset, line) in ([detail.text] + detail.details).prefix(inner.rows).enumerated() {
      frame.sentence([Run(line, .text)], inner.row + offset, inner.column, end: inner.endColumn)
    }
  }

  private func drawList(
    _ happenings: [Happening], _ names: [String], _ selected: Int?, _ dashboard: Dashboard,
    in rect: Rect, boxed: Bool, on frame: inout Frame
  ) {
    let more = happenings.count == Self.listed ? "the newest " : ""
    let inner = frame.part(
      rect, title: [Run("Events", .title)], note: "\(more)\(happenings.count) · newest first",
      boxed: boxed)
    guard !happenings.isEmpty else {
      let text =
        dashboard.place.filter.isEmpty ? "nothing yet" : "none matches the filter, esc clears it"
      return _ = frame.canvas.write(text, inner.row, inner.column, .muted, end: inner.endColumn)
    }
    let (list, first) = frame.list(of: happenings.count, selected: selected, in: inner)
    let shown = happenings.dropFirst(first).prefix(max(list.rows - 1, 0))
    Table(columns: Self.columns, rows: shown.map(cells)).draw(
      in: list, selected: selected.map { $0 - first }, on: &frame.canvas)
    frame.addRows(names, from: first, in: list)
  }

  private static let columns: [Table.Column] = [
    .init("DATE", priority: 2), .init("TIME"), .init(" "), .init("WHAT", most: 36),
    .init("HAPPENED", isElastic: true, most: 24),
  ]

  private func cells(_ happening: Happening) -> [Run] {
    [
      Run(happening.time.dateText, .muted), Run(happening.time.clockText, .muted),
      Run(happening.standing.glyph, happening.standing.role), Run(happening.subject, .title),
      Run(happening.text, .text),
    ]
  }
}

extension Happening {
  /// Names it in selections.
  var identity: String { "\(time.milliseconds) \(subject) \(text)" }

  /// What a filter looks at.
  var words: [String] { [subject, text] + details }
}
