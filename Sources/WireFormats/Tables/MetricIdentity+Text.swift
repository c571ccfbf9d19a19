import Telemetry

extension MetricIdentity {
  /// Reads `eu-west-1 AWS/RDS ReplicaLag {DBInstanceIdentifier=orders}`, as a metric is printed.
  ///
  /// Braces and what stands before the metric's name may be missing; a text of another shape is a
  /// name as it is.
  init(metricText text: String) {
    self.init()
    var head = Substring(text)
    if head.hasSuffix("}"), let brace = head.firstIndex(of: "{") {
      dimensions = Self.dimensions(in: String(head[head.index(after: brace)...].dropLast()))
      head = head[..<brace]
    }
    let words = head.split(separator: " ")
    guard dimensions.isEmpty || words.isEmpty == false else {
      dimensions = []
      name = text
      return
    }
    if words.count == 2, words[0].contains("/") {
      namespace = String(words[0])
      name = String(words[1])
    } else if words.count == 3, words[1].contains("/") {
      region = String(words[0])
      namespace = String(words[1])
      name = String(words[2])
    } else {
      name = words.joined(separator: " ")
    }
  }

  /// Reads `A=1,B=2` or `A=1;B=2`; a text without `=` is the value of a dimension called `dimension`.
  static func dimensions(in text: String) -> [Dimension] {
    text.split(whereSeparator: { $0 == "," || $0 == ";" }).map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1).map(Self.trimmed)
      return parts.count == 2
        ? Dimension(name: unescaped(parts[0]), value: unescaped(parts[1]))
        : Dimension(name: "dimension", value: unescaped(Self.trimmed(pair)))
    }
  }

  /// How a name or value writes the characters that part dimensions.
  static let escapes: [(character: Character, code: String)] = [
    (",", "%2C"), (";", "%3B"), ("=", "%3D"), ("%", "%25"),
  ]

  private static func unescaped(_ text: String) -> String {
    guard text.contains("%") else { return text }
    var result = ""
    var rest = text[...]
    while let first = rest.first {
      if first == "%", let escape = escapes.first(where: { rest.hasPrefix($0.code) }) {
        result.append(escape.character)
        rest = rest.dropFirst(3)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
