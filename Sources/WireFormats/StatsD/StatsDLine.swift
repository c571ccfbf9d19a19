import Telemetry

/// One metric of StatsD or DogStatsD, as places in its bytes.
///
/// `name:value|type`, then in any order `@rate`, `#tags`, `Ttime`; unknown fields are skipped.
struct StatsDLine {
  let name: Range<Int>
  /// One value, or several parted by colons.
  let values: Range<Int>
  let type: Range<Int>
  private(set) var tags = 0..<0
  private(set) var rate = 0..<0
  private(set) var time = 0..<0

  /// Reads a line; nil where it is not a name, a value and a type.
  init?(_ line: Span<UInt8>) {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":"), from: 0), colon > 0 else { return nil }
    name = 0..<colon
    var position = colon + 1
    values = line.field(from: &position)
    guard !values.isEmpty, position < line.count else { return nil }
    type = line.field(from: &position)
    guard !type.isEmpty else { return nil }
    while position < line.count {
      let field = line.field(from: &position)
      guard let first = field.first else { continue }
      let rest = (first + 1)..<field.upperBound
      switch line[first] {
      case UInt8(ascii: "#"): tags = rest
      case UInt8(ascii: "@"): rate = rest
      case UInt8(ascii: "T"): time = rest
      default: break
      }
    }
  }

  /// What a type means.
  enum Kind {
    case counter, gauge, timer, distribution, set
  }

  /// Reads the type.
  func kind(in line: Span<UInt8>) -> Kind? {
    switch (type.count, line[type.lowerBound]) {
    case (1, UInt8(ascii: "c")): .counter
    case (1, UInt8(ascii: "g")): .gauge
    case (1, UInt8(ascii: "h")), (1, UInt8(ascii: "d")): .distribution
    case (1, UInt8(ascii: "s")): .set
    case (2, UInt8(ascii: "m")) where line[type.lowerBound + 1] == UInt8(ascii: "s"): .timer
    default: nil
    }
  }

  /// The labels that tags stand for; one without a value is `true`.
  static func labels(_ line: Span<UInt8>, _ tags: Range<Int>) -> [Dimension] {
    line.text(in: tags).split(separator: ",").map { tag in
      let parts = tag.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      return Dimension(name: String(parts[0]), value: parts.count > 1 ? String(parts[1]) : "true")
    }
  }
}

extension StatsDLine.Kind {
  /// CloudWatch's unit for the values, as far as the type tells.
  var unit: String? {
    switch self {
    case .counter, .set: "Count"
    case .timer: "Milliseconds"
    case .gauge, .distribution: nil
    }
  }
}

extension Span<UInt8> {
  /// The bytes up to the next `|`, behind which `position` moves.
  func field(from position: inout Int) -> Range<Int> {
    let start = Swift.min(position, count)
    let end = firstIndex(of: UInt8(ascii: "|"), from: start) ?? count
    position = end + 1
    return start..<end
  }
}
