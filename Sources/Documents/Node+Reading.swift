extension Node {
  /// A fault at this value.
  package func fault(_ expected: String) -> Fault {
    Fault(place: place, value: excerpt, expected: expected)
  }

  package func string() throws(Fault) -> String {
    switch value {
    case .string(let text): return text
    case .number(_, let text): return text
    case .boolean(let flag): return String(flag)
    default: throw fault("a string")
    }
  }

  package func number() throws(Fault) -> Double {
    switch value {
    case .number(let number, _): return number
    case .string(let text):
      guard let number = Double(text), number.isFinite else { throw fault("a number") }
      return number
    default: throw fault("a number")
    }
  }

  package func integer() throws(Fault) -> Int {
    let number = try number()
    guard let integer = Int(exactly: number) else { throw fault("a whole number") }
    return integer
  }

  package func boolean() throws(Fault) -> Bool {
    switch value {
    case .boolean(let flag): return flag
    case .string("true"): return true
    case .string("false"): return false
    default: throw fault("true or false")
    }
  }

  package func list() throws(Fault) -> [Node] {
    guard let elements else { throw fault("a list") }
    return elements
  }

  package func mapping() throws(Fault) -> [Entry] {
    guard let entries else { throw fault("a mapping") }
    return entries
  }

  /// The value under a key that must be there.
  package func required(_ key: String) throws(Fault) -> Node {
    _ = try mapping()
    guard let found = self[key] else {
      throw Fault(place: place.under(key), value: nil, expected: "the key \(key)")
    }
    return found
  }

  /// One of a set of words, by raw value.
  package func choice<Choice: RawRepresentable & CaseIterable>(
    _ type: Choice.Type
  ) throws(Fault) -> Choice where Choice.RawValue == String {
    let text = try string()
    guard let choice = Choice(rawValue: text) else {
      throw fault("one of " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return choice
  }

  /// `90s`, `15m`, `1h30m`, `2d`, `500ms`, or a plain number of seconds; in milliseconds.
  package func durationMilliseconds() throws(Fault) -> Int64 {
    let text = try string()
    guard let duration = parseDuration(text) else {
      throw fault("a duration such as 90s, 15m or 1h30m")
    }
    return duration
  }

  /// The entries with a key outside `known`, as faults.
  package func unknownKeys(_ known: Set<String>) -> [Fault] {
    (entries ?? []).filter { !known.contains($0.key) }.map { entry in
      Fault(
        place: entry.value.place, value: entry.key,
        expected: "one of the keys " + known.sorted().joined(separator: ", "))
    }
  }
}

/// Milliseconds of `90s`, `15m`, `1h30m`, `2d`, `500ms`; a bare number is seconds.
package func parseDuration(_ text: String) -> Int64? {
  if let seconds = Double(text) {
    return seconds.isFinite && seconds.magnitude < 1e12 ? Int64(seconds * 1000) : nil
  }
  var total: Double = 0
  var rest = Substring(text)
  guard !rest.isEmpty else { return nil }
  while !rest.isEmpty {
    let digits = rest.prefix { $0.isNumber || $0 == "." }
    guard let amount = Double(digits) else { return nil }
    rest = rest.dropFirst(digits.count)
    let unit = rest.prefix { $0.isLetter }
    guard let scale = durationUnits[String(unit)] else { return nil }
    total += amount * scale
    rest = rest.dropFirst(unit.count)
  }
  return total < 1e15 ? Int64(total.rounded()) : nil
}

private let durationUnits: [String: Double] = [
  "ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000,
]
