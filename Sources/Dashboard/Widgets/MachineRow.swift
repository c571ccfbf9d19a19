import Monitoring
import Telemetry

/// The states of a failover in a row, those reached marked, with the two objectives below.
struct MachineRow {
  let failover: FailoverReading
  let situation: Situation

  func draw(in rect: Rect, boxed: Bool, on frame: inout Frame) {
    if boxed {
      let inner = frame.canvas.box(
        rect, title: [Run("State of \(failover.group)", .title)],
        note: "\(failover.model.rawValue) · read only: meridian observes, it never fails over")
      drawStates(inner.line(0), times: inner.line(1), on: &frame)
      drawWords(inner.line(3), on: &frame)
      drawClock(inner.line(4), on: &frame)
      Budget.rto(failover, situation).draw(
        inner.row + 5, inner.column, end: inner.endColumn, on: &frame)
      Budget.rpo(failover, situation).draw(
        inner.row + 6, inner.column, end: inner.endColumn, on: &frame)
    } else {
      let area = rect.inset(rows: 0, columns: 1)
      guard area.rows > 0 else { return }
      if area.columns < 70 {
        return drawSmall(area, on: &frame)
      }
      drawStates(area.line(0), times: nil, on: &frame)
      if area.rows > 1 { drawWords(area.line(1), on: &frame) }
      let budgets = [Budget.rto(failover, situation), Budget.rpo(failover, situation)]
      for (offset, budget) in budgets.enumerated() where area.rows > 2 + offset {
        budget.draw(area.row + 2 + offset, area.column, end: area.endColumn, on: &frame)
      }
    }
  }

  private func drawSmall(_ area: Rect, on frame: inout Frame) {
    drawWords(area.line(0), on: &frame)
    let budgets = [Budget.rto(failover, situation), Budget.rpo(failover, situation)]
    for (offset, budget) in budgets.enumerated() where area.rows > 1 + offset {
      budget.draw(area.row + 1 + offset, area.column, end: area.endColumn, on: &frame)
    }
  }

  private static let order: [FailoverState] = [
    .steady, .detecting, .failingOver, .failedOver, .failingBack, .steadySwapped,
  ]

  /// When states were last entered, since the last time all was steady.
  private var entered: [(state: FailoverState, time: Timestamp?)] {
    var result: [(state: FailoverState, time: Timestamp?)] = []
    var first: Transition?
    for transition in situation.transitions.reversed()
    where transition.kind == .failover && transition.name == failover.group {
      guard let state = FailoverState(rawValue: transition.to) else { continue }
      result.append((state, transition.time))
      first = transition
      let isSteady = state == .steady || state == .steadySwapped
      if isSteady, result.count > 1 { break }
    }
    // What was known silently at the beginning has no time.
    let isComplete = [.steady, .steadySwapped].contains(result.last?.state)
    if !isComplete, let before = first.flatMap({ FailoverState(rawValue: $0.from) }) {
      result.append((before, nil))
    }
    return result.reversed()
  }

  private func drawStates(_ line: Rect, times: Rect?, on frame: inout Frame) {
    let entered = entered
    var column = line.column
    let known = Self.order.contains(failover.state)
    let states = known ? Self.order : Self.order + [failover.state]
    let isTight = line.columns < 118
    for (index, state) in states.enumerated() {
      if isTight, !known || state != failover.state, state == .steadySwapped { continue }
      let isCurrent = state == failover.state
      let visit = entered.last { $0.state == state }
      let time = visit?.time
      let standing = Standing(state)
      let mark = isCurrent ? "▶ " : visit != nil ? "✓ " : "  "
      if index > 0 {
        column = frame.canvas.write(isTight ? " > " : " ─▶ ", line.row, column, .border)
      }
      let name =
        isTight ? state.rawValue.split(separator: "_").joined(separator: " ") : state.rawValue
      let start = column
      column = frame.canvas.write(
        isTight && mark == "  " ? name : mark + name, line.row, column,
        isCurrent ? standing.role : visit != nil ? .text : .muted,
        isCurrent ? [.bold, .underline] : [], end: line.endColumn)
      guard let times else { continue }
      let text =
        isCurrent
        ? Quantities.duration(situation.age(of: failover.since ?? time))
        : time.map(\.clockText) ?? ""
      frame.canvas.write(
        text, times.row, start + 2, isCurrent ? .title : .muted, end: times.endColumn)
    }
  }

  /// Where the time went, whether the old writer was stopped, and what is expected beside what is seen.
  private func drawClock(_ line: Rect, on frame: inout Frame) {
    var words: [Run] = []
    if failover.clock.began != nil {
      for phase in RecoveryPhase.allCases {
        let isRunning = failover.clock.running == phase
        words.append(Run("\(phase.rawValue) ", .muted))
        words.append(
          Run(
            isRunning ? "running" : Quantities.duration(failover.clock.seconds(of: phase)),
            isRunning ? .warn : .text, isRunning ? [.bold] : []))
        words.append(Run("  ", .muted))
      }
    }
    if let fencing = failover.fencing {
      let role: Role = fencing == .seen ? .ok : fencing == .timedOut ? .crit : .unknown
      words += [Run(" fence ", .muted), Run(fencing.rawValue, role, .bold)]
    }
    if let differs = failover.differsSince {
      words += [
        Run("  expected ", .muted), Run(failover.expectedState.rawValue, .warn, .bold),
        Run(failover.expectedWriter.map { " in \($0)" } ?? "", .text),
        Run(" for \(Quantities.duration(situation.age(of: differs)))", .muted),
      ]
    }
    if let outage = failover.writeOutageStart {
      words += [
        Run("  nobody writes for ", .crit),
        Run(Quantities.duration(situation.age(of: outage)), .crit, .bold),
      ]
    }
    frame.sentence(words, line.row, line.column, end: line.endColumn)
  }

  /// The state in a sentence: since when, who writes, which epoch.
  private func drawWords(_ line: Rect, on frame: inout Frame) {
    let standing = Standing(failover.state)
    var words = [Run("\(standing.glyph) \(failover.state.rawValue)", standing.role, .bold)]
    if failover.drill { words.append(Run(" (drill)", .info)) }
    if let age = situation.age(of: failover.since) {
      words.append(Run(" for \(Quantities.duration(age))", .text))
    }
    words.append(Run("   writer ", .muted))
    if !failover.writersKnown {
      words.append(Run("--", .unknown, .bold))
    } else if failover.writers.isEmpty {
      words.append(Run("NOBODY", .crit, .bold))
    } else {
      let isSplit = failover.writers.count > 1 && failover.model != .activeActive
      words.append(
        Run(failover.writers.joined(separator: " AND "), isSplit ? .crit : .title, .bold))
    }
    words.append(Run("   epoch \(failover.epoch)", .muted))
    if let achieved = failover.rtoAchievedSeconds {
      words.append(
        Run(
          "   last failover took \(Quantities.duration(achieved)), lost at most "
            + Quantities.duration(failover.rpoAchievedSeconds), .muted))
    }
    frame.sentence(words, line.row, line.column, end: line.endColumn)
  }
}
