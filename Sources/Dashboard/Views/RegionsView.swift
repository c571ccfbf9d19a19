import Monitoring
import Telemetry

/// Regions: the list, and for the selected one why it is as it is, its links, and what is not seen of it.
struct RegionsView: View {
  let name = "Regions"
  let hints = ["j k", "tab", "enter", "/", "o", "w"]

  func panes(_ situation: Situation, _ dashboard: Dashboard) -> [[String]] {
    let absences = selected(situation, dashboard).map { Self.absences(of: $0).map(\.identity) }
    return [Self.regions(situation, dashboard).map(\.region), absences ?? []]
  }

  func subject(_ situation: Situation, _ dashboard: Dashboard) -> String? {
    selected(situation, dashboard)?.region
  }

  /// A region opens the links that touch it, or its alarms.
  func opening(_ situation: Situation, _ dashboard: Dashboard) -> Opening? {
    guard let region = selected(situation, dashboard)?.region else { return nil }
    let replicates = situation.links.contains { $0.touches(region) }
    return Opening(
      view: replicates ? ViewNumber.replication : ViewNumber.alarms, filter: region)
  }

  /// Worst first, or in the order of the topology.
  static func regions(_ situation: Situation, _ dashboard: Dashboard) -> [RegionReading] {
    let shown = OverviewView.regions(situation, dashboard)
    guard !dashboard.isSortedByName else { return shown }
    return shown.enumerated().sorted { left, right in
      let (a, b) = (Standing(left.element.health), Standing(right.element.health))
      return a.severity != b.severity ? a.severity > b.severity : left.offset < right.offset
    }.map(\.element)
  }

  /// What is wrong or hidden first, what is as it should be last.
  static func absences(of region: RegionReading) -> [AbsenceReading] {
    region.absences.filter(\.meaning.matters) + region.absences.filter { !$0.meaning.matters }
  }

  private func selected(_ situation: Situation, _ dashboard: Dashboard) -> RegionReading? {
    dashboard.selected(of: Self.regions(situation, dashboard), by: \.region)
  }

  func draw(_ situation: Situation, _ dashboard: Dashboard, in rect: Rect, on frame: inout Frame) {
    let regions = Self.regions(situation, dashboard)
    guard rect.columns >= 118, rect.rows >= 24 else {
      return drawStacked(regions, situation, dashboard, in: rect, on: &frame)
    }
    let (left, right) = rect.splitColumns(rect.columns * 42 / 100)
    let (top, bottom) = left.splitRows(min(regions.count + 3, left.rows / 2))
    let inner = frame.canvas.box(
      top, title: [Run("Regions", .title)],
      note: dashboard.isSortedByName ? "in order" : "worst first")
    drawList(regions, situation, dashboard, in: inner, on: &frame)
    guard let region = selected(situation, dashboard) else { return _ = frame.canvas.box(right) }
    drawHistory(of: region.region, situation, in: bottom, on: &frame)
    drawDetail(of: region, situation, dashboard, in: right, on: &frame)
  }

  private func drawDetail(
    of region: RegionReading, _ situation: Situation, _ dashboard: Dashboard, in right: Rect,
    on frame: inout Frame
  ) {
    let why = RegionSentences(region: region, situation: situation)
    var (part, rest) = right.splitRows(min(why.lines.count + 2, right.rows / 3))
    why.draw(in: part, boxed: true, on: &frame)
    let links = situation.links.filter { $0.touches(region.region) }
    if !links.isEmpty {
      (part, rest) = rest.splitRows(min(links.count + 3, rest.rows / 2))
      drawLinks(links, situation, in: part, on: &frame)
    }
    drawAbsences(of: region, situation, dashboard, in: rest, boxed: true, on: &frame)
  }

  private func drawStacked(
    _ regions: [RegionReading], _ situation: Situation, _ dashboard: Dashboard, in rect: Rect,
    on frame: inout Frame
  ) {
    var (part, rest) = rect.splitRows(min(regions.count + 1, max(rect.rows / 3, 3)))
    drawList(
      regions, situation, dashboard, in: part.inset(rows: 0, columns: 1), on: &frame)
    guard let region = selected(situation, dashboard), rest.rows > 2 else { return }
    let why = RegionSentences(region: region, situation: situation)
    (part, rest) = rest.splitRows(min(why.lines.count + 1, max(rest.rows / 2, 2)))
    why.draw(in: part, boxed: false, on: &frame)
    drawAbsences(of: region, situation, dashboard, in: rest, boxed: false, on: &frame)
  }

  private func drawList(
    _ regions: [RegionReading], _ situation: Situation, _ dashboard: Dashboard, in rect: Rect,
    on frame: inout Frame
  ) {
    guard !regions.isEmpty else {
      let text =
        situation.regions.isEmpty
        ? "none: meridian.yaml names them"
        : "0 of \(situation.regions.count) match the filter, esc clears it"
      return _ = frame.canvas.write(text, rect.row, rect.column, .muted, end: rect.endColumn)
    }
    let selected = dashboard.selection(regions.map(\.region), pane: 0)
    let (list, first) = frame.list(of: regions.count, selected: selected, in: rect)
    RegionTable(regions: regions, situation: situation).draw(
      in: list, selected: selected, first: first, on: &frame)
    frame.addRows(regions.map(\.region), from: first, in: list)
  }

  private func drawLinks(
    _ links: [LinkReading], _ situation: Situation, in rect: Rect, on frame: inout Frame
  ) {
    let inner = frame.canvas.box(
      rect, title: [Run("Links", .title)], note: "\(links.count) touch it · worst first")
    LinkTable(links: links, situation: situation).draw(
      in: inner, selected: nil, first: 0, on: &frame)
  }

  /// Its alarms that are not OK, then what happened to it.
  private func drawHistory(
    of region: String, _ situation: Situation, in rect: Rect, on frame: inout Frame
  ) {
    let alarms = situation.alarms.filter { $0.region == region && $0.state != .ok }
    var rest = rect
    if !alarms.isEmpty {
      let top: Rect
      (top, rest) = rest.splitRows(min(alarms.count + 2, rest.rows / 2))
      let inner = frame.canvas.box(
        top, title: [Run("Alarms", .title)], note: "\(alarms.count) not OK")
      AlarmTable(alarms: alarms, situation: situation, isShort: true).draw(
        in: inner, selected: nil, first: 0, on: &frame)
    }
    let inner = frame.canvas.box(rest, title: [Run("History", .title)], note: "newest first")
    let happenings = situation.happenings(
      limit: inner.rows,
      transitions: { $0.kind != .action && ($0.region == region || $0.toRegion == region) },
      events: { $0.region == region })
    HappeningList(happenings: happenings, situation: situation).draw(in: inner, on: &frame)
  }

  private func drawAbsences(
    of region: RegionReading, _ situation: Situation, _ dashboard: Dashboard, in rect: Rect,
    boxed: Bool, on frame: inout Frame
  ) {
    let absences = Self.absences(of: region)
    let bad = absences.count(where: \.meaning.matters)
    let inner = frame.part(
      rect, title: [Run("Not seen", .title)],
      note: "\(bad) missing · \(absences.count - bad) as it should be", boxed: boxed)
    let selected =
      dashboard.place.pane == 1 ? dashboard.selection(absences.map(\.identity), pane: 1) : nil
    AbsenceTable(absences: absences, situation: situation).draw(
      in: inner, selected: selected, on: &frame)
  }
}

extension LinkReading {
  func touches(_ region: String) -> Bool { from == region || to == region }
}

extension AbsenceReading {
  /// Names the series in selections.
  var identity: String { "\(service) \(metric) \(region)" }
}
