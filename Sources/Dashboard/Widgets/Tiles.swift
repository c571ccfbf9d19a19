import Monitoring
import Telemetry

/// Regions as tiles in fixed places: a healthy one is quiet, an ill one has a coloured border.
struct Tiles {
  let regions: [RegionReading]
  let situation: Situation
  let dashboard: Dashboard

  private static let height = 7

  private func across(_ columns: Int) -> Int {
    let most = max(columns / 38, 1)
    let lines = (regions.count + most - 1) / most
    return lines == 0 ? 1 : (regions.count + lines - 1) / lines
  }

  func rows(inColumns columns: Int) -> Int {
    guard !regions.isEmpty else { return 3 }
    let across = across(columns)
    return (regions.count + across - 1) / across * Self.height
  }

  func draw(in rect: Rect, on frame: inout Frame) {
    guard !regions.isEmpty else {
      let inner = frame.canvas.box(rect, title: [Run("Regions", .title)])
      let text =
        situation.regions.isEmpty
        ? "none: meridian.yaml names them, and meridian init writes a first one from what it sees"
        : "0 of \(situation.regions.count) match the filter, esc clears it"
      frame.canvas.write(text, inner.row, inner.column, .muted, end: inner.endColumn)
      return
    }
    let across = across(rect.columns)
    let selected = dashboard.selection(regions.map(\.region), pane: 0)
    for (index, region) in regions.enumerated() {
      let left = rect.columns * (index % across) / across
      let right = rect.columns * (index % across + 1) / across
      let tile = Rect(
        row: rect.row + index / across * Self.height, column: rect.column + left,
        rows: Self.height, columns: right - left)
      let isSelected = dashboard.place.pane == 0 && index == selected
      draw(region, isSelected: isSelected, in: tile, on: &frame)
      frame.add(Target(tile, .row(pane: 0, region.region)))
    }
  }

  private func draw(
    _ region: RegionReading, isSelected: Bool, in rect: Rect, on frame: inout Frame
  ) {
    let standing = Standing(region.health)
    let isWell = standing.severity < .warning
    let inner = frame.canvas.box(
      rect,
      title: [
        Run(standing.glyph + " ", standing.role),
        Run(region.region, isWell ? .title : standing.role, .bold),
      ], role: isWell ? (isSelected ? .borderFocus : .border) : standing.role)
    drawHealth(region, standing, in: rect, on: &frame)
    if isSelected {
      let title = Rect(
        row: rect.row, column: rect.column + 2, rows: 1, columns: region.region.cells + 4)
      frame.canvas.stress(title, .selected)
      frame.canvas.cursor = (rect.row, rect.column + 2)
    }
    drawTraffic(region, inner.line(0), on: &frame)
    drawLag(region, inner.line(1), trend: inner.line(2), on: &frame)
    drawService(region, inner.line(3), on: &frame)
    drawAlarms(region, inner.line(4), on: &frame)
  }

  private func drawHealth(
    _ region: RegionReading, _ standing: Standing, in rect: Rect, on frame: inout Frame
  ) {
    let role = " " + region.role.rawValue.uppercased() + " "
    let width = role.cells + standing.word.cells + 1
    let start = rect.endColumn - 2 - width
    guard start > rect.column + region.region.cells + 5 else { return }
    let next = frame.canvas.write(role, rect.row, start, .muted)
    frame.canvas.write(standing.word + " ", rect.row, next, standing.role)
  }

  private func drawTraffic(_ region: RegionReading, _ line: Rect, on frame: inout Frame) {
    frame.canvas.write("traffic", line.row, line.column, .muted)
    let text = Quantities.percent(region.trafficShare)
    let width = line.columns - 16
    frame.canvas.bar(region.trafficShare, line.row, line.column + 8, width: width, .border)
    frame.canvas.write(
      text, line.row, line.endColumn - 7, width: 7, .right,
      region.trafficShare == nil ? .unknown : .text)
  }

  private func drawLag(
    _ region: RegionReading, _ line: Rect, trend: Rect, on frame: inout Frame
  ) {
    guard let link = situation.inbound(region.region) else {
      frame.canvas.write("lag in", line.row, line.column, .muted)
      let text =
        situation.isSource(region.region) ? "source of writes" : "no link leads here"
      frame.canvas.write(text, line.row, line.column + 8, .muted, end: line.endColumn)
      return
    }
    let role = Standing(link.state).role
    let isOverdue = link.isOverdue
    let seconds = isOverdue ? link.rpoNowSeconds : link.lagSeconds
    frame.canvas.write(
      isOverdue ? "at risk" : "lag in", line.row, line.column, .muted)
    frame.canvas.write(Quantities.duration(seconds), line.row, line.column + 8, role, .bold)
    frame.canvas.write(
      "of RPO \(Quantities.objective(link.rpoSeconds))", line.row, line.column + 16, .muted,
      end: line.endColumn - 6)
    frame.canvas.write(
      Quantities.wholePercent(link.shownStrain), line.row, line.endColumn - 6, width: 6, .right,
      role)
    let minutes = max(trend.columns - 8, 0)
    frame.canvas.write("\(minutes)m", trend.row, trend.column, .muted)
    let buckets = Sparkline.buckets(
      minutes, of: link.series, until: situation.time, scale: link.secondsPerUnit,
      in: situation.store)
    frame.canvas.sparkline(
      buckets, trend.row, trend.column + 8, objective: link.rpoSeconds ?? 60,
      warn: link.warnSeconds)
  }

  private func drawService(_ region: RegionReading, _ line: Rect, on frame: inout Frame) {
    let third = line.columns / 3
    let values: [(String, String)] = [
      ("p99", Quantities.duration(region.latencySeconds)),
      ("err", Quantities.percent(region.errorRatio)),
      ("rps", Quantities.count(region.requestsPerSecond)),
    ]
    for (index, value) in values.enumerated() {
      let column = frame.canvas.write(
        value.0 + " ", line.row, line.column + index * third, .muted)
      frame.canvas.write(
        value.1, line.row, column, value.1 == "--" ? .unknown : .text,
        end: line.column + (index + 1) * third)
    }
  }

  private func drawAlarms(_ region: RegionReading, _ line: Rect, on frame: inout Frame) {
    let alarms = situation.alarms.filter { $0.region == region.region }
    let critical = alarms.count { $0.rank == 3 }
    let warning = alarms.count { $0.rank == 2 }
    let unknown = alarms.count { $0.rank == 1 }
    let missing = region.absences.count { $0.meaning == .broken }
    let next = frame.canvas.write(
      [
        Run("alarms  ", .muted),
        Run("■\(critical)", critical > 0 ? .crit : .muted, critical > 0 ? .bold : []),
        Run(" ▲\(warning)", warning > 0 ? .warn : .muted),
        Run(" ?\(unknown)", unknown > 0 ? .unknown : .muted),
      ], line.row, line.column, end: line.endColumn)
    let seen: String
    if let age = region.dataAgeSeconds {
      seen = (region.health == .blind ? "last seen " : "seen ") + Quantities.age(age) + " ago"
    } else {
      seen = "never seen"
    }
    let text = "  ◌\(missing) missing"
    if missing > 0, next + text.cells < line.endColumn - seen.cells {
      frame.canvas.write(text, line.row, next, .stale)
    }
    frame.canvas.write(
      seen, line.row, max(line.endColumn - seen.cells, line.column + 20),
      region.health == .blind || region.dataAgeSeconds == nil
        ? .unknown
        : situation.ageRole(region.dataAgeSeconds) == .text
          ? .muted : situation.ageRole(region.dataAgeSeconds), end: line.endColumn)
  }
}
