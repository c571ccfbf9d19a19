import Documents

/// Resolves the intrinsic functions of one template.
struct TemplateResolver {
  let document: Node
  let parameters: CloudFormationTemplate.Parameters
  /// Whether what cannot be resolved becomes a placeholder instead of a fault that is thrown.
  var isLenient = false
  var faults: [Fault] = []
  private var depth = 0

  /// Functions within functions, and names that refer to names; more is a circle.
  private static let depthLimit = 100

  init(_ document: Node, parameters: CloudFormationTemplate.Parameters) {
    self.document = document
    self.parameters = parameters
  }

  /// The value with all functions applied; nil for `AWS::NoValue`.
  mutating func resolve(_ node: Node) throws(Fault) -> Node? {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.depthLimit { throw node.fault("a value that does not depend on itself") }
    if let call = TemplateFunction(node) { return try apply(call, at: node) }
    switch node.value {
    case .sequence(let elements):
      var resolved: [Node] = []
      for element in elements {
        if let value = try resolve(element) { resolved.append(value) }
      }
      return Node(.sequence(resolved), place: node.place)
    case .mapping(let entries):
      var resolved: [Node.Entry] = []
      for entry in entries {
        guard let value = try resolve(entry.value) else { continue }
        resolved.append(Node.Entry(key: entry.key, value: value))
      }
      return Node(.mapping(resolved), place: node.place)
    case .tagged(let tag, _): throw node.fault("resolved in this version (\(tag))")
    case .null, .boolean, .number, .string: return node
    }
  }

  private mutating func apply(_ call: TemplateFunction, at node: Node) throws(Fault) -> Node? {
    switch call.name {
    case "Ref": return try reference(to: try call.argument.string(), at: node)
    case "Fn::GetAtt": return try attribute(call.argument, at: node)
    case "Fn::Sub": return try substitution(call.argument, at: node)
    case "Fn::Join": return try join(call.argument)
    case "Fn::Split": return try split(call.argument)
    case "Fn::Select": return try select(call.argument)
    case "Fn::FindInMap": return try findInMap(call.argument)
    case "Fn::If": return try choose(call.argument)
    case "Fn::Equals", "Fn::And", "Fn::Or", "Fn::Not", "Condition":
      return Node(.boolean(try holds(call)), place: node.place)
    default: return try unresolved(call.name, node, "resolved here (\(call.name))")
    }
  }

  /// A placeholder where one will do, a fault otherwise; both are told.
  mutating func unresolved(
    _ text: String, _ node: Node, _ expected: String
  ) throws(Fault) -> Node {
    let fault = Fault(place: node.place, value: text, expected: expected)
    guard isLenient else { throw fault }
    if !faults.contains(fault) { faults.append(fault) }
    return Node(.string("${\(text)}"), place: node.place)
  }

  /// The value of an argument that must be there.
  mutating func value(_ node: Node) throws(Fault) -> Node {
    guard let value = try resolve(node) else {
      throw node.fault("a value, which AWS::NoValue is not")
    }
    return value
  }

  mutating func text(_ node: Node) throws(Fault) -> String { try value(node).string() }

  /// The arguments of a function that takes a list.
  func arguments(_ node: Node, _ counts: ClosedRange<Int>) throws(Fault) -> [Node] {
    let arguments = try node.list()
    guard counts.contains(arguments.count) else {
      throw node.fault("a list of \(counts.lowerBound) values")
    }
    return arguments
  }
}

/// A function as JSON and YAML write it: `{"Fn::Sub": x}`, `!Sub x`.
struct TemplateFunction {
  let name: String
  let argument: Node

  init?(_ node: Node) {
    switch node.value {
    case .tagged(let tag, let argument) where tag.hasPrefix("!"):
      let word = String(tag.dropFirst())
      name = word == "Ref" || word == "Condition" ? word : "Fn::" + word
      self.argument = argument
    case .mapping(let entries):
      guard let only = entries.first, entries.count == 1,
        only.key == "Ref" || only.key == "Condition"
          || only.key.hasPrefix("Fn::")
      else { return nil }
      name = only.key
      argument = only.value
    default: return nil
    }
  }
}
