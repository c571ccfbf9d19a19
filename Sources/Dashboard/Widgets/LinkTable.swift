import Monitoring
import Telemetry

/// Replication links as rows, with lag, what would be lost now, and the trend.
struct LinkTable {
  let links: [LinkReading]
  let situation: Situation
  var showsShare = false

  private static let trend = 12

  func draw(in rect: Rect, selected: Int?, first: Int, on frame: inout Frame) {
    guard !links.isEmpty else {
      let text =
        situation.links.isEmpty
        ? "no replication links: services of meridian.yaml name them"
        : "0 of \(situation.links.count) links match the filter, esc clears it"
      frame.canvas.write(text, rect.row, rect.column, .muted, end: rect.endColumn)
      return
    }
    let table = Table(columns: columns, rows: links.map(cells))
    table.draw(in: rect, from: first, selected: selected, on: &frame.canvas)
    let widths = table.widths(in: rect.columns)
    guard let trend = columns.firstIndex(where: { $0.title == "TREND" }), widths[trend] > 0 else {
      return
    }
    let start = rect.column + widths[..<trend].filter { $0 > 0 }.reduce(0) { $0 + $1 + 1 }
    for (offset, link) in links.dropFirst(first).prefix(max(rect.rows - 1, 0)).enumerated() {
      let buckets = Sparkline.buckets(
        Self.trend, of: link.series, until: situation.time, scale: link.secondsPerUnit,
        in: situation.store)
      frame.canvas.sparkline(
        buckets, rect.row + 1 + offset, start, objective: link.rpoSeconds ?? 60,
        warn: link.warnSeconds)
    }
    if let selected, selected >= first {
      frame.canvas.stress(rect.line(1 + selected - first), .selected)
    }
  }

  private var columns: [Table.Column] {
    [
      .init(" "), .init("SERVICE", isElastic: true), .init("FROM > TO"),
      .init("STATE", priority: 2),
      .init("LAG", .right), .init("AGE", .right, priority: 3),
      .init("AT RISK", .right, priority: 1),
      .init("RPO", .right, priority: 4), .init("%RPO", .right, priority: 5),
      .init("TREND", priority: 6, least: Self.trend),
    ]
  }

  private func cells(_ link: LinkReading) -> [Run] {
    let standing = Standing(link.state)
    let role = link.lagSeconds == nil ? .unknown : standing.role
    return [
      Run(standing.glyph, standing.role, standing.severity > .warning ? .bold : []),
      Run(link.service, .title),
      Run("\(RegionCode.short(link.from)) > \(RegionCode.short(link.to))"),
      Run(standing.word, standing.role), Run(Quantities.duration(link.lagSeconds), role),
      Run(Quantities.age(link.ageSeconds), link.state == .stale ? .stale : .muted),
      Run(Quantities.duration(link.rpoNowSeconds), role, .bold),
      Run(link.rpoSeconds.map { Quantities.objective($0) } ?? "-", .muted),
      Run(link.rpoSeconds == nil ? "-" : Quantities.wholePercent(link.shownStrain), role), Run(""),
    ]
  }
}
