import Documents

extension TemplateResolver {
  /// `Sub`: `${Name}`, `${Resource.Attribute}` and `${!Literal}` in a text.
  mutating func substitution(_ argument: Node, at node: Node) throws(Fault) -> Node {
    var template = argument
    var names: [String: String] = [:]
    if argument.elements != nil {
      let list = try arguments(argument, 2...2)
      template = list[0]
      for entry in try list[1].mapping() { names[entry.key] = try text(entry.value) }
    }
    var result = ""
    var rest = Substring(try template.string())
    while let open = rest.firstRange(of: "${"),
      let close = rest[open.upperBound...].firstIndex(of: "}")
    {
      result += rest[..<open.lowerBound]
      let inner = String(rest[open.upperBound..<close])
      if let given = names[inner] {
        result += given
      } else {
        result += try variable(inner, at: node)
      }
      rest = rest[rest.index(after: close)...]
    }
    return Node(.string(result + rest), place: node.place)
  }

  private mutating func variable(_ name: String, at node: Node) throws(Fault) -> String {
    if name.hasPrefix("!") { return "${" + name.dropFirst() + "}" }
    let name = name.filter { $0 != " " }
    let argument = Node(.string(name), place: node.place)
    let value =
      name.contains(".")
      ? try attribute(argument, at: node) : try reference(to: name, at: node)
    return try value?.string() ?? ""
  }

  mutating func join(_ argument: Node) throws(Fault) -> Node {
    let list = try arguments(argument, 2...2)
    let separator = try text(list[0])
    var parts: [String] = []
    for part in try value(list[1]).list() { parts.append(try part.string()) }
    return Node(.string(parts.joined(separator: separator)), place: argument.place)
  }

  mutating func split(_ argument: Node) throws(Fault) -> Node {
    let list = try arguments(argument, 2...2)
    let separator = try text(list[0])
    var rest = Substring(try text(list[1]))
    var parts: [Substring] = []
    while !separator.isEmpty, let found = rest.firstRange(of: separator) {
      parts.append(rest[..<found.lowerBound])
      rest = rest[found.upperBound...]
    }
    parts.append(rest)
    return Node(
      .sequence(parts.map { Node(.string(String($0)), place: argument.place) }),
      place: argument.place)
  }

  mutating func select(_ argument: Node) throws(Fault) -> Node {
    let list = try arguments(argument, 2...2)
    let index = try value(list[0]).integer()
    let values = try value(list[1]).list()
    guard values.indices.contains(index) else {
      throw list[0].fault("an index of a list of \(values.count) values")
    }
    return values[index]
  }

  /// `FindInMap [map, first key, second key]`, with `{DefaultValue: x}` where that is given.
  mutating func findInMap(_ argument: Node) throws(Fault) -> Node? {
    let list = try arguments(argument, 3...4)
    let (map, first, second) = (try text(list[0]), try text(list[1]), try text(list[2]))
    if let found = document["Mappings"]?[map]?[first]?[second] { return try resolve(found) }
    if list.count == 4, let fallback = list[3]["DefaultValue"] { return try resolve(fallback) }
    return try unresolved(
      "\(map).\(first).\(second)", argument, "an entry of this template's Mappings")
  }

  /// `If [condition, then, else]`.
  mutating func choose(_ argument: Node) throws(Fault) -> Node? {
    let list = try arguments(argument, 3...3)
    return try resolve(try holds(named: list[0]) ? list[1] : list[2])
  }
}

extension TemplateResolver {
  /// Whether a condition of the template holds.
  mutating func holds(named node: Node) throws(Fault) -> Bool {
    guard let condition = document["Conditions"]?[try node.string()] else {
      throw node.fault("a condition of this template")
    }
    return try holds(condition)
  }

  private mutating func holds(_ node: Node) throws(Fault) -> Bool {
    guard let call = TemplateFunction(node) else {
      throw node.fault("a condition such as Fn::Equals")
    }
    return try holds(call)
  }

  mutating func holds(_ call: TemplateFunction) throws(Fault) -> Bool {
    let wasLenient = isLenient
    isLenient = false
    defer { isLenient = wasLenient }
    switch call.name {
    case "Condition": return try holds(named: call.argument)
    case "Fn::Equals":
      let list = try arguments(call.argument, 2...2)
      return try text(list[0]) == text(list[1])
    case "Fn::Not": return try !holds(arguments(call.argument, 1...1)[0])
    case "Fn::And":
      for part in try arguments(call.argument, 1...10) where try !holds(part) { return false }
      return true
    case "Fn::Or":
      for part in try arguments(call.argument, 1...10) where try holds(part) { return true }
      return false
    default: throw call.argument.fault("a condition: Fn::Equals, Fn::And, Fn::Or, Fn::Not")
    }
  }
}
