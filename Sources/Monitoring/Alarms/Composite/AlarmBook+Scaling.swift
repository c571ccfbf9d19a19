import Telemetry

/// Auto Scaling actions, the only ones that run again while a state lasts.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html
extension AlarmBook {
  /// Runs the scaling actions of alarms whose state lasts, once a minute; not those that are held.
  mutating func repeatScaling(at now: Timestamp) -> [Transition] {
    let isDue = AlarmCadence.everyMinute.isDue(at: now, origin: options.evaluationOrigin)
    guard !scaling.isEmpty, isDue, now != options.beginning else { return [] }
    var transitions: [Transition] = []
    for alarm in scaling where !round.changed.contains(where: { $0.alarm == alarm }) {
      if let gate = files[alarm].gate, actions.isMuted(gate, at: now) { continue }
      transitions += run(alarm, watches[alarm].state, at: now) {
        $0.hasPrefix(AlarmDefinition.scalingPrefix)
      }
    }
    return transitions
  }
}

extension AlarmDefinition {
  /// What the ARN of an Auto Scaling action begins with.
  static let scalingPrefix = "arn:aws:autoscaling:"

  /// Whether any of its actions scales something.
  var scales: Bool {
    (okActions + alarmActions + insufficientDataActions).contains {
      $0.hasPrefix(Self.scalingPrefix)
    }
  }
}
