import Monitoring
import Telemetry

/// What stands around every view: header, tabs, hints, and the one line of the smallest windows.
struct Chrome {
  let situation: Situation
  let dashboard: Dashboard

  /// A piece of the header; those with the highest number give way first.
  private struct Piece {
    var runs: [Run]
    var priority: Int
    var isRight = false
  }

  func drawHeader(in rect: Rect, on frame: inout Frame) {
    let base: (Role, Cell.Attributes) =
      situation.isReplay ? (.replay, [.bar, .reverse]) : (.text, .bar)
    frame.canvas.fill(rect, 0x20, base.0, base.1)
    var pieces = headerPieces
    while pieces.map({ $0.runs.cells + 2 }).reduce(0, +) > rect.columns - 1,
      let index = pieces.indices.max(by: { pieces[$0].priority < pieces[$1].priority }),
      pieces[index].priority > 0
    {
      pieces.remove(at: index)
    }
    let right = pieces.filter(\.isRight)
    let width = right.map { $0.runs.cells + 2 }.reduce(0, +)
    var column = rect.column + 1
    for piece in pieces where !piece.isRight {
      column = draw(piece, rect.row, column, end: rect.endColumn, on: &frame) + 2
    }
    column = max(column, rect.endColumn - width + 1)
    for piece in right {
      column = draw(piece, rect.row, column, end: rect.endColumn, on: &frame) + 2
    }
  }

  private func draw(
    _ piece: Piece, _ row: Int, _ column: Int, end: Int, on frame: inout Frame
  ) -> Int {
    piece.runs.reduce(column) { next, run in
      situation.isReplay
        ? frame.canvas.write(
          run.text, row, next, .replay, run.attributes.union([.bar, .reverse]), end: end)
        : frame.canvas.write(
          run.text, row, next, run.role, run.attributes.union(.bar), end: end)
    }
  }

  private var headerPieces: [Piece] {
    let name = situation.topology.name.isEmpty ? "meridian" : situation.topology.name
    var pieces: [Piece] = []
    if let transport = situation.transport {
      pieces.append(Piece(runs: [Run("REPLAY", .replay, .bold)], priority: 0))
      pieces.append(Piece(runs: [Run(shortName(transport.name), .title)], priority: 3))
    } else {
      pieces.append(Piece(runs: [Run(name, .title, .bold)], priority: 3))
    }
    pieces.append(Piece(runs: countRuns, priority: 0))
    pieces.append(Piece(runs: regionRuns, priority: 7))
    if situation.isReplay {
      pieces.append(Piece(runs: [Run("recorded, not live", .replay, .bold)], priority: 2))
    }
    if let rpo = situation.tightest(\.rpoSeconds) {
      pieces.append(
        Piece(runs: [Run("RPO ", .muted), Run(Quantities.objective(rpo))], priority: 5))
    }
    if let rto = situation.tightest(\.rtoSeconds) {
      pieces.append(
        Piece(runs: [Run("RTO ", .muted), Run(Quantities.objective(rto))], priority: 6))
    }
    return pieces + modePieces
  }

  private var modePieces: [Piece] {
    let time = situation.time
    var pieces: [Piece] = []
    switch situation.mode {
    case .live: pieces.append(Piece(runs: [Run("LIVE", .ok, .bold)], priority: 0, isRight: true))
    case .paused:
      pieces.append(
        Piece(runs: [Run("PAUSED", .warn, [.bold, .reverse])], priority: 0, isRight: true))
    case .replay(let transport):
      let state = transport.isPlaying ? "▶ " : "‖ "
      pieces.append(
        Piece(
          runs: [Run(state + TransportStrip.text(ofSpeed: transport.speed), .replay, .bold)],
          priority: 0, isRight: true))
    }
    if !situation.isKnown {
      pieces.append(Piece(runs: [Run("--:--:--Z", .muted)], priority: 1, isRight: true))
    } else {
      pieces.append(Piece(runs: [Run(time.dateText, .muted)], priority: 4, isRight: true))
      pieces.append(Piece(runs: [Run(time.clockText + "Z", .title)], priority: 1, isRight: true))
    }
    let age = situation.dataAgeSeconds
    pieces.append(
      Piece(
        runs: [Run("data ", .muted), Run(Quantities.age(age), situation.ageRole(age))],
        priority: 2, isRight: true))
    return pieces
  }

