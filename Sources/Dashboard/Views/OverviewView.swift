import Monitoring
import Telemetry

/// The first screen: the five answers, then regions, then what fires and what happened.
struct OverviewView: View {
  let name = "Overview"
  let hints = ["tab", "enter", "/"]

  func panes(_ situation: Situation, _ dashboard: Dashboard) -> [[String]] {
    [
      Self.regions(situation, dashboard).map(\.region),
      Self.alarms(situation, dashboard).map(\.identity),
    ]
  }

  func subject(_ situation: Situation, _ dashboard: Dashboard) -> String? {
    let panes = panes(situation, dashboard)
    let pane = min(dashboard.place.pane, panes.count - 1)
    return dashboard.selection(panes[pane], pane: pane).map { panes[pane][$0] }
  }

  /// A region and an alarm open themselves.
  func opening(_ situation: Situation, _ dashboard: Dashboard) -> Opening? {
    guard let subject = subject(situation, dashboard) else { return nil }
    let view = dashboard.place.pane == 1 ? ViewNumber.alarms : ViewNumber.regions
    return Opening(view: view, selection: subject)
  }

  /// The regions that pass the filter: in their fixed places, or worst first in tables.
  static func regions(_ situation: Situation, _ dashboard: Dashboard) -> [RegionReading] {
    situation.regions.filter {
      dashboard.place.filter.accepts([$0.region, $0.role.rawValue, $0.health.rawValue])
    }
  }

  /// All alarms that are not OK.
  static func alarms(_ situation: Situation, _ dashboard: Dashboard) -> [AlarmReading] {
    situation.alarms.filter {
      $0.state != .ok
        && dashboard.place.filter.accepts([$0.name, $0.region ?? "", $0.state.rawValue])
    }
  }

  func draw(_ situation: Situation, _ dashboard: Dashboard, in rect: Rect, on frame: inout Frame) {
    if rect.columns >= 118, rect.rows >= 30 {
      drawWide(situation, dashboard, in: rect, on: &frame)
    } else if rect.columns >= 56, rect.rows >= 10 {
      drawNarrow(situation, dashboard, in: rect, on: &frame)
    } else {
      drawTiny(situation, dashboard, in: rect, on: &frame)
    }
  }

  /// Boxes: answers, tiles, then replication and failover beside alarms and events.
  private func drawWide(
    _ situation: Situation, _ dashboard: Dashboard, in rect: Rect, on frame: inout Frame
  ) {
    var (top, rest) = rect.splitRows(7)
    let inner = frame.canvas.box(
      top, title: [Run("Right now", .title)],
      note: situation.isReplay ? "as recorded" : "read only: meridian observes, it never acts",
      role: worstRole(situation))
    AnswerLines(situation: situation).draw(in: inner, on: &frame)
    let regions = Self.regions(situation, dashboard)
    let tiles = Tiles(regions: regions, situation: situation, dashboard: dashboard)
    if tiles.rows(inColumns: rect.columns) <= rest.rows - 8 {
      (top, rest) = rest.splitRows(tiles.rows(inColumns: rect.columns))
      tiles.draw(in: top, on: &frame)
    } else {
      (top, rest) = rest.splitRows(min(regions.count + 3, rest.rows / 2))
      let table = frame.canvas.box(top, title: [Run("Regions", .title)])
      drawRegionTable(situation, dashboard, in: table, on: &frame)
    }
    let (left, right) = rest.splitColumns(rest.columns * 62 / 100)
    drawLeft(situation, dashboard, in: left, on: &frame)
    let (alarms, events) = right.splitRows(right.rows / 2)
    drawAlarms(situation, dashboard, in: alarms, boxed: true, on: &frame)
    drawEvents(situation, in: events, boxed: true, on: &frame)
  }

  private func worstRole(_ situation: Situation) -> Role {
    let worst = situation.answers.max { $0.standing.severity < $1.standing.severity }
    guard let worst, worst.standing.severity > .planned else { return .borderFocus }
    return worst.standing.role
  }

