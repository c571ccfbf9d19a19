import Monitoring

/// An objective and how much of it is used: a bar, and in words what is left.
struct Budget {
  var name: String
  var used: Double?
  var objective: Double?
  /// What stands behind the bar.
  var words: String
  /// Whether nothing uses it up now, which is not the same as unknown.
  var isIdle = false
  /// Whether it is broken, where a state tells that and not the bar.
  var standing: Standing?

  /// What is measured fills the bar: that a sample is a minute old, as it must be, breaks nothing.
  ///
  /// An overdue sample fills it with what is at risk by now.
  static func rpo(_ failover: FailoverReading, _ situation: Situation) -> Budget {
    var budget = Budget(name: "RPO", used: nil, objective: failover.rpoSeconds, words: "")
    let exposure = situation.exposure(of: failover)
    if let exposure, let seconds = exposure.seconds {
      let link = exposure.link
      budget.used = link.isOverdue ? seconds : link.lagSeconds
      budget.standing = Standing(link.state)
      let age =
        link.isOverdue || link.ageSeconds == 0
        ? "" : ", sample \(Quantities.age(link.ageSeconds)) old"
      budget.words = "at most \(Quantities.duration(seconds)) lost now\(age)"
    } else {
      budget.words = "what would be lost is unknown"
    }
    if let achieved = failover.rpoAchievedSeconds {
      budget.words += ", last failover lost at most \(Quantities.duration(achieved))"
    }
    return budget
  }

  /// The clock runs from the beginning of an incident until the writer works elsewhere.
  static func rto(_ failover: FailoverReading, _ situation: Situation) -> Budget {
    var budget = Budget(name: "RTO", used: nil, objective: failover.rtoSeconds, words: "")
    let isOver = [.failedOver, .steadySwapped, .steady].contains(failover.state)
    if isOver, let achieved = failover.rtoAchievedSeconds {
      budget.used = achieved
      budget.words = "taken by the last failover"
    } else if let running = situation.age(of: failover.incidentStart) {
      budget.used = running
      let left = failover.rtoSeconds.map { $0 - running }
      budget.words =
        left.map {
          $0 >= 0 ? "\(Quantities.duration($0)) left" : "exceeded by \(Quantities.duration(-$0))"
        }
        ?? "since the incident began"
    } else {
      budget.isIdle = true
      budget.words = "no incident runs"
    }
    return budget
  }

  private var role: Role {
    guard let used else { return isIdle ? .muted : .unknown }
    if let standing { return standing.role }
    guard let objective else { return .text }
    return used > objective ? .crit : used > objective * 0.8 ? .warn : .ok
  }

  func draw(_ row: Int, _ column: Int, end: Int, on frame: inout Frame) {
    var next = frame.canvas.write(name + " ", row, column, .muted)
    next = frame.canvas.write(
      isIdle ? "-" : Quantities.duration(used), row, next, width: 7, .right, role, .bold)
    next = frame.canvas.write(
      " of \(objective.map { Quantities.objective($0) } ?? "-")", row, next, .muted)
    next = max(next + 1, column + 20)
    let width = min(max((end - next) / 2, 0), 48)
    if width >= 8 {
      let share = used.flatMap { used in objective.map { used / max($0, 0.001) } }
      frame.canvas.bar(share, row, next, width: width, role)
      next += width + 2
    }
    frame.sentence([Run(words, .text)], row, next, end: end)
  }
}
