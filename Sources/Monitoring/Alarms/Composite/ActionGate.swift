import Telemetry

/// What holds back an alarm's actions.
package enum ActionSuppression: String, Hashable, Sendable, CaseIterable {
  case waitPeriod = "WaitPeriod"
  case extensionPeriod = "ExtensionPeriod"
  case alarm = "Alarm"
  case muteRule = "MuteRule"
}

/// Decides when an alarm's actions run: CloudWatch's suppression, as a state machine.
///
/// A change of state waits for the suppressor to go into ALARM, is held while it is, and waits again
/// after it has left; then the actions of the state that holds by then run. A mute rule outranks all
/// of it: what would run meanwhile is held, and looked at again when the window ends.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-suppression.html
struct ActionGate: Hashable, Sendable {
  /// Whose actions these are, by its index in the book.
  let alarm: Int
  /// The mute rules that may hold them.
  let muteRules: [Int]
  /// Nil where only mute rules hold actions back.
  let suppressor: AlarmReference?
  let waitMilliseconds: Int64
  let extensionMilliseconds: Int64

  private(set) var timer: Timer?
  /// A state whose actions have not run.
  private(set) var pending: AlarmState?
  private(set) var isSuppressorInAlarm = false

  struct Timer: Hashable, Sendable {
    var kind: Kind
    var end: Timestamp

    enum Kind: String, Hashable, Sendable {
      case wait = "WaitPeriod"
      case extend = "ExtensionPeriod"
    }
  }

  init(alarm: Int, composite: CompositeAlarm?, muteRules: [Int]) {
    self.alarm = alarm
    self.muteRules = muteRules
    suppressor = composite?.suppressor
    waitMilliseconds = Int64(composite?.waitPeriodSeconds ?? 0) * 1000
    extensionMilliseconds = Int64(composite?.extensionPeriodSeconds ?? 0) * 1000
  }

  /// The suppressor as it is found, without anything following from it.
  mutating func begin(isSuppressorInAlarm: Bool) { self.isSuppressorInAlarm = isSuppressorInAlarm }

  /// The suppressor may have changed.
  mutating func suppressor(isInAlarm: Bool, at now: Timestamp) {
    guard isInAlarm != isSuppressorInAlarm else { return }
    isSuppressorInAlarm = isInAlarm
    timer = isInAlarm ? nil : Timer(kind: .extend, end: now + extensionMilliseconds)
  }

  /// The alarm has changed to a state.
  mutating func change(to state: AlarmState, at now: Timestamp) {
    pending = state
    guard suppressor != nil else { return }
    timer = isSuppressorInAlarm ? nil : Timer(kind: .wait, end: now + waitMilliseconds)
  }

  /// Ends a timer that is due, and gives the state whose actions run now.
  mutating func release(at now: Timestamp, isMuted: Bool) -> AlarmState? {
    if let end = timer?.end, end <= now { timer = nil }
    guard timer == nil, !isSuppressorInAlarm, !isMuted, let state = pending else { return nil }
    pending = nil
    return state
  }

  /// What holds back the actions, mute rules apart.
  var suppression: ActionSuppression? {
    if let timer { return timer.kind == .wait ? .waitPeriod : .extensionPeriod }
    return pending != nil && isSuppressorInAlarm ? .alarm : nil
  }
}

extension ActionGate {
  /// What a later run needs to go on; nil where nothing is under way.
  var record: SuppressionRecord? {
    if timer == nil, pending == nil { return nil }
    return SuppressionRecord(
      pending: pending, timer: timer?.kind.rawValue, timerEnd: timer?.end,
      suppressor: suppressor?.text)
  }

  /// Goes on from what an earlier run left.
  ///
  /// A timer that was about another suppressor is dropped, and what was pending is decided anew.
  mutating func restore(
    _ record: SuppressionRecord, isSuppressorInAlarm: Bool, at now: Timestamp
  ) {
    self.isSuppressorInAlarm = isSuppressorInAlarm
    pending = record.pending
    timer = nil
    if let pending, record.suppressor != suppressor?.text {
      change(to: pending, at: now)
    } else if record.suppressor == suppressor?.text, let end = record.timerEnd,
      let kind = record.timer.flatMap(Timer.Kind.init(rawValue:))
    {
      timer = Timer(kind: kind, end: end)
    }
  }
}
