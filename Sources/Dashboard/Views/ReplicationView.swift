import Monitoring
import Telemetry

/// Replication: the matrix from row to column, links worst first, and the selected link in time.
///
/// A bad column says that the receiver is ill, a bad row that the sender is.
struct ReplicationView: View {
  let name = "Replication"
  let hints = ["j k", "← →", "z Z", "l", "x", "u", "/", "o"]

  func panes(_ situation: Situation, _ dashboard: Dashboard) -> [[String]] {
    [Self.links(situation, dashboard).map(\.identity)]
  }

  func subject(_ situation: Situation, _ dashboard: Dashboard) -> String? {
    selected(situation, dashboard).map { "\($0.service) \($0.from) > \($0.to)" }
  }

  /// The alarms of the receiving region.
  func opening(_ situation: Situation, _ dashboard: Dashboard) -> Opening? {
    selected(situation, dashboard).map { Opening(view: ViewNumber.alarms, filter: $0.to) }
  }

  static func links(_ situation: Situation, _ dashboard: Dashboard) -> [LinkReading] {
    let shown = situation.links.filter {
      dashboard.place.view != ViewNumber.replication
        || dashboard.place.filter.accepts([$0.service, $0.kind, $0.from, $0.to, $0.state.rawValue])
    }
    return dashboard.isSortedByName ? shown.sorted { $0.identity < $1.identity } : shown
  }

  private func selected(_ situation: Situation, _ dashboard: Dashboard) -> LinkReading? {
    dashboard.selected(of: Self.links(situation, dashboard), by: \.identity)
  }

  func draw(_ situation: Situation, _ dashboard: Dashboard, in rect: Rect, on frame: inout Frame) {
    let links = Self.links(situation, dashboard)
    let boxed = rect.columns >= 118 && rect.rows >= 28
    guard rect.columns >= 56, rect.rows >= 12 else {
      return drawList(links, situation, dashboard, in: rect, on: &frame)
    }
    let regions = matrixRegions(situation)
    if boxed {
      let (top, bottom) = rect.splitRows(
        min(max(regions.count + 6, links.count + 3, 9), rect.rows / 2))
      let (left, right) = top.splitColumns(matrixWidth(regions, in: rect))
      drawMatrix(regions, situation, dashboard, in: left, boxed: true, on: &frame)
      let inner = frame.canvas.box(
        right, title: [Run("Links", .title)],
        note: "\(links.count) links · \(dashboard.isSortedByName ? "by name" : "worst first")")
      drawList(links, situation, dashboard, in: inner, on: &frame)
      drawLink(situation, dashboard, in: bottom, boxed: true, on: &frame)
    } else {
      let matrix = min(regions.count + 2, rect.rows / 3)
      let list = min(links.count + 1, max(rect.rows / 4, 2))
      var (part, rest) = rect.splitRows(matrix)
      drawMatrix(regions, situation, dashboard, in: part, boxed: false, on: &frame)
      (part, rest) = rest.splitRows(list)
      drawList(links, situation, dashboard, in: part.inset(rows: 0, columns: 1), on: &frame)
      drawLink(situation, dashboard, in: rest, boxed: false, on: &frame)
    }
  }

  private func matrixRegions(_ situation: Situation) -> [String] {
    let known = situation.topology.regions.map(\.code)
    if !known.isEmpty { return known }
    return Set(situation.links.flatMap { [$0.from, $0.to] }).sorted()
  }

  private static let cell = 10

  private func matrixWidth(_ regions: [String], in rect: Rect) -> Int {
    min(max(22 + regions.count * Self.cell, 50), rect.columns * 58 / 100)
  }

  private func drawMatrix(
    _ regions: [String], _ situation: Situation, _ dashboard: Dashboard, in rect: Rect, boxed: Bool,
    on frame: inout Frame
  ) {
    let unit = dashboard.showsShareOfObjective ? "% of RPO" : "lag"
    let inner = frame.part(
      rect, title: [Run("From row to column", .title)],
      note: "\(unit) · worst service of each pair", boxed: boxed)
    guard !regions.isEmpty else {
      frame.canvas.write("no regions", inner.row, inner.column, .muted)
      return
    }
    let width = min(max((inner.columns - 15) / max(regions.count, 1), 7), Self.cell)
    let shown = regions.prefix(max((inner.columns - 15) / width, 1))
    for (index, region) in shown.enumerated() {
      frame.canvas.write(
        RegionCode.short(region), inner.row, inner.column + 15 + index * width, width: width - 1,
        .right, .muted)
    }
    for (offset, from) in regions.prefix(max(inner.rows - 1, 0)).enumerated() {
      let row = inner.row + 1 + offset
      frame.canvas.write(from, row, inner.column, width: 14, .left, .title)
      for (index, to) in shown.enumerated() {
        drawCell(
          from, to, situation, dashboard, row, inner.column + 15 + index * width, width - 1,
          on: &frame)
      }
    }
    drawLegend(regions, shown.count, in: inner, on: &frame)
  }

