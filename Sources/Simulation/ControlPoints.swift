import Documents

/// The course of a value through an incident: points joined by straight lines.
///
/// Before the first point the value is its own; after the last it stays. `null` means that there is
/// no datapoint until the next point; `normal` is what the value would have been.
package struct ControlPoints: Hashable, Sendable {
  var points: [Point]

  struct Point: Hashable, Sendable {
    /// Milliseconds from minute zero of the incident.
    var offset: Int64
    var value: Value
  }

  enum Value: Hashable, Sendable {
    case normal
    case absent
    case number(Double)

    func resolved(normal: Double?) -> Double? {
      switch self {
      case .normal: normal
      case .absent: nil
      case .number(let number): number
      }
    }
  }

  /// The value at an offset, given what it would have been.
  func value(at offset: Int64, normal: Double?) -> Double? {
    guard let next = points.firstIndex(where: { $0.offset > offset }) else {
      return points.last.map { $0.value.resolved(normal: normal) } ?? normal
    }
    guard next > 0 else { return normal }
    let (from, to) = (points[next - 1], points[next])
    guard let start = from.value.resolved(normal: normal) else { return nil }
    guard from.offset != offsetOfStart, let end = to.value.resolved(normal: normal)
    else { return start }
    let way = Double(offset - from.offset) / Double(to.offset - from.offset)
    return start + (end - start) * way
  }

  var covers: ClosedRange<Int64>? {
    guard let first = points.first, let last = points.last else { return nil }
    return first.offset...last.offset
  }
}

extension ControlPoints {
  /// Reads `{0m: normal, 5m: 8, 75m: null}`; a value is read by `number`.
  init(_ node: Node, number: (Node) throws(Fault) -> Double) throws(Fault) {
    points = []
    for entry in try node.mapping() {
      let point = Point(offset: try offset(of: entry), value: try Self.value(entry.value, number))
      if let last = points.last, point.offset <= last.offset {
        throw Fault(
          place: entry.value.place, value: entry.key, expected: "later than the point before it")
      }
      points.append(point)
    }
    if points.isEmpty { throw node.fault("a mapping of at least one offset to a value") }
  }

  private static func value(
    _ node: Node, _ number: (Node) throws(Fault) -> Double
  ) throws(Fault) -> Value {
    if node.value == .null { return .absent }
    if node.value == .string("normal") { return .normal }
    return .number(try number(node))
  }
}

/// What holds from each offset on until the next: steps, not lines.
package struct Steps<Value: Hashable & Sendable>: Hashable, Sendable {
  var steps: [Step]

  struct Step: Hashable, Sendable {
    var offset: Int64
    var value: Value
  }

  func value(at offset: Int64) -> Value? { steps.last { $0.offset <= offset }?.value }
}

extension Steps {
  /// Reads `{start: a, 3m10s: b}`.
  init(_ node: Node, value: (Node) throws(Fault) -> Value) throws(Fault) {
    steps = []
    for entry in try node.mapping() {
      let step = Step(offset: try offset(of: entry), value: try value(entry.value))
      if let last = steps.last, step.offset <= last.offset {
        throw Fault(
          place: entry.value.place, value: entry.key, expected: "later than the step before it")
      }
      steps.append(step)
    }
  }
}

/// The offset that a key spells: `start`, `-30m`, `3m10s`, `0m`; in milliseconds.
func offset(of entry: Node.Entry) throws(Fault) -> Int64 {
  guard let offset = parseOffset(entry.key) else {
    throw Fault(
      place: entry.value.place, value: entry.key,
      expected: "an offset from the incident such as 3m10s, -30m or start")
  }
  return offset
}

/// Before every other offset: from the beginning of the recording.
let offsetOfStart = Int64.min / 4

func parseOffset(_ text: String) -> Int64? {
  if text == "start" { return offsetOfStart }
  if text.hasPrefix("-") { return parseDuration(String(text.dropFirst())).map { -$0 } }
  return parseDuration(text)
}
