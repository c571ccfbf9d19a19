/// What an expression is: AWS's S, TS, TS[] and String[].
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
enum MathType: Hashable, Sendable, CaseIterable {
  case scalar
  case series
  case array
  case string
  case strings

  /// As in a sentence: `a number`, `a time series`.
  var words: String {
    switch self {
    case .scalar: "a number"
    case .series: "a time series"
    case .array: "an array of time series"
    case .string: "a string"
    case .strings: "an array of strings"
    }
  }

  /// What an operator makes of two operands; nil where they do not go together.
  static func combined(_ left: MathType, _ right: MathType) -> MathType? {
    switch (left, right) {
    case (.scalar, .scalar): .scalar
    case (.scalar, .series), (.series, .scalar), (.series, .series): .series
    case (.array, .scalar), (.array, .series), (.scalar, .array), (.series, .array): .array
    default: nil
    }
  }
}

/// What one place between a function's brackets takes.
enum MathParameter: Hashable, Sendable {
  case type(MathType)
  /// The Id of a metric, not of an expression.
  case metric
  case keyword([String])

  var words: String {
    switch self {
    case .type(let type): type.words
    case .metric: "the Id of a metric"
    case .keyword(let words): words.joined(separator: " or ")
    }
  }
}

/// One way to call a function.
struct MathSignature: Hashable, Sendable {
  let parameters: [MathParameter]
  let result: MathType

  init(_ parameters: [MathParameter], _ result: MathType) {
    self.parameters = parameters
    self.result = result
  }

  /// `(an array of time series, AVG or MIN or MAX or SUM)`: what fits in each place, a pair of
  /// brackets for each number of places.
  static func words(_ signatures: [MathSignature]) -> String {
    let counts = Set(signatures.map(\.parameters.count)).sorted()
    return counts.map { count in
      let ways = signatures.filter { $0.parameters.count == count }.map(\.parameters)
      let places = (0..<count).map { place in
        ways.map { $0[place].words }.reduce(into: [String]()) { words, next in
          if !words.contains(next) { words.append(next) }
        }.joined(separator: " or ")
      }
      return "(" + places.joined(separator: ", ") + ")"
    }.joined(separator: " or ")
  }
}
