import Documents
import Telemetry

extension JSONWriter {
  /// Writes an event as the service that sent it would, with its `arrival`.
  ///
  /// API calls become CloudTrail records, everything else EventBridge events; `EventReader` reads the
  /// same event back.
  mutating func event(_ event: Event) {
    object { writer in
      if event.source.hasSuffix(".amazonaws.com") {
        writer.cloudTrail(event)
      } else {
        writer.eventBridge(event)
      }
      writer.member("arrival", Int(event.arrival.milliseconds))
    }
  }

  private mutating func member(_ name: String, _ value: String) {
    key(name)
    string(value)
  }

  private mutating func eventBridge(_ event: Event) {
    member("version", "0")
    member("id", event.identifier)
    let isDatabaseEvent = event.name.hasPrefix("RDS-EVENT-")
    let isInstance = event.attribute("sourcetype") == "DB_INSTANCE"
    member(
      "detail-type",
      isDatabaseEvent ? "RDS DB \(isInstance ? "Instance" : "Cluster") Event" : event.name)
    member("source", event.source)
    member("account", event.account)
    member("time", event.time.description)
    member("region", event.region)
    key("detail")
    object { writer in
      var tree = AttributeTree(event.attributes)
      if isDatabaseEvent {
        tree.set("EventID", event.name)
        tree.set("SourceIdentifier", event.subject)
        tree.set("Message", event.message)
        tree.set("Date", event.time.description)
      } else if event.name == "CloudWatch Alarm State Change" {
        tree.set("alarmName", event.subject)
        tree.set("message", event.message)
      } else {
        tree.set("subject", event.subject)
        tree.set("message", event.message)
      }
      writer.members(of: tree)
    }
  }

  private mutating func cloudTrail(_ event: Event) {
    member("eventTime", event.time.description)
    member("eventSource", event.source)
    member("eventName", event.name)
    member("awsRegion", event.region)
    member("recipientAccountId", event.account)
    member("eventID", event.identifier)
    members(of: AttributeTree(event.attributes))
  }

  private mutating func members(of tree: AttributeTree) {
    for (name, child) in tree.children {
      key(name)
      if let text = child.text {
        string(text)
      } else {
        object { $0.members(of: child) }
      }
    }
  }
}

/// Dotted names as the objects they came from.
struct AttributeTree {
  private(set) var text: String?
  private(set) var children: [(name: String, tree: AttributeTree)] = []

  init(_ attributes: [Dimension]) {
    for attribute in attributes { insert(attribute.name[...], attribute.value) }
  }

  private init() {}

  mutating func set(_ name: String, _ value: String) {
    guard !value.isEmpty else { return }
    var leaf = AttributeTree()
    leaf.text = value
    children.append((name, leaf))
  }

  private mutating func insert(_ path: Substring, _ value: String) {
    guard !path.isEmpty else {
      text = value
      return
    }
    let name = String(path.prefix { $0 != "." })
    let rest = path.dropFirst(name.count).drop { $0 == "." }
    if let index = children.firstIndex(where: { $0.name == name }) {
      children[index].tree.insert(rest, value)
    } else {
      var child = AttributeTree()
      child.insert(rest, value)
      children.append((name, child))
    }
  }
}