  private func drawLegend(
    _ regions: [String], _ shown: Int, in inner: Rect, on frame: inout Frame
  ) {
    var lines = [
      "▲ warn   ■ over RPO   ✗ broken   ◌ overdue", ".  no link   -  self   --  unknown",
    ]
    if regions.count > shown { lines.append("\(regions.count - shown) more regions to the right") }
    let free = inner.rows - regions.count - 2
    for (offset, line) in lines.prefix(max(free, 0)).enumerated() {
      frame.canvas.write(
        line, inner.endRow - min(lines.count, free) + offset, inner.column, .muted,
        end: inner.endColumn)
    }
  }

  private func drawCell(
    _ from: String, _ to: String, _ situation: Situation, _ dashboard: Dashboard, _ row: Int,
    _ column: Int, _ width: Int, on frame: inout Frame
  ) {
    guard from != to else {
      frame.canvas.write("-", row, column, width: width, .right, .muted)
      return
    }
    guard let link = situation.links.first(where: { $0.from == from && $0.to == to }) else {
      frame.canvas.write(".", row, column, width: width, .right, .graphFuture)
      return
    }
    let standing = Standing(link.state)
    let text =
      dashboard.showsShareOfObjective
      ? Quantities.wholePercent(link.shownStrain)
      : Quantities.duration(link.isOverdue ? nil : link.lagSeconds)
    let role =
      text == "--" ? .unknown : standing.severity == .fine ? .text : standing.role
    if standing.severity != .fine {
      frame.canvas.write(standing.glyph, row, column, standing.role, .bold)
    }
    frame.canvas.write(text, row, column, width: width, .right, role)
    let rect = Rect(row: row, column: column, rows: 1, columns: width)
    if let selected = selected(situation, dashboard), selected.from == from, selected.to == to {
      frame.canvas.stress(rect, .selected)
    }
    frame.add(Target(rect, .row(pane: 0, link.identity)))
  }

  private func drawList(
    _ links: [LinkReading], _ situation: Situation, _ dashboard: Dashboard, in rect: Rect,
    on frame: inout Frame
  ) {
    let selected = dashboard.selection(links.map(\.identity), pane: 0)
    let (list, first) = frame.list(of: links.count, selected: selected, in: rect)
    LinkTable(links: links, situation: situation).draw(
      in: list, selected: selected, first: first, on: &frame)
    frame.addRows(links.map(\.identity), from: first, in: list)
  }

  private func drawLink(
    _ situation: Situation, _ dashboard: Dashboard, in rect: Rect, boxed: Bool,
    on frame: inout Frame
  ) {
    guard let link = selected(situation, dashboard) else {
      _ = frame.part(rect, title: [Run("No link selected", .muted)], boxed: boxed)
      return
    }
    let standing = Standing(link.state)
    let isLogarithmic = dashboard.isLogarithmic ?? true
    let span = Quantities.duration(Double(dashboard.span) / 1000)
    let inner = frame.part(
      rect,
      title: [
        Run(standing.glyph + " ", standing.role), Run("\(link.service) ", .title),
        Run("\(link.from) > \(link.to) ", .text), Run(link.state.rawValue, standing.role, .bold),
      ], note: "\(span) · \(isLogarithmic ? "log" : "linear")", boxed: boxed)
    let words = LinkSentences(link: link, situation: situation).lines
    let lines = min(words.count, max(inner.rows * 2 / 5, 2))
    let (plot, text) = inner.splitRows(inner.rows - lines)
    LinkGraph(
      link: link, situation: situation, span: dashboard.span, isLogarithmic: isLogarithmic
    ).draw(in: plot, on: &frame)
    for (offset, line) in words.prefix(text.rows).enumerated() {
      frame.sentence(line, text.row + offset, text.column, end: text.endColumn)
    }
  }
}
