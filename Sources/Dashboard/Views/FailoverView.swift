import Monitoring
import Telemetry

/// Failover: which state, how long it may last, whether the standbys are ready, and the evidence.
struct FailoverView: View {
  let name = "Failover"
  let hints = ["j k", "tab", "/", "w", "v"]

  func panes(_ situation: Situation, _ dashboard: Dashboard) -> [[String]] {
    let groups = Self.groups(situation, dashboard)
    let checks = selected(situation, dashboard).map { Self.checks(of: $0).map(\.identity) } ?? []
    return groups.count > 1 ? [groups.map(\.group), checks] : [checks]
  }

  func subject(_ situation: Situation, _ dashboard: Dashboard) -> String? {
    selected(situation, dashboard)?.group
  }

  /// The links into the standby of the selected check.
  func opening(_ situation: Situation, _ dashboard: Dashboard) -> Opening? {
    guard let failover = selected(situation, dashboard) else { return nil }
    let checks = Self.checks(of: failover)
    let pane = Self.groups(situation, dashboard).count > 1 ? 1 : 0
    return dashboard.selected(of: checks, by: \.identity, pane: pane)
      .map { Opening(view: ViewNumber.replication, filter: $0.region) }
  }

  static func groups(_ situation: Situation, _ dashboard: Dashboard) -> [FailoverReading] {
    situation.failovers.filter { dashboard.place.filter.accepts([$0.group, $0.state.rawValue]) }
  }

  private func selected(_ situation: Situation, _ dashboard: Dashboard) -> FailoverReading? {
    let groups = Self.groups(situation, dashboard)
    guard groups.count > 1 else { return groups.first }
    return dashboard.selected(of: groups, by: \.group)
  }

  /// A check of a standby.
  struct RegionCheck {
    var region: String
    var verdict: ReadinessReading.Verdict
    var check: ReadinessReading.Check
    var identity: String { "\(region) \(check.id)" }
  }

  /// By standby; within one: what blocks first.
  static func checks(of failover: FailoverReading) -> [RegionCheck] {
    failover.ready.flatMap { reading in
      reading.checks.enumerated().sorted {
        let (a, b) = (order($0.element.verdict), order($1.element.verdict))
        return a != b ? a < b : $0.offset < $1.offset
      }.map { RegionCheck(region: reading.region, verdict: reading.verdict, check: $0.element) }
    }
  }

  private static func order(_ verdict: ReadinessReading.CheckVerdict) -> Int {
    switch verdict {
    case .noGo: 0
    case .unknown: 1
    case .go: 2
    }
  }

  func draw(_ situation: Situation, _ dashboard: Dashboard, in rect: Rect, on frame: inout Frame) {
    guard let failover = selected(situation, dashboard) else {
      let text =
        situation.failovers.isEmpty
        ? "no deployments: meridian.yaml names groups of services that fail over together"
        : "0 of \(situation.failovers.count) deployments match the filter, esc clears it"
      frame.canvas.write(text, rect.row + 1, rect.column + 1, .muted, end: rect.endColumn)
      return
    }
    let boxed = rect.columns >= 118 && rect.rows >= 28
    var rest = rect
    let groups = Self.groups(situation, dashboard)
    if groups.count > 1, rect.rows >= 12 {
      let top: Rect
      (top, rest) = rest.splitRows(min(groups.count, max(rect.rows / 6, 2)))
      drawGroups(groups, situation, dashboard, in: top, on: &frame)
    }
    let (machine, below) = rest.splitRows(boxed ? 9 : min(4, rest.rows))
    MachineRow(failover: failover, situation: situation).draw(in: machine, boxed: boxed, on: &frame)
    guard boxed else { return drawStacked(failover, situation, dashboard, in: below, on: &frame) }
    let needed = max(Self.checks(of: failover).count + 4, failover.evidence.count + 3)
    let (middle, bottom) = below.splitRows(min(needed, below.rows / 2))
    let (left, right) = middle.splitColumns(middle.columns * 56 / 100)
    drawChecks(failover, situation, dashboard, in: left, boxed: true, on: &frame)
    drawEvidence(failover, situation, in: right, boxed: true, on: &frame)
    drawInsight(failover, situation, dashboard, in: bottom, boxed: true, on: &frame)
  }

  /// The timeline, or what was asked for in its place.
  private func drawInsight(
    _ failover: FailoverReading, _ situation: Situation, _ dashboard: Dashboard, in rect: Rect,
    boxed: Bool, on frame: inout Frame
  ) {
    switch dashboard.insight {
    case .loss(let region):
      guard let loss = situation.moment?.whatIf(losing: region) else { break }
      return LossPane(loss: loss).draw(in: rect, boxed: boxed, on: &frame)
    case .vantage:
      guard let vantage = situation.moment?.vantage else { break }
      return VantagePane(vantage: vantage).draw(in: rect, boxed: boxed, on: &frame)
    case .timeline: break
    }
    drawTimeline(failover, situation, in: rect, boxed: boxed, on: &frame)
  }

