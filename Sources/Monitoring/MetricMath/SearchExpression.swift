import Telemetry

/// The first argument of SEARCH: ` {AWS/EC2,InstanceId} MetricName="CPUUtilization" NOT i-1 `.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html
struct SearchExpression: Hashable, Sendable {
  /// The namespace between the braces; nil without braces.
  var namespace: String?
  /// The dimension names between the braces: all a metric may have; empty takes any.
  var dimensionNames: Set<String> = []
  var condition: Condition?

  indirect enum Condition: Hashable, Sendable {
    case term(Term)
    case not(Condition)
    case and(Condition, Condition)
    case or(Condition, Condition)
  }

  /// Something that a metric has.
  struct Term: Hashable, Sendable {
    /// `MetricName`, `Namespace`, `:aws.AccountId` or the name of a dimension; nil looks everywhere.
    var property: String?
    var text: String
    /// Written in double quotes: the whole text, to the letter.
    var isExact: Bool
  }

  /// The longest that CloudWatch takes.
  static let lengthLimit = 1024
  /// What has not reported for so long is not found: two weeks.
  static let reachMilliseconds: Int64 = 14 * 86_400_000

  func matches(_ metric: MetricID) -> Bool {
    if let namespace, namespace != metric.namespace { return false }
    if !dimensionNames.isEmpty, dimensionNames != Set(metric.dimensions.map(\.name)) {
      return false
    }
    return condition?.holds(for: metric) ?? true
  }
}

extension SearchExpression.Condition {
  func holds(for metric: MetricID) -> Bool {
    switch self {
    case .term(let term): term.matches(metric)
    case .not(let inner): !inner.holds(for: metric)
    case .and(let left, let right): left.holds(for: metric) && right.holds(for: metric)
    case .or(let left, let right): left.holds(for: metric) || right.holds(for: metric)
    }
  }
}

extension SearchExpression.Term {
  fileprivate func matches(_ metric: MetricID) -> Bool {
    let texts = texts(of: metric)
    if isExact { return texts.contains(text) }
    let term = SearchTokens(text)
    return texts.contains { SearchTokens($0).contain(term) }
  }

  /// Where the term is looked for.
  private func texts(of metric: MetricID) -> [String] {
    switch property {
    case nil:
      [metric.name, metric.namespace] + metric.dimensions.flatMap { [$0.name, $0.value] }
    case "MetricName": [metric.name]
    case "Namespace": [metric.namespace]
    case ":aws.AccountId": metric.account.isEmpty ? ["LOCAL"] : [metric.account]
    case let name?: metric.dimensions.filter { $0.name == name }.map(\.value)
    }
  }
}
