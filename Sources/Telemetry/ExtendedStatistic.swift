/// A percentile, percentile rank, trimmed or winsorized statistic: `p99`, `TM(10%:90%)`, `PR(:300)`.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
package struct ExtendedStatistic: Hashable, Sendable {
  package var kind: Kind
  /// Whether the bounds are percents of the samples, or values of samples.
  package var isPercent: Bool
  /// The lower bound, exclusive; nil where it is left out.
  package var lower: Double?
  /// The upper bound, inclusive; nil where it is left out.
  ///
  /// A percentile's percent stands here.
  package var upper: Double?

  package init(_ kind: Kind, isPercent: Bool = true, lower: Double? = nil, upper: Double? = nil) {
    self.kind = kind
    self.isPercent = isPercent
    self.lower = lower
    self.upper = upper
  }

  package enum Kind: UInt8, Hashable, Sendable, CaseIterable {
    case percentile
    case trimmedMean
    case trimmedCount
    case trimmedSum
    case winsorizedMean
    case percentileRank
  }

  /// The percentile of a share from 0 to 1: `p99.9` of 0.999, without what doubles add to it.
  package static func percentile(share: Double) -> ExtendedStatistic {
    ExtendedStatistic(.percentile, upper: (share * 1e12).rounded() / 1e10)
  }

  /// The interquartile mean, `TM(25%:75%)`.
  package static let interquartileMean = ExtendedStatistic(.trimmedMean, lower: 25, upper: 75)
}

extension ExtendedStatistic.Kind {
  /// The letters before a single number; nil where only the form with brackets exists.
  fileprivate var short: String? {
    switch self {
    case .percentile: "p"
    case .trimmedMean: "tm"
    case .trimmedCount: "tc"
    case .trimmedSum: "ts"
    case .winsorizedMean: "wm"
    case .percentileRank: nil
    }
  }

  /// The letters before brackets; nil where only the form with one number exists.
  fileprivate var long: String? {
    switch self {
    case .percentile: nil
    case .trimmedMean: "TM"
    case .trimmedCount: "TC"
    case .trimmedSum: "TS"
    case .winsorizedMean: "WM"
    case .percentileRank: "PR"
    }
  }
}

extension ExtendedStatistic: CustomStringConvertible {
  /// CloudWatch's spelling, the shortest one.
  package var description: String {
    if self == .interquartileMean { return "IQM" }
    if isPercent, lower == nil, let short = kind.short { return short + text(upper) }
    let sign = isPercent ? "%" : ""
    let bounds = [lower, upper].map { $0 == nil ? "" : text($0) + sign }
    return "\(kind.long ?? "")(\(bounds[0]):\(bounds[1]))"
  }

  private func text(_ number: Double?) -> String {
    let text = number?.description ?? ""
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension ExtendedStatistic {
  /// Reads CloudWatch's spelling; nil for anything else.
  ///
  /// Small letters with one number, a percent (`p99.9`, `tm90`); capitals with two bounds in brackets,
  /// one of which may be left out, both in percent or both absolute. Percents are 0 to 100 with up to
  /// ten decimals. A percentile rank takes absolute bounds only.
  package init?(_ text: String) {
    if text == "IQM" {
      self = .interquartileMean
    } else if let bracket = text.firstIndex(of: "("), text.hasSuffix(")") {
      let inner = text[text.index(after: bracket)...].dropLast()
      self.init(long: text[..<bracket], bounds: inner)
    } else {
      let letters = text.prefix { $0.isLetter }
      guard let kind = Kind.allCases.first(where: { $0.short.map { $0 == letters } ?? false }),
        let percent = Self.percent(text.dropFirst(letters.count))
      else { return nil }
      self.init(kind, upper: percent)
    }
  }

  private init?(long name: Substring, bounds: Substring) {
    let parts = bounds.split(separator: ":", omittingEmptySubsequences: false)
    guard let kind = Kind.allCases.first(where: { $0.long.map { $0 == name } ?? false }),
      parts.count == 2, !(parts[0].isEmpty && parts[1].isEmpty)
    else { return nil }
    let given = parts.filter { !$0.isEmpty }
    let isPercent = given.allSatisfy { $0.hasSuffix("%") }
    if isPercent && kind == .percentileRank { return nil }
    var numbers: [Double?] = []
    for part in parts {
      let number = isPercent ? Self.percent(part.dropLast()) : Self.decimal(part)
      if number == nil, !part.isEmpty { return nil }
      numbers.append(part.isEmpty ? nil : number)
    }
    if let lower = numbers[0], let upper = numbers[1], lower >= upper { return nil }
    self.init(kind, isPercent: isPercent, lower: numbers[0], upper: numbers[1])
  }

  /// The most decimals CloudWatch takes in a percent.
  static let percentDecimals = 10

  private static func percent(_ text: Substring) -> Double? {
    let decimals = text.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first
    guard let number = decimal(text), number <= 100, (decimals ?? "").count <= percentDecimals
    else { return nil }
    return number
  }

  /// Digits with at most one point among them: no sign, no exponent.
  private static func decimal(_ text: Substring) -> Double? {
    guard let first = text.utf8.first, (48...57).contains(first) || first == 46,
      text.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 }), text != "."
    else { return nil }
    return Double(text).flatMap { $0.isFinite ? $0 : nil }
  }
}
