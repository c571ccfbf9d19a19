import Documents
import Telemetry

/// Collects alarms, mute rules and faults, document by document.
struct AlarmReader {
  let zones: TimeZones
  private(set) var alarms: [AlarmDefinition] = []
  private(set) var muteRules: [AlarmMuteRule] = []
  private(set) var faults: [Fault] = []
  private var regionsByName: [String: [String?]] = [:]

  init(zones: TimeZones) { self.zones = zones }

  mutating func read(_ node: Node) {
    if let elements = node.elements { return readAlarms(elements) }
    guard node.entries != nil else {
      faults.append(node.fault("a list of alarms or a mapping with MetricAlarms"))
      return
    }
    if node["AlarmName"] != nil { return readAlarms([node]) }
    let known = node.entries?.contains { AlarmCollection.keys.contains($0.key) }
    if known != true {
      faults.append(
        Fault(
          place: node.place, value: nil,
          expected: "the key MetricAlarms, CompositeAlarms or AlarmMuteRules"))
    }
    readList(node["MetricAlarms"]) { $0.readAlarms($1) }
    readList(node["CompositeAlarms"]) { $0.readAlarms($1) }
    readList(node["AlarmMuteRules"]) { $0.readMuteRules($1) }
  }

  private mutating func readList(
    _ node: Node?, _ read: (inout AlarmReader, [Node]) -> Void
  ) {
    guard let node else { return }
    guard let elements = node.elements else {
      return faults.append(node.fault("a list of alarms or rules"))
    }
    read(&self, elements)
  }

  private mutating func readAlarms(_ nodes: [Node]) {
    for node in nodes {
      do throws(Fault) {
        let isComposite = node["AlarmRule"] != nil && node["MetricName"] == nil
        let alarm =
          isComposite
          ? try AlarmDefinition(composite: node) : try AlarmDefinition(node, zones: zones)
        try checkName(of: alarm, at: node)
        alarms.append(alarm)
        faults += node.unknownKeys(
          isComposite ? AlarmDefinition.knownCompositeKeys : AlarmDefinition.knownKeys)
      } catch {
        faults.append(error.costing("alarm", named: node["AlarmName"]))
      }
    }
  }

  private mutating func readMuteRules(_ nodes: [Node]) {
    for node in nodes {
      do throws(Fault) {
        muteRules.append(try AlarmMuteRule(node, zones: zones))
        faults += node.unknownKeys(AlarmMuteRule.knownKeys)
      } catch {
        faults.append(error.costing("mute rule", named: node["Name"]))
      }
    }
  }

  /// A name is unique per region among alarms of all kinds; one without a region may live in any.
  private mutating func checkName(of new: AlarmDefinition, at node: Node) throws(Fault) {
    let regions = regionsByName[new.name] ?? []
    let isTaken = regions.contains { $0 == new.region || $0 == nil || new.region == nil }
    guard isTaken, let name = node["AlarmName"] else {
      regionsByName[new.name] = regions + [new.region]
      return
    }
    let place = new.region.map { " in \($0)" } ?? ""
    throw name.fault("a new name: an alarm of this name is defined already\(place)")
  }
}

extension Fault {
  /// The same fault, saying what it costs.
  fileprivate func costing(_ kind: String, named node: Node?) -> Fault {
    guard case .string(let name)? = node?.value, !expected.contains("this name") else {
      return self
    }
    var named = self
    named.expected += " (\(kind) \(name) is left out)"
    return named
  }
}
