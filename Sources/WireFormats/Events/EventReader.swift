import Documents
import Telemetry

/// Reads events out of JSON values: EventBridge, CloudTrail, SNS alarm messages, and their wrappings.
///
/// One value may hold many (`{"Records": […]}`), and one event may come wrapped: SQS and Lambda
/// records, SNS notifications, CloudTrail records within EventBridge. What is no event is a sentence
/// in `faults`.
struct EventReader: Sendable {
  private(set) var events: [Event] = []
  private(set) var faults: [String] = []
  /// The arrival of events that do not tell theirs; nil: their own time.
  private let arrival: Timestamp?

  /// SQS around SNS around EventBridge around CloudTrail is four.
  static let depthLimit = 5

  init(arrival: Timestamp?) { self.arrival = arrival }

  mutating func read(_ node: Node) { read(node, envelope: Envelope(arrival: arrival), depth: 0) }

  /// What the wrappings around an event tell about it.
  struct Envelope {
    var arrival: Timestamp?
    var identifier = ""
    var account = ""
    var region = ""
    var time: Timestamp?
  }

  private mutating func read(_ node: Node, envelope outer: Envelope, depth: Int) {
    guard depth <= Self.depthLimit else {
      faults.append("wrapped more than \(Self.depthLimit) deep")
      return
    }
    if let elements = node.elements {
      for element in elements { read(element, envelope: outer, depth: depth) }
      return
    }
    guard node.entries != nil else {
      faults.append("an event is a JSON object, not \(node.kind)")
      return
    }
    var envelope = outer
    if case .number(let number, _) = node["arrival"]?.value,
      let own = Timestamp(recordableMilliseconds: number)
    {
      envelope.arrival = own
    }
    if unwrap(node, envelope: envelope, depth: depth) { return }
    append(node, envelope: envelope, depth: depth)
  }

  /// Reads what a list or wrapping holds; false when the value is neither.
  private mutating func unwrap(_ node: Node, envelope: Envelope, depth: Int) -> Bool {
    for key in ["Records", "Events", "Messages"] {
      guard let records = node[key], records.elements != nil else { continue }
      read(records, envelope: envelope, depth: depth + 1)
      return true
    }
    guard let inner = inner(of: node) else { return false }
    var envelope = envelope
    envelope.identifier = node["MessageId"]?.text ?? envelope.identifier
    envelope.time = node["Timestamp"]?.timestamp ?? envelope.time
    if inner.entries != nil {
      read(inner, envelope: envelope, depth: depth + 1)
      return true
    }
    guard let text = inner.text else { return false }
    do throws(Fault) {
      read(try Node.json(Array(text.utf8)), envelope: envelope, depth: depth + 1)
    } catch {
      faults.append(
        "the message within is not JSON: '\(error.value ?? "")' is not \(error.expected)")
    }
    return true
  }

  /// The value within SQS, Lambda, SNS and `lookup-events` wrappings.
  private func inner(of node: Node) -> Node? {
    if let record = node["CloudTrailEvent"] { return record }
    if let notification = node["Sns"] { return notification }
    if node["eventSource"]?.text == "aws:sqs" || node["receiptHandle"] != nil {
      return node["body"]
    }
    if node["ReceiptHandle"] != nil { return node["Body"] }
    if node["Type"]?.text == "Notification" || node["TopicArn"] != nil { return node["Message"] }
    return nil
  }

  private mutating func append(_ node: Node, envelope: Envelope, depth: Int) {
    if node["eventName"] != nil, node["eventSource"] != nil {
      append(Event(cloudTrail: node, envelope: envelope), or: "eventTime is not a time")
    } else if node["detail-type"] != nil {
      readEventBridge(node, envelope: envelope, depth: depth)
    } else if node["AlarmName"] != nil, node["NewStateValue"] != nil {
      append(Event(alarmMessage: node, envelope: envelope), or: "StateChangeTime is not a time")
    } else if node["Event ID"] != nil, node["Event Message"] != nil {
      append(Event(rdsNotification: node, envelope: envelope), or: "Event Time is not a time")
    } else if node["source"] != nil, node["time"] != nil {
      append(Event(plain: node, envelope: envelope), or: "time is not a time")
    } else {
      faults.append(
        "neither a metric (metric_name, namespace) nor an event (detail-type, eventName, or source and "
          + "time)")
    }
  }

  private mutating func readEventBridge(_ node: Node, envelope: Envelope, depth: Int) {
    if let detail = node["detail"], detail["eventName"] != nil, detail["eventSource"] != nil {
      var envelope = envelope
      envelope.account = node["account"]?.text ?? ""
      envelope.region = node["region"]?.text ?? ""
      envelope.identifier = node["id"]?.text ?? ""
      envelope.time = node["time"]?.timestamp
      read(detail, envelope: envelope, depth: depth + 1)
    } else {
      append(Event(eventBridge: node, envelope: envelope), or: "time is not a time")
    }
  }

  private mutating func append(_ event: Event?, or fault: String) {
    if let event { events.append(event) } else { faults.append(fault) }
  }
}

extension Node {
  /// A time in any of the spellings AWS uses; nil where it is none.
  package var timestamp: Timestamp? {
    switch value {
    case .number(let number, _): Timestamp(epoch: number)
    case .string(let text): Timestamp(text: text)
    case .tagged(_, let inner): inner.timestamp
    default: nil
    }
  }
}