  private func drawStacked(
    _ failover: FailoverReading, _ situation: Situation, _ dashboard: Dashboard, in rect: Rect,
    on frame: inout Frame
  ) {
    let checks = Self.checks(of: failover).count
    var (part, rest) = rect.splitRows(min(checks + 2, max(rect.rows / 2, 3)))
    drawChecks(failover, situation, dashboard, in: part, boxed: false, on: &frame)
    if !failover.evidence.isEmpty {
      (part, rest) = rest.splitRows(min(failover.evidence.count + 1, max(rest.rows / 2, 2)))
      drawEvidence(failover, situation, in: part, boxed: false, on: &frame)
    }
    drawInsight(failover, situation, dashboard, in: rest, boxed: false, on: &frame)
  }

  private func drawGroups(
    _ groups: [FailoverReading], _ situation: Situation, _ dashboard: Dashboard, in rect: Rect,
    on frame: inout Frame
  ) {
    let selected = dashboard.selection(groups.map(\.group), pane: 0)
    let first = Table.firstRow(selected: selected, count: groups.count, visible: rect.rows)
    for (offset, group) in groups.dropFirst(first).prefix(rect.rows).enumerated() {
      let standing = Standing(group.state)
      let line = rect.line(offset)
      frame.sentence(
        [
          Run(" \(standing.glyph) ", standing.role), Run(group.group + "  ", .title),
          Run(group.state.rawValue, standing.role),
          Run(
            "  \(group.writersKnown ? group.writers.joined(separator: ", ") : "--") writes", .muted),
        ], line.row, line.column, end: line.endColumn)
      if first + offset == selected {
        frame.canvas.stress(line, dashboard.place.pane == 0 ? .selected : .bold)
      }
      frame.add(Target(line, .row(pane: 0, group.group)))
    }
  }

  private func drawChecks(
    _ failover: FailoverReading, _ situation: Situation, _ dashboard: Dashboard, in rect: Rect,
    boxed: Bool, on frame: inout Frame
  ) {
    let verdicts = failover.ready.map { "\($0.region) \($0.verdict.rawValue)" }
    let inner = frame.part(
      rect, title: [Run("Readiness", .title)], note: verdicts.joined(separator: " · "), boxed: boxed
    )
    let checks = Self.checks(of: failover)
    guard !checks.isEmpty else {
      frame.canvas.write(
        "no standby is checked in this state", inner.row, inner.column, .muted,
        end: inner.endColumn)
      return
    }
    let table = Table(
      columns: [
        .init(" "), .init("RESULT"), .init("STANDBY", priority: 2), .init("CHECK", isElastic: true),
        .init("VALUE", .right), .init("LIMIT", .right, priority: 1),
        .init("AGE", .right, priority: 3),
      ],
      rows: checks.map { cells($0) })
    let pane = Self.groups(situation, dashboard).count > 1 ? 1 : 0
    let selected =
      dashboard.place.pane == pane
      ? dashboard.selection(checks.map(\.identity), pane: pane) : nil
    let (list, first) = frame.list(of: checks.count, selected: selected, in: inner)
    table.draw(in: list, from: first, selected: selected, on: &frame.canvas)
    frame.addRows(checks.map(\.identity), from: first, in: list, pane: pane)
  }

  private func cells(_ check: RegionCheck) -> [Run] {
    let standing = Standing(check.check.verdict)
    let age = check.check.ageSeconds
    return [
      Run(standing.glyph, standing.role, .bold), Run(check.check.verdict.rawValue, standing.role),
      Run(check.region, .text), Run(check.check.id, .title), Run(check.check.value, standing.role),
      Run(check.check.limit, .muted), Run(Quantities.age(age), age == nil ? .unknown : .muted),
    ]
  }

  private func drawEvidence(
    _ failover: FailoverReading, _ situation: Situation, in rect: Rect, boxed: Bool,
    on frame: inout Frame
  ) {
    let supports = failover.evidence.count { $0.supports }
    let inner = frame.part(
      rect, title: [Run("Evidence", .title)],
      note: "\(supports) for · \(failover.evidence.count - supports) against", boxed: boxed)
    guard !failover.evidence.isEmpty else {
      frame.canvas.write(
        "none needed: nothing speaks for a failover", inner.row, inner.column, .muted,
        end: inner.endColumn)
      return
    }
    let sorted = failover.evidence.sorted { $0.time > $1.time }
    for (offset, evidence) in sorted.prefix(inner.rows).enumerated() {
      frame.sentence(
        [
          Run(evidence.time.clockText + " ", .muted),
          Run(evidence.supports ? "+ " : "- ", evidence.supports ? .warn : .ok, .bold),
          Run(evidence.family + " ", .title),
          Run((evidence.region.map { $0 + ": " } ?? "") + evidence.text, .text),
        ], inner.row + offset, inner.column, end: inner.endColumn)
    }
  }

  private func drawTimeline(
    _ failover: FailoverReading, _ situation: Situation, in rect: Rect, boxed: Bool,
    on frame: inout Frame
  ) {
    let inner = frame.part(
      rect, title: [Run("Timeline", .title)], note: "newest first · events and states", boxed: boxed
    )
    let happenings = situation.happenings(limit: inner.rows) { transition in
      switch transition.kind {
      case .failover, .readiness: transition.name == failover.group
      case .region: true
      case .alarm, .link, .action: false
      }
    }
    HappeningList(happenings: happenings, situation: situation).draw(in: inner, on: &frame)
  }
}
