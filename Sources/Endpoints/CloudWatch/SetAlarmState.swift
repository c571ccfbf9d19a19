import Documents
import Monitoring
import Telemetry
import WireFormats

/// SetAlarmState: for a test of an alarm's actions; the next evaluation may set the state back.
///
/// It has happened when the reply is sent, as time in the engine moves on by a millisecond for it.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
func setAlarmState(
  _ context: CloudWatchContext, _ engine: inout Engine
) throws(CloudWatchError) -> Node? {
  let name = try context.requiredText("AlarmName")
  guard let state = try context.alarmState("StateValue") else {
    throw CloudWatchError(.missingParameter, "The parameter StateValue is required.")
  }
  let reason = try context.requiredText("StateReason")
  guard reason.unicodeScalars.count <= 1023 else {
    throw CloudWatchError(.validationError, "StateReason has 1023 characters at most.")
  }
  let data = context.text("StateReasonData")
  if let data, (try? Node.json(Array(data.utf8)))?.entries == nil {
    throw CloudWatchError(.invalidFormat, "StateReasonData is not a JSON object.")
  }
  guard engine.moment().alarms.contains(where: { $0.name == name && $0.isIn(context.region) })
  else { throw CloudWatchError(.resourceNotFound, "There is no alarm \(name).") }
  if engine.now == nil { _ = engine.advance(to: context.now) }
  engine.set(
    AlarmStateSetting(
      name: name, region: context.region, state: state, reason: reason, reasonData: data))
  _ = engine.advance(to: (engine.now ?? context.now) + 1)
  return nil
}

extension CloudWatchContext {
  /// A state that a parameter names; nil where it is absent.
  func alarmState(_ key: String) throws(CloudWatchError) -> AlarmState? {
    guard let word = text(key) else { return nil }
    guard let state = AlarmState(rawValue: word) else {
      let member = key.prefix(1).lowercased() + key.dropFirst()
      throw CloudWatchError(
        .validationError,
        "1 validation error detected: Value '\(word)' at '\(member)' failed to satisfy constraint: "
          + "Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]")
    }
    return state
  }
}
