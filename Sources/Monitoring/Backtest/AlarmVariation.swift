import Documents
import Telemetry

/// One field of PutMetricAlarm and the values to try for it: `DatapointsToAlarm=1..5`.
package struct AlarmVariation: Hashable, Sendable {
  package let field: Field
  /// As written, in order.
  package let values: [String]

  /// What can be varied, in CloudWatch's words; `BandWidth` is the second argument of
  /// ANOMALY_DETECTION_BAND.
  package enum Field: String, Hashable, Sendable, CaseIterable {
    case threshold = "Threshold"
    case datapointsToAlarm = "DatapointsToAlarm"
    case evaluationPeriods = "EvaluationPeriods"
    case period = "Period"
    case statistic = "Statistic"
    case comparisonOperator = "ComparisonOperator"
    case treatMissingData = "TreatMissingData"
    case bandWidth = "BandWidth"
  }

  /// More variants of one alarm than this are a mistake.
  package static let limit = 100_000

  /// Reads `Field=a,b,c`; a value may be a range: `1..5`, `10..50:10`.
  package init(_ text: String) throws(Fault) {
    let fault = Fault(
      place: Node.Place(), value: text,
      expected: "a field and its values, such as DatapointsToAlarm=1..5 or Threshold=10,20,30; "
        + "fields: " + Field.allCases.map(\.rawValue).joined(separator: ", "))
    let parts = text.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, let field = Field(rawValue: String(parts[0])) else { throw fault }
    var values: [String] = []
    for part in parts[1].split(separator: ",", omittingEmptySubsequences: false) {
      guard let expanded = Self.expand(String(part)), values.count + expanded.count <= Self.limit
      else { throw fault }
      values += expanded
    }
    self.field = field
    self.values = values
  }

  /// `1..3` becomes 1, 2, 3; `10..50:10` becomes 10, 20, 30, 40, 50.
  private static func expand(_ text: String) -> [String]? {
    guard let dots = text.firstRange(of: "..") else { return text.isEmpty ? nil : [text] }
    let rest = text[dots.upperBound...].split(separator: ":", omittingEmptySubsequences: false)
    guard let low = Double(text[..<dots.lowerBound]), let high = rest.first.flatMap({ Double($0) }),
      rest.count <= 2, let step = rest.count == 2 ? Double(rest[1]) : 1, step > 0, high >= low,
      (high - low) / step < Double(limit)
    else { return nil }
    let count = Int(((high - low) / step + 1e-9).rounded(.down)) + 1
    return (0..<count).map { plain(low + Double($0) * step) }
  }

  /// A number without a needless fraction: whole where it is, else to nine digits.
  private static func plain(_ number: Double) -> String {
    let rounded = (number * 1e9).rounded() / 1e9
    return Int(exactly: rounded).map(String.init) ?? String(rounded)
  }

  /// Every combination of the values of several variations, the last varying fastest.
  package static func combinations(_ variations: [AlarmVariation]) -> [[Choice]] {
    variations.reduce([[]]) { rows, variation in
      rows.flatMap { row in
        variation.values.map { row + [Choice(field: variation.field, value: $0)] }
      }
    }
  }

  /// How many combinations there are; nil for more than `limit`.
  package static func count(_ variations: [AlarmVariation]) -> Int? {
    var count = 1
    for variation in variations {
      count *= variation.values.count
      if count > limit { return nil }
    }
    return count
  }

  /// One value of one field.
  package struct Choice: Hashable, Sendable {
    package var field: Field
    package var value: String
  }
}

extension AlarmDefinition {
  /// The alarm with other values in some fields.
  ///
  /// - Throws: when CloudWatch would not accept the result.
  package func with(_ choices: [AlarmVariation.Choice]) throws(Fault) -> AlarmDefinition {
    var alarm = self
    for choice in choices { try alarm.set(choice) }
    if let needed = alarm.datapointsToAlarm, needed > alarm.evaluationPeriods {
      throw Self.fault(
        .datapointsToAlarm, "\(needed)",
        "at most EvaluationPeriods, which is \(alarm.evaluationPeriods)")
    }
    let limit = alarm.periodSeconds < 3600 ? 86_400 : 604_800
    if alarm.evaluationPeriods > limit / alarm.periodSeconds {
      throw Self.fault(
        .evaluationPeriods, "\(alarm.evaluationPeriods)",
        "accepted: EvaluationPeriods * Period must be <= \(limit)")
    }
    return alarm
  }

  private mutating func set(_ choice: AlarmVariation.Choice) throws(Fault) {
    let node = Node(
      .string(choice.value), place: Node.Place(file: "--vary", path: choice.field.rawValue))
    switch choice.field {
    case .threshold: threshold = try node.number()
    case .datapointsToAlarm: datapointsToAlarm = try node.positive()
    case .evaluationPeriods: evaluationPeriods = try node.positive()
    case .period: try setPeriod(node)
    case .statistic: statistic = try node.choice(Statistic.self)
    case .comparisonOperator: comparison = try node.choice(ComparisonOperator.self)
    case .treatMissingData: treatMissingData = try node.choice(TreatMissingData.self)
    case .bandWidth:
      guard band != nil else {
        throw node.fault("possible: the alarm \(name) has no anomaly detection band")
      }
      band?.width = try node.number()
    }
  }

  private mutating func setPeriod(_ node: Node) throws(Fault) {
    let period = try node.integer()
    guard [10, 20, 30].contains(period) || (period > 0 && period % 60 == 0) else {
      throw node.fault("accepted: Period must be 10, 20, 30 or a multiple of 60")
    }
    periodSeconds = period
  }

  private static func fault(
    _ field: AlarmVariation.Field, _ value: String, _ expected: String
  ) -> Fault {
    Fault(place: Node.Place(file: "--vary", path: field.rawValue), value: value, expected: expected)
  }
}
