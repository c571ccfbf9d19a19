/// How the samples of a period become one value: CloudWatch's `Statistic` and `ExtendedStatistic`.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
package enum Statistic: Hashable, Sendable {
  case sampleCount
  case average
  case sum
  case minimum
  case maximum
  /// A percentile or one of the trimmed family: it needs the values of the samples.
  case extended(ExtendedStatistic)

  /// The extended statistic; nil for the five plain ones.
  package var extended: ExtendedStatistic? {
    if case .extended(let statistic) = self { statistic } else { nil }
  }

  /// What a text should have been, for faults.
  package static let expectation =
    "a statistic such as Average, Sum, p99, tm90, TM(10%:90%), TC(0.5:2), PR(:300) or IQM"
}

extension Statistic: RawRepresentable {
  /// Reads CloudWatch's spelling, to the letter; nil for anything else.
  package init?(rawValue: String) {
    if let plain = Self.allCases.first(where: { $0.rawValue == rawValue }) {
      self = plain
    } else if let extended = ExtendedStatistic(rawValue) {
      self = .extended(extended)
    } else {
      return nil
    }
  }

  package var rawValue: String {
    switch self {
    case .sampleCount: "SampleCount"
    case .average: "Average"
    case .sum: "Sum"
    case .minimum: "Minimum"
    case .maximum: "Maximum"
    case .extended(let statistic): statistic.description
    }
  }
}

extension Statistic: CaseIterable {
  /// The five plain statistics, which every statistic set knows.
  package static let allCases: [Statistic] = [.sampleCount, .average, .sum, .minimum, .maximum]
}
