import Monitoring
import Telemetry

/// Regions as rows: what tiles become under 118 columns.
struct RegionTable {
  let regions: [RegionReading]
  let situation: Situation

  private static let trend = 14

  func draw(in rect: Rect, selected: Int?, first: Int, on frame: inout Frame) {
    let table = Table(columns: columns, rows: regions.map(cells))
    let trendColumn = columns.firstIndex { $0.title.hasPrefix("LAG ") } ?? 0
    table.draw(in: rect, from: first, selected: selected, on: &frame.canvas)
    let widths = table.widths(in: rect.columns)
    guard widths[trendColumn] > 0 else { return }
    let start = rect.column + widths[..<trendColumn].filter { $0 > 0 }.reduce(0) { $0 + $1 + 1 }
    for (offset, region) in regions.dropFirst(first).prefix(max(rect.rows - 1, 0)).enumerated() {
      guard let link = situation.inbound(region.region) else { continue }
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
      .init(" "), .init("REGION", isElastic: true), .init("ROLE", priority: 5), .init("HEALTH"),
      .init("TRAF", .right, priority: 2), .init("LAG", .right, priority: 1),
      .init("LAG \(Self.trend)m", priority: 6, least: Self.trend),
      .init("p99", .right, priority: 7),
      .init("ERR", .right, priority: 4), .init("SEEN", .right, priority: 3),
      .init("ALARM", .right, priority: 8),
    ]
  }

  private func cells(_ region: RegionReading) -> [Run] {
    let standing = Standing(region.health)
    let link = situation.inbound(region.region)
    // An overdue sample's lag says little: what is at risk by now counts, as in the tiles.
    let lag =
      link.map { Quantities.duration($0.isOverdue ? $0.rpoNowSeconds : $0.lagSeconds) }
      ?? (situation.isSource(region.region) ? "writes" : "-")
    let age = situation.ageRole(region.dataAgeSeconds)
    return [
      Run(standing.glyph, standing.role, standing.severity > .planned ? .bold : []),
      Run(region.region, .title), Run(region.role.rawValue.uppercased(), .muted),
      Run(standing.word, standing.role), known(Quantities.percent(region.trafficShare)),
      Run(lag, link.map { Standing($0.state).role } ?? .muted), Run(""),
      known(Quantities.duration(region.latencySeconds)),
      known(Quantities.percent(region.errorRatio)),
      Run(Quantities.age(region.dataAgeSeconds), age == .text ? .muted : age), alarms(region),
    ]
  }

  private func known(_ text: String) -> Run { Run(text, text == "--" ? .unknown : .text) }

  private func alarms(_ region: RegionReading) -> Run {
    let alarms = situation.alarms.filter { $0.region == region.region }
    let critical = alarms.count { $0.rank == 3 }
    let warning = alarms.count { $0.rank == 2 }
    return Run("■\(critical) ▲\(warning)", critical > 0 ? .crit : warning > 0 ? .warn : .muted)
  }
}