  private func drawLeft(
    _ situation: Situation, _ dashboard: Dashboard, in rect: Rect, on frame: inout Frame
  ) {
    let failoverRows = min(
      situation.failovers.reduce(2) { $0 + 3 + min($1.ready.count, 3) }, rect.rows / 2)
    let (links, failovers) = rect.splitRows(rect.rows - max(failoverRows, 3))
    let inner = frame.canvas.box(
      links, title: [Run("Replication", .title)],
      note: "\(situation.links.count) links · worst first · sparkline: log to RPO")
    let wanted = situation.links.count + 1
    let hasGraph = inner.rows >= min(wanted, 5) + 8
    let (table, plot) = inner.splitRows(
      hasGraph ? min(wanted, inner.rows - 8) : inner.rows)
    LinkTable(links: situation.links, situation: situation).draw(
      in: table, selected: nil, first: 0, on: &frame)
    if let worst = situation.worstExposure, plot.rows >= 8 {
      frame.canvas.rule(
        plot.line(0),
        title: [Run("\(worst.service) \(worst.from) > \(worst.to)", Standing(worst.state).role)],
        note: "most exposed · \(Quantities.duration(Double(dashboard.span) / 1000)) · log")
      LinkGraph(link: worst, situation: situation, span: dashboard.span).draw(
        in: plot.splitRows(1).1, on: &frame)
    }
    FailoverSummary(situation: situation).draw(in: failovers, on: &frame)
  }

  /// Rules instead of boxes: answers, a table of regions, alarms, events.
  private func drawNarrow(
    _ situation: Situation, _ dashboard: Dashboard, in rect: Rect, on frame: inout Frame
  ) {
    var (top, rest) = rect.splitRows(5)
    AnswerLines(situation: situation).draw(in: top.inset(rows: 0, columns: 1), on: &frame)
    let regions = Self.regions(situation, dashboard)
    let height = max(min(regions.count + 1, rest.rows - 6), min(3, rest.rows))
    (top, rest) = rest.splitRows(height + 1)
    frame.canvas.rule(top.line(0), title: [Run("Regions", .title)])
    drawRegionTable(
      situation, dashboard, in: top.splitRows(1).1.inset(rows: 0, columns: 1), on: &frame)
    let alarms = Self.alarms(situation, dashboard)
    (top, rest) = rest.splitRows(min(max(alarms.count, 1) + 1, max(rest.rows / 2, 2)))
    drawAlarms(situation, dashboard, in: top, boxed: false, on: &frame)
    drawEvents(situation, in: rest, boxed: false, on: &frame)
  }

  /// Worst regions with their lag, then the worst alarm.
  private func drawTiny(
    _ situation: Situation, _ dashboard: Dashboard, in rect: Rect, on frame: inout Frame
  ) {
    let answers = situation.answers
    var row = rect.row
    for answer in [answers[1], answers[2]] where rect.rows >= 4 {
      frame.sentence(
        [Run(answer.standing.glyph + " ", answer.standing.role)] + answer.words, row,
        rect.column + 1, end: rect.endColumn)
      row += 1
    }
    let firing = Self.alarms(situation, dashboard).first
    let last = rect.endRow - (firing != nil && rect.rows >= 5 ? 1 : 0)
    if situation.regions.isEmpty {
      frame.sentence(answers[0].words, row, rect.column + 1, end: rect.endColumn)
    }
    for region in worstFirst(Self.regions(situation, dashboard)).prefix(max(last - row, 0)) {
      drawTinyRegion(region, situation, row, in: rect, on: &frame)
      row += 1
    }
    guard let firing, last < rect.endRow else { return }
    let standing = Standing(firing)
    frame.sentence(
      [Run(standing.glyph + " ", standing.role, .bold), Run(firing.name + " ", standing.role)],
      last, rect.column + 1, end: rect.endColumn)
  }