  /// Regions by health, in words.
  private var regionRuns: [Run] {
    guard !situation.regions.isEmpty else { return [Run("no regions", .muted)] }
    let count = situation.regions.count
    var runs = [Run("\(count) region\(count == 1 ? "" : "s"):", .muted)]
    for health in RegionHealth.allCases {
      let number = situation.regions.count { $0.health == health }
      if number > 0 {
        runs.append(
          Run(
            " \(number) \(health.rawValue.lowercased())",
            number > 0 ? Standing(health).role : .muted))
      }
    }
    return runs
  }

  /// Firing alarms by severity, alarms without data, and the rest, each with its glyph.
  private var countRuns: [Run] {
    let critical = situation.alarms.count { $0.rank == 3 }
    let warning = situation.alarms.count { $0.rank == 2 }
    let unknown = situation.alarms.count { $0.rank == 1 }
    let fine = situation.alarms.count - critical - warning - unknown
    return [
      Run("■\(critical)", critical > 0 ? .crit : .muted, critical > 0 ? .bold : []),
      Run(" ▲\(warning)", warning > 0 ? .warn : .muted),
      Run(" ?\(unknown)", unknown > 0 ? .unknown : .muted),
      Run(" ●\(fine)", fine > 0 ? .ok : .muted),
    ]
  }

  private func shortName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  func drawTabs(in rect: Rect, on frame: inout Frame) {
    var column = rect.column + 1
    for (index, view) in allViews.enumerated() {
      let isCurrent = index == dashboard.place.view
      let text = " \(index + 1) \(view.name) "
      let next = frame.canvas.write(
        text, rect.row, column, isCurrent ? .title : .muted, isCurrent ? [.bar, .bold] : [])
      frame.add(
        Target(Rect(row: rect.row, column: column, rows: 1, columns: next - column), .view(index)))
      column = next + 1
    }
    let crumbs = crumbText
    let start = max(rect.endColumn - crumbs.cells - 1, column + 1)
    frame.sentence([Run(crumbs, .muted)], rect.row, start, end: rect.endColumn)
  }

  /// `Overview > us-east-1 > Replication > orders-db`.
  private var crumbText: String {
    var parts = dashboard.trail.map { allViews[$0.view].name }
    parts.append(dashboard.view.name)
    if let subject = dashboard.view.subject(situation, dashboard) { parts.append(subject) }
    return parts.joined(separator: " > ")
  }

  /// Hints for the current view; `? help` stands first and is the last to go.
  func drawHints(in rect: Rect, on frame: inout Frame) {
    if dashboard.isFiltering || !dashboard.place.filter.text.isEmpty {
      return drawFilter(rect, on: &frame)
    }
    var column = rect.column + 1
    let time = situation.isReplay ? ["space", ". ,", "h l", "[ ]", "{ }", "+ -"] : ["space"]
    let isNarrow = rect.columns < 60
    let labels =
      isNarrow
      ? ["?", "q"]
      : ["?", "1-\(allViews.count)", "q"] + dashboard.view.hints + time + ["esc"]
    for label in labels {
      guard let binding = Binding.named(label, inReplay: situation.isReplay) else { continue }
      let width = binding.label.cells + 1 + binding.hint.cells
      guard column + width <= rect.endColumn else { continue }
      column = frame.canvas.write(binding.label, rect.row, column, .key, .bold)
      column = frame.canvas.write(" \(binding.hint)", rect.row, column, .muted) + 2
    }
    if isNarrow, column + 16 <= rect.endColumn {
      frame.canvas.write("80x24 shows more", rect.row, column, .muted)
    }
  }

  private func drawFilter(_ rect: Rect, on frame: inout Frame) {
    let shown = dashboard.view.panes(situation, dashboard).map(\.count).max() ?? 0
    var column = frame.canvas.write(" / ", rect.row, rect.column, .key, .bold)
    column = frame.canvas.write(dashboard.place.filter.text, rect.row, column, .title)
    if dashboard.isFiltering { column = frame.canvas.write("▏", rect.row, column, .key) }
    let note = dashboard.isFiltering ? "enter keeps it, esc clears" : "esc clears"
    frame.canvas.write("   \(shown) shown · \(note)", rect.row, column, .muted, end: rect.endColumn)
  }

  /// Everything on one line: `■2 ▲1 ?1 ●4  us-east-1 IMPAIRED`.
  func drawLine(in rect: Rect, on frame: inout Frame) {
    guard rect.rows > 0 else { return }
    var runs = countRuns
    if situation.isReplay { runs.insert(Run("REPLAY ", .replay, .bold), at: 0) }
    if let worst = situation.answers.first { runs += [Run("  ")] + worst.words }
    frame.sentence(runs, rect.row, rect.column, end: rect.endColumn)
  }
}

extension Situation {
  /// Whether any time has passed at all.
  var isKnown: Bool { time > .distantPast }
}
