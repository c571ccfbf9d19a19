import Documents
import Monitoring
import Telemetry
import WireFormats

/// DescribeAlarmHistory: changes of state and actions, newest first unless the caller says otherwise.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html
func describeAlarmHistory(
  _ context: CloudWatchContext, _ engine: inout Engine
) throws(CloudWatchError) -> Node {
  let size = try context.pageSize("MaxRecords", 1...100, usual: 100)
  let isAscending = try isScannedAscending(context)
  let filter = try HistoryFilter(context, engine.alarms.definitions)
  // The token is the number of the last transition that was given: what comes later moves no page.
  let last = try context.text("NextToken").map { (token) throws(CloudWatchError) in
    guard let number = Int(token), engine.transitions.indices.contains(number) else {
      throw .unknownToken
    }
    return number
  }
  var found = engine.transitions.indices.filter { index in
    let isGiven = last.map { isAscending ? index <= $0 : index >= $0 } ?? false
    return !isGiven && filter.admits(engine.transitions[index])
  }
  if !isAscending { found.reverse() }
  let page = found.prefix(size)
  var output = OutputStructure()
  output.add(
    "AlarmHistoryItems", page.map { filter.node(engine.transitions[$0]) })
  output.add("NextToken", page.count < found.count ? page.last.map(String.init) : nil)
  return output.node
}

/// What the caller wants of the history, and what kind of alarm each name stands for.
private struct HistoryFilter {
  private let name: String?
  private let region: String?
  private let kinds: [Transition.Kind]
  private let start: Timestamp
  private let end: Timestamp
  /// The names of the alarms of the types that are wanted, with their types.
  private var types: [String: String] = [:]

  init(
    _ context: CloudWatchContext, _ definitions: [AlarmDefinition]
  ) throws(CloudWatchError) {
    (name, region) = (context.text("AlarmName"), context.region)
    kinds = try Self.kinds(context)
    start = try context.time("StartDate") ?? .distantPast
    end = try context.time("EndDate") ?? .distantFuture
    let wanted = try AlarmTypes(context)
    for definition in definitions where wanted.admits(definition) {
      types[definition.name] = AlarmTypes.word(for: definition)
    }
  }

  private static func kinds(
    _ context: CloudWatchContext
  ) throws(CloudWatchError) -> [Transition.Kind] {
    // No alarm here has contributors, so none of theirs has a history.
    if context.text("AlarmContributorId") != nil { return [] }
    switch context.text("HistoryItemType") {
    case nil: return [.alarm, .action]
    case "StateUpdate": return [.alarm]
    case "Action": return [.action]
    // Alarms are not changed while meridian runs.
    case "ConfigurationUpdate", "AlarmContributorStateUpdate", "AlarmContributorAction": return []
    case let word?:
      throw CloudWatchError(
        .invalidParameterValue, "The value \(word) for parameter HistoryItemType is invalid.")
    }
  }

  func admits(_ transition: Transition) -> Bool {
    kinds.contains(transition.kind) && (name ?? transition.name) == transition.name
      && types[transition.name] != nil
      && (region == nil || transition.region == nil || transition.region == region)
      && transition.time >= start && transition.time <= end
  }

  func node(_ transition: Transition) -> Node {
    let isAction = transition.kind == .action
    var output = OutputStructure()
    output.add("AlarmName", transition.name)
    output.add("AlarmType", types[transition.name])
    output.add("Timestamp", transition.time)
    output.add("HistoryItemType", isAction ? "Action" : "StateUpdate")
    output.add("HistorySummary", isAction ? actionSummary(transition) : stateSummary(transition))
    output.add("HistoryData", isAction ? actionData(transition) : stateData(transition))
    return output.node
  }
}

private func stateSummary(_ transition: Transition) -> String {
  "Alarm updated from \(transition.from) to \(transition.to)"
}

private func actionSummary(_ transition: Transition) -> String {
  let target = transition.target ?? ""
  guard let holder = transition.suppressedBy else {
    return "Action of the state \(transition.to): \(target)"
  }
  return "Action of the state \(transition.to) held back by \(holder): \(target)"
}

private func stateData(_ transition: Transition) -> String {
  var writer = JSONWriter()
  writer.object { writer in
    writer.member("version", "1.0")
    writer.object("oldState") { writer in
      writer.member("stateValue", transition.from)
    }
    writer.object("newState") { writer in
      writer.member("stateValue", transition.to)
      writer.member("stateReason", transition.reasons.first)
    }
  }
  return writer.text
}

private func actionData(_ transition: Transition) -> String {
  var writer = JSONWriter()
  writer.object { writer in
    writer.member("stateValue", transition.to)
    writer.member("notificationResource", transition.target)
    writer.member("actionsSuppressedBy", transition.suppressedBy)
  }
  return writer.text
}
