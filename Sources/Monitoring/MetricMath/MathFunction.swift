/// The functions of metric math.
enum MathFunction: String, Hashable, Sendable, CaseIterable {
  case abs = "ABS"
  case anomalyDetectionBand = "ANOMALY_DETECTION_BAND"
  case average = "AVG"
  case ceiling = "CEIL"
  case datapointCount = "DATAPOINT_COUNT"
  case date = "DATE"
  case day = "DAY"
  case performanceInsights = "DB_PERF_INSIGHTS"
  case difference = "DIFF"
  case differenceTime = "DIFF_TIME"
  case epoch = "EPOCH"
  case fill = "FILL"
  case first = "FIRST"
  case floor = "FLOOR"
  case hour = "HOUR"
  case condition = "IF"
  case insightRuleMetric = "INSIGHT_RULE_METRIC"
  case lambda = "LAMBDA"
  case last = "LAST"
  case logarithm = "LOG"
  case logarithm10 = "LOG10"
  case maximum = "MAX"
  case metricCount = "METRIC_COUNT"
  case metrics = "METRICS"
  case minimum = "MIN"
  case minute = "MINUTE"
  case month = "MONTH"
  case period = "PERIOD"
  case rate = "RATE"
  case removeEmpty = "REMOVE_EMPTY"
  case runningSum = "RUNNING_SUM"
  case search = "SEARCH"
  case serviceQuota = "SERVICE_QUOTA"
  case slice = "SLICE"
  case sort = "SORT"
  case standardDeviation = "STDDEV"
  case sum = "SUM"
  case timeSeries = "TIME_SERIES"
  case year = "YEAR"

  /// What only AWS's servers can answer.
  var isOnlyInAWS: Bool {
    switch self {
    case .performanceInsights, .insightRuleMetric, .lambda, .serviceQuota: true
    default: false
    }
  }

  /// All ways to call it; none for what is only in AWS.
  var signatures: [MathSignature] {
    switch self {
    case .abs, .ceiling, .floor, .logarithm, .logarithm10:
      [Self.scalar(.scalar), Self.series(.series), Self.array(.array)]
    case .difference, .differenceTime, .rate, .runningSum:
      [Self.series(.series), Self.array(.array)]
    case .average, .maximum, .minimum, .standardDeviation, .sum, .datapointCount:
      [Self.series(.scalar), Self.array(.series)]
    case .minute, .hour, .day, .date, .month, .year, .epoch: [Self.series(.series)]
    case .first, .last: [Self.array(.series)]
    case .removeEmpty: [Self.array(.array)]
    case .metricCount: [Self.array(.scalar)]
    case .timeSeries: [Self.scalar(.series)]
    case .period: [MathSignature([.metric], .scalar)]
    case .metrics: [MathSignature([], .array), MathSignature([.type(.string)], .array)]
    case .fill: Self.fillings
    case .condition: Self.conditions
    case .slice: Self.slices
    case .sort: Self.sortings
    case .search: Self.searches
    case .anomalyDetectionBand:
      [Self.series(.array), MathSignature([.type(.series), .type(.scalar)], .array)]
    case .performanceInsights, .insightRuleMetric, .lambda, .serviceQuota: []
    }
  }

  private static func scalar(_ result: MathType) -> MathSignature {
    MathSignature([.type(.scalar)], result)
  }

  private static func series(_ result: MathType) -> MathSignature {
    MathSignature([.type(.series)], result)
  }

  private static func array(_ result: MathType) -> MathSignature {
    MathSignature([.type(.array)], result)
  }

  private static let fillings: [MathSignature] = [MathType.series, .array].flatMap { filled in
    [.type(.scalar), .type(.series), .keyword(["REPEAT", "LINEAR"])].map { filler in
      MathSignature([.type(filled), filler], filled)
    }
  }

  /// Every mixture of numbers and series, with and without the false branch.
  private static let conditions: [MathSignature] = {
    let types = [MathType.scalar, .series]
    var result: [MathSignature] = []
    for condition in types {
      for whenTrue in types {
        let isScalar = condition == .scalar && whenTrue == .scalar
        result.append(
          MathSignature([.type(condition), .type(whenTrue)], isScalar ? .scalar : .series))
        for whenFalse in types {
          result.append(
            MathSignature(
              [.type(condition), .type(whenTrue), .type(whenFalse)],
              isScalar && whenFalse == .scalar ? .scalar : .series))
        }
      }
    }
    return result
  }()

  private static let slices = [
    MathSignature([.type(.array), .type(.scalar)], .array),
    MathSignature([.type(.array), .type(.scalar), .type(.scalar)], .array),
  ]

  private static let sortings: [MathSignature] = {
    let keys: [MathParameter] = [
      .type(.array), .keyword(["AVG", "MIN", "MAX", "SUM"]), .keyword(["ASC", "DESC"]),
    ]
    return [MathSignature(keys, .array), MathSignature(keys + [.type(.scalar)], .array)]
  }()

  private static let searches = [
    MathSignature([.type(.string), .type(.string)], .array),
    MathSignature([.type(.string), .type(.string), .type(.scalar)], .array),
  ]
}
