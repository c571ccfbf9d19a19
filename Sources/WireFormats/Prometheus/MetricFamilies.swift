import Telemetry

/// What is known of metric families, and so what a series is: a value, a counter, a part of a
/// histogram.
struct MetricFamilies: Sendable {
  private var types: [String: FamilyType] = [:]
  private var units: [String: String] = [:]
  /// Whether names alone tell a counter (`_total`) and a histogram (`_bucket` with `le`), where no type
  /// is known, as in remote write.
  var trustsNames = false

  /// A family floods no memory: further types are not kept, and such metrics are read as values.
  private static let limit = 100_000

  enum FamilyType: String, Sendable {
    case counter, gauge, histogram, summary, unknown, untyped, info, stateset, gaugehistogram
  }

  /// What one series is.
  enum Role: Sendable {
    case value
    case counter(Counter)
    case part(HistogramGroups.Part, group: Int)
    case ignored
  }

  /// What a series is and which metric it belongs to, before groups are numbered.
  struct Reading {
    var kind: Kind
    var name: String
    var labels: [Dimension]
    var family: String
    var unit: String?

    enum Kind {
      case value, counter, ignored
      case part(HistogramGroups.Part, isCumulative: Bool)
    }
  }

  /// Notes a family's type; true where it was not known or another one.
  @discardableResult
  mutating func set(_ type: FamilyType, of family: String) -> Bool {
    guard types[family] != type else { return false }
    if types.count < Self.limit || types[family] != nil { types[family] = type }
    return true
  }

  mutating func set(unit: String, of family: String) {
    if units.count < Self.limit || units[family] != nil { units[family] = unit }
  }

  /// What a series of this name and with these labels is.
  func reading(name: String, labels: [Dimension]) -> Reading {
    if let type = types[name] { return reading(name, labels, family: name, type: type, suffix: "") }
    for suffix in Self.suffixes where name.hasSuffix(suffix) && name.count > suffix.count {
      let family = String(name.dropLast(suffix.count))
      if let type = types[family] {
        return reading(name, labels, family: family, type: type, suffix: suffix)
      }
    }
    return guess(name, labels)
  }

  private static let suffixes = [
    "_bucket", "_count", "_sum", "_total", "_created", "_info", "_gcount", "_gsum",
  ]

  private func reading(
    _ name: String, _ labels: [Dimension], family: String, type: FamilyType, suffix: String
  ) -> Reading {
    var reading = Reading(kind: .value, name: name, labels: labels, family: family)
    reading.unit = unit(of: family, name: name)
    switch (type, suffix) {
    case (_, "_created"): reading.kind = .ignored
    case (.counter, ""), (.counter, "_total"): reading.kind = .counter
    case (.histogram, "_bucket"), (.gaugehistogram, "_bucket"):
      reading.takeBound(isCumulative: type == .histogram)
    case (.histogram, "_sum"), (.summary, "_sum"), (.gaugehistogram, "_gsum"):
      reading.name = family
      reading.kind = .part(.sum, isCumulative: type != .gaugehistogram)
    case (.histogram, "_count"), (.summary, "_count"), (.gaugehistogram, "_gcount"):
      reading.name = family
      reading.kind = .part(.count, isCumulative: type != .gaugehistogram)
    default: break
    }
    return reading
  }

  private func guess(_ name: String, _ labels: [Dimension]) -> Reading {
    var reading = Reading(kind: .value, name: name, labels: labels, family: name)
    reading.unit = unit(of: name, name: name)
    guard trustsNames else { return reading }
    for (suffix, part) in Self.guessedParts where name.hasSuffix(suffix) {
      reading.family = String(name.dropLast(suffix.count))
      if suffix == "_total" { reading.kind = .counter; break }
      if let part {
        reading.name = reading.family
        reading.kind = .part(part, isCumulative: true)
      } else {
        reading.takeBound(isCumulative: true)
      }
    }
    return reading
  }

  private static let guessedParts: [(String, HistogramGroups.Part?)] = [
    ("_total", nil), ("_bucket", nil), ("_sum", .sum), ("_count", .count),
  ]

  private func unit(of family: String, name: String) -> String? {
    if let unit = units[family] { return MetricUnit.standard(unit) }
    return MetricUnit.suffix(of: name)
  }
}

extension MetricFamilies.Reading {
  /// Makes it the bucket that its label `le` names; without one it stays a value.
  fileprivate mutating func takeBound(isCumulative: Bool) {
    guard let place = labels.firstIndex(where: { $0.name == "le" }) else { return }
    let text = Array(labels[place].value.utf8)
    guard let bound = text.span.double(in: 0..<text.count), !bound.isNaN else { return }
    labels.remove(at: place)
    if name.hasSuffix("_bucket") { name = String(name.dropLast(7)) }
    kind = .part(.bucket(bound), isCumulative: isCumulative)
  }
}