  private func drawTinyRegion(
    _ region: RegionReading, _ situation: Situation, _ row: Int, in rect: Rect,
    on frame: inout Frame
  ) {
    let standing = Standing(region.health)
    let lag = situation.inbound(region.region)
    let name = rect.columns >= 34 ? region.region : RegionCode.short(region.region)
    var column = frame.canvas.write(standing.glyph + " ", row, rect.column + 1, standing.role)
    column =
      frame.canvas.write(
        name, row, column, width: max(rect.columns - 24, 5), .left, .title) + 1
    column = frame.canvas.write(standing.word, row, column, width: 9, .left, standing.role)
    frame.canvas.write(
      situation.isSource(region.region) ? "writes" : Quantities.duration(lag?.lagSeconds), row,
      column, width: max(rect.endColumn - column - 1, 0), .right,
      lag.map { Standing($0.state).role } ?? .muted)
  }

  private func worstFirst(_ regions: [RegionReading]) -> [RegionReading] {
    regions.enumerated().sorted {
      let (a, b) = (Standing($0.element.health).severity, Standing($1.element.health).severity)
      return a != b ? a > b : $0.offset < $1.offset
    }.map(\.element)
  }

  private func drawRegionTable(
    _ situation: Situation, _ dashboard: Dashboard, in rect: Rect, on frame: inout Frame
  ) {
    let regions = Self.regions(situation, dashboard)
    guard !regions.isEmpty else {
      let text =
        situation.regions.isEmpty
        ? "no regions: meridian.yaml names them, meridian init writes a first one"
        : "0 of \(situation.regions.count) regions, esc clears the filter"
      frame.canvas.write(text, rect.row, rect.column, .muted, end: rect.endColumn)
      return
    }
    let table = RegionTable(regions: regions, situation: situation)
    let selected =
      dashboard.place.pane == 0
      ? dashboard.selection(regions.map(\.region), pane: 0) : nil
    let first = Table.firstRow(selected: selected, count: regions.count, visible: rect.rows - 1)
    table.draw(in: rect, selected: selected, first: first, on: &frame)
    frame.addRows(regions.map(\.region), from: first, in: rect)
  }

  private func drawAlarms(
    _ situation: Situation, _ dashboard: Dashboard, in rect: Rect, boxed: Bool,
    on frame: inout Frame
  ) {
    let alarms = Self.alarms(situation, dashboard)
    let fine = situation.alarms.count { $0.state == .ok }
    let inner = frame.part(
      rect, title: [Run("Alarms", .title)],
      note: "\(alarms.count) not OK · \(fine) OK hidden (press \(ViewNumber.alarms + 1))",
      boxed: boxed)
    guard !alarms.isEmpty else {
      let text = situation.alarms.isEmpty ? "no alarms are defined" : "none fires"
      frame.canvas.write(text, inner.row, inner.column, .muted, end: inner.endColumn)
      return
    }
    let selected =
      dashboard.place.pane == 1
      ? dashboard.selection(alarms.map(\.identity), pane: 1) : nil
    let first = Table.firstRow(selected: selected, count: alarms.count, visible: inner.rows)
    AlarmTable(alarms: alarms, situation: situation, isShort: true).draw(
      in: inner, selected: selected, first: first, on: &frame)
    for (offset, alarm) in alarms.dropFirst(first).prefix(inner.rows).enumerated() {
      frame.add(Target(inner.line(offset), .row(pane: 1, alarm.identity)))
    }
  }

  private func drawEvents(
    _ situation: Situation, in rect: Rect, boxed: Bool, on frame: inout Frame
  ) {
    let inner = frame.part(rect, title: [Run("Events", .title)], note: "newest first", boxed: boxed)
    HappeningList(happenings: situation.happenings(limit: inner.rows), situation: situation).draw(
      in: inner, on: &frame)
  }
}

extension Situation {
  /// The worst link into a region.
  func inbound(_ region: String) -> LinkReading? { links.first { $0.to == region } }

  /// Whether a region is where writes go now.
  func isSource(_ region: String) -> Bool { failovers.contains { $0.writers.contains(region) } }
}
