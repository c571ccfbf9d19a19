import Documents

extension Scenario {
  /// The alarms as `aws cloudwatch describe-alarms` prints them.
  package var alarmDocument: Node {
    Node(.mapping([Node.Entry(key: "MetricAlarms", value: Node(.sequence(alarms)))]))
  }

  /// The alarms; one with `EachRegion: [a, b]` becomes one per region, `{region}` filled in.
  func expandedAlarms(_ node: Node, _ list: inout FaultList) -> [Node] {
    var alarms: [Node] = []
    for alarm in list.value(
      node, "alarms", default: [],
      { (found) throws(Fault) in
        try found.list()
      })
    {
      guard let each = alarm["EachRegion"] else {
        alarms.append(alarm)
        continue
      }
      let regions = list.attempt { () throws(Fault) -> [String] in
        try each.list().map { (region) throws(Fault) in try region.string() }
      }
      for region in regions ?? [] {
        alarms.append(alarm.without("EachRegion").filled(region: region))
      }
    }
    return alarms
  }
}

extension Node {
  fileprivate func without(_ key: String) -> Node {
    guard let entries else { return self }
    return Node(.mapping(entries.filter { $0.key != key }), place: place)
  }

  /// The node with `{region}` replaced in every string.
  fileprivate func filled(region: String) -> Node {
    switch value {
    case .string(let text): Node(.string(fill(text, region: region)), place: place)
    case .sequence(let elements):
      Node(.sequence(elements.map { $0.filled(region: region) }), place: place)
    case .mapping(let entries):
      Node(
        .mapping(
          entries.map { Entry(key: $0.key, value: $0.value.filled(region: region)) }), place: place)
    default: self
    }
  }
}

/// Puts a region where a name says `{region}`.
func fill(_ text: String, region: String) -> String { fill(text, ["region": region]) }

/// Puts values where a name says `{key}`; other braces stay.
func fill(_ text: String, _ values: [String: String]) -> String {
  var result = ""
  var rest = Substring(text)
  while let open = rest.firstIndex(of: "{") {
    result += rest[..<open]
    rest = rest[rest.index(after: open)...]
    if let close = rest.firstIndex(of: "}"), let value = values[String(rest[..<close])] {
      result += value
      rest = rest[rest.index(after: close)...]
    } else {
      result += "{"
    }
  }
  return result + rest
}
