import Documents

/// Line one of a recording: what was recorded, under which topology and alarms.
package struct RecordingHeader: Hashable, Sendable {
  package var name: String
  /// As in `meridian.yaml`: `regions`, `deployments`, `services`.
  package var topology: Node?
  /// A list of alarms, or an object with `MetricAlarms` as `describe-alarms` prints it.
  package var alarms: Node?

  package init(name: String, topology: Node? = nil, alarms: Node? = nil) {
    self.name = name
    self.topology = topology
    self.alarms = alarms
  }

  /// The header that a record holds; nil when it is a record of another kind.
  init?(_ node: Node) {
    guard let entries = node.entries, Self.isHeader(keys: entries.map(\.key)) else { return nil }
    self.init(name: node["name"]?.text ?? "", topology: node["topology"], alarms: node["alarms"])
  }

  /// Whether an object with these keys is line one of a recording: it says what was recorded, or
  /// nothing but a name.
  static func isHeader(keys: [String]) -> Bool {
    guard !keys.contains(where: recordKeys.contains) else { return false }
    return keys.contains("topology") || keys.contains("alarms") || keys == ["name"]
  }

  /// What only metrics and events have.
  private static let recordKeys = ["metric_name", "detail-type", "eventName"]
}
