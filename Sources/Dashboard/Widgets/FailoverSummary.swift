import Monitoring

/// Deployments in short: state, writer, objectives against what is at risk, standbys.
struct FailoverSummary {
  let situation: Situation

  func draw(in rect: Rect, on frame: inout Frame) {
    let inner = frame.canvas.box(
      rect, title: [Run("Failover", .title)],
      note: "\(situation.failovers.count) deployment\(situation.failovers.count == 1 ? "" : "s")")
    guard !situation.failovers.isEmpty else {
      frame.canvas.write(
        "no deployments: meridian.yaml names groups of services that fail over together", inner.row,
        inner.column, .muted, end: inner.endColumn)
      return
    }
    var row = inner.row
    for failover in situation.failovers where row < inner.endRow {
      row = draw(failover, row, inner, on: &frame)
    }
  }

  private func draw(
    _ failover: FailoverReading, _ start: Int, _ rect: Rect, on frame: inout Frame
  ) -> Int {
    let standing = Standing(failover.state)
    var row = start
    var title = [
      Run(standing.glyph + " ", standing.role), Run(failover.group + " ", .title),
      Run(standing.word, standing.role, .bold),
    ]
    if let age = situation.age(of: failover.since) {
      title.append(Run(" for \(Quantities.duration(age))", .muted))
    }
    title.append(Run("  \(failover.model.rawValue)  epoch \(failover.epoch)", .muted))
    frame.sentence(title, row, rect.column, end: rect.endColumn)
    row += 1
    for budget in [Budget.rpo(failover, situation), Budget.rto(failover, situation)]
    where row < rect.endRow {
      budget.draw(row, rect.column + 2, end: rect.endColumn, on: &frame)
      row += 1
    }
    for reading in failover.ready.prefix(3) where row < rect.endRow {
      let verdict = Standing(reading.verdict)
      let go = reading.checks.count { $0.verdict == .go }
      var runs = [
        Run("  standby ", .muted), Run(verdict.glyph + " ", verdict.role),
        Run(reading.region + " ", .text), Run(reading.verdict.rawValue, verdict.role),
        Run("  \(go) of \(reading.checks.count) GO", .muted),
      ]
      for check in reading.checks where check.verdict != .go {
        runs.append(Run("  \(check.id) \(check.value)", Standing(check.verdict).role))
      }
      frame.sentence(runs, row, rect.column, end: rect.endColumn)
      row += 1
    }
    return row
  }
}
