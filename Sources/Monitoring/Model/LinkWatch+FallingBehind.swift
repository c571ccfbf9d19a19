import Telemetry

extension LinkWatch {
  /// Whether the copy falls behind by nearly a minute each minute: it receives nothing, although the
  /// target goes on publishing how old it is.
  ///
  /// An age that saws up to the next copy grows so on any day, and says nothing.
  func fallsBehind(_ board: SignalBoard) -> Bool {
    let signal = board.signals[answering(board)]
    let judged = signal.points.suffix(EstateRules.pointsJudged)
    guard judged.count == EstateRules.pointsJudged, signal.metric.measures == .lag,
      let first = judged.first, let last = judged.last
    else { return false }
    let grown = signal.metric.seconds(last.value) - signal.metric.seconds(first.value)
    return grown >= EstateRules.standstillSlope * last.time.seconds(since: first.time)
  }
}
