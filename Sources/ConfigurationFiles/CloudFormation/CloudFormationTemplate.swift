import Documents

/// A CloudFormation template, read for its alarms, composite alarms and mute rules.
///
/// Intrinsic functions are resolved as far as the file allows. What cannot be resolved is named: where
/// it decides what an alarm does, it costs that alarm; in names, descriptions, tags and actions a
/// placeholder such as `${Topic}` stands for it.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html
package struct CloudFormationTemplate {
  /// The same as `MetricAlarms`, `CompositeAlarms` and `AlarmMuteRules`.
  package let alarms: Node
  package let faults: [Fault]

  /// The values of parameters without a default, and of `AWS::Region` and its like.
  package struct Parameters: Hashable, Sendable {
    package var values: [String: Node] = [:]
    /// Where the stack lives unless `values` says so.
    package var region: String?

    package init() {}
  }

  package init(_ document: Node, parameters: Parameters = Parameters()) {
    var resolver = TemplateResolver(document, parameters: parameters)
    var lists: [String: [Node]] = [:]
    for resource in document["Resources"]?.entries ?? [] {
      guard let kind = AlarmResource(resource.value), resolver.exists(resource) else { continue }
      guard let alarm = resolver.alarm(kind, resource) else { continue }
      lists[kind.list, default: []].append(alarm)
    }
    let entries = AlarmResource.allCases.map(\.list).compactMap { key in
      lists[key].map { Node.Entry(key: key, value: Node(.sequence($0), place: document.place)) }
    }
    let all = entries.isEmpty ? [AlarmResource.none(at: document.place)] : entries
    alarms = Node(.mapping(all), place: document.place)
    faults = resolver.faults
  }
}

/// The resources that are alarms, or about them.
enum AlarmResource: String, CaseIterable {
  case metricAlarm = "AWS::CloudWatch::Alarm"
  case compositeAlarm = "AWS::CloudWatch::CompositeAlarm"
  case muteRule = "AWS::CloudWatch::AlarmMuteRule"

  init?(_ resource: Node) {
    guard case .string(let type)? = resource["Type"]?.value else { return nil }
    self.init(rawValue: type)
  }

  /// Where describe-alarms has them.
  var list: String {
    switch self {
    case .metricAlarm: "MetricAlarms"
    case .compositeAlarm: "CompositeAlarms"
    case .muteRule: "AlarmMuteRules"
    }
  }

  var nameKey: String { self == .muteRule ? "Name" : "AlarmName" }

  /// A template without alarms.
  fileprivate static func none(at place: Node.Place) -> Node.Entry {
    Node.Entry(key: AlarmResource.metricAlarm.list, value: Node(.sequence([]), place: place))
  }
}

extension TemplateResolver {
  /// Properties that decide nothing: what cannot be resolved in them stays as a placeholder.
  private static let lenientKeys: Set<String> = [
    "AlarmName", "AlarmDescription", "AlarmActions", "OKActions", "InsufficientDataActions", "Tags",
    "Name", "Description",
  ]

  /// Whether the resource's condition holds.
  mutating func exists(_ resource: Node.Entry) -> Bool {
    guard let condition = resource.value["Condition"] else { return true }
    do throws(Fault) {
      return try holds(named: condition)
    } catch {
      faults.append(error)
      return false
    }
  }

  /// The resource's properties with everything resolved; nil where that cannot be done.
  mutating func alarm(_ kind: AlarmResource, _ resource: Node.Entry) -> Node? {
    let properties = resource.value["Properties"]
    var entries: [Node.Entry] = []
    do throws(Fault) {
      for entry in properties?.entries ?? [] where entry.key != kind.nameKey {
        isLenient = Self.lenientKeys.contains(entry.key)
        guard let value = try resolve(entry.value) else { continue }
        entries.append(Node.Entry(key: entry.key, value: value))
      }
    } catch {
      var fault = error
      fault.expected += " (\(resource.key) is left out)"
      faults.append(fault)
      return nil
    }
    let name = Node(
      .string(name(of: resource)), place: properties?[kind.nameKey]?.place ?? resource.value.place)
    entries.insert(Node.Entry(key: kind.nameKey, value: name), at: 0)
    return Node(.mapping(entries), place: resource.value.place)
  }

  /// The name an alarm has, or its logical id where CloudFormation would make one up.
  mutating func name(of resource: Node.Entry) -> String {
    let key = AlarmResource(resource.value)?.nameKey ?? ""
    guard let field = resource.value["Properties"]?[key] else { return resource.key }
    let wasLenient = isLenient
    isLenient = true
    defer { isLenient = wasLenient }
    return (try? resolve(field)?.string()) ?? resource.key
  }
}
