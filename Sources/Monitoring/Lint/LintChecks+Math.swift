import Documents
import Telemetry

/// What a math alarm computes.
struct WatchedMath: Sendable {
  var program: MetricMathProgram
  /// The queries that decide the alarm's state.
  var sources: [Int]

  /// Nil for an alarm on one metric.
  init?(_ alarm: AlarmDefinition) {
    guard let watched = alarm.watchedQuery,
      let program = try? MetricMathProgram(
        alarm.metrics, isAlarm: true, bandID: alarm.thresholdMetricID)
    else { return nil }
    (self.program, sources) = (program, program.sources(of: watched))
  }
}

extension Lint {
  /// The metrics of a math alarm, each as if the alarm watched it alone.
  func parts(of whole: LintSubject) -> [LintSubject] {
    guard let math = whole.math else { return [] }
    let definition = whole.definition
    return math.sources.compactMap { index in
      guard let metric = definition.metrics[index].metric else { return nil }
      var alone = AlarmDefinition(
        name: definition.name, region: definition.metrics[index].region ?? definition.region,
        namespace: metric.namespace, metricName: metric.metricName, dimensions: metric.dimensions,
        statistic: metric.statistic, periodSeconds: metric.periodSeconds,
        evaluationPeriods: definition.evaluationPeriods, threshold: definition.threshold)
      alone.unit = metric.unit
      let written = whole.nodes.first?["Metrics"]?.elements?[index]
      let stat = written?["MetricStat"]
      let nodes = [stat?["Metric"], stat, written].compactMap { $0 } + whole.nodes
      var subject = subject(alone, nodes: nodes)
      (subject.math, subject.query) = (math, index)
      return subject
    }
  }
}

/// Functions whose result depends on how many periods are fetched, which AWS does not promise.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
@Sendable
func checkMathRange(_ subject: LintSubject) -> [LintFinding] {
  guard let math = subject.math else { return [] }
  let range = AlarmRule(subject.definition).evaluationRange
  return math.sources.flatMap { index in
    MathFunction.allCases.compactMap { function -> LintFinding? in
      guard math.program.dependsOnRange(function, in: index) else { return nil }
      return subject.finding(
        .mathRange, "Metrics", value: function.rawValue,
        "\(function.rawValue) runs over all \(range) periods that are fetched, not over the "
          + "\(subject.definition.evaluationPeriods) that are evaluated, and AWS does not say how "
          + "many it fetches",
        remedy: "watch the time series itself, with the Period and EvaluationPeriods that are meant"
      )
    }
  }
}

/// A filler in the newest periods of an alarm that needs all of them.
@Sendable
func checkMathFill(_ subject: LintSubject) -> [LintFinding] {
  let definition = subject.definition
  guard let math = subject.math,
    definition.datapointsToAlarm ?? definition.evaluationPeriods == definition.evaluationPeriods,
    math.sources.contains(where: { !math.program.calls(of: .fill, in: $0).isEmpty })
  else { return [] }
  return [
    subject.finding(
      .mathFill, definition.datapointsToAlarm == nil ? "EvaluationPeriods" : "DatapointsToAlarm",
      value: "\(definition.evaluationPeriods)",
      "while data are late, FILL puts its filler into the newest period, and the alarm follows it",
      remedy: "set DatapointsToAlarm below EvaluationPeriods, and EvaluationPeriods to 2 or more")
  ]
}

/// Differences between datapoints that come only now and then.
@Sendable
func checkMathDifference(_ subject: LintSubject) -> [LintFinding] {
  guard let math = subject.math, let query = subject.query, let metric = subject.metric,
    metric.reporting == .nonzero || metric.reporting == .event,
    let function = [MathFunction.difference, .differenceTime, .rate].first(where: {
      math.has(query, under: $0)
    })
  else { return [] }
  return [
    subject.finding(
      .mathDifference, "MetricName", value: subject.definition.metricName,
      "\(subject.metricText) is published only when there is something to report, so "
        + "\(function.rawValue) compares datapoints of any age",
      remedy:
        "fill the gaps first: \(function.rawValue)(FILL(\(math.program.queries[query].id), 0))")
  ]
}

extension WatchedMath {
  /// Whether a metric, with its gaps, stands between the brackets of a function.
  fileprivate func has(_ query: Int, under function: MathFunction) -> Bool {
    sources.contains { index in
      program.calls(of: function, in: index).contains { arguments in
        arguments.contains { program.reads(query, in: $0) }
      }
    }
  }
}

extension MetricMathProgram {
  fileprivate func dependsOnRange(_ function: MathFunction, in index: Int) -> Bool {
    let calls = calls(of: function, in: index)
    switch function {
    case .runningSum, .removeEmpty: return !calls.isEmpty
    case .average, .maximum, .minimum, .standardDeviation, .sum, .datapointCount:
      let checker = MathChecker(queries: queries, types: types, isAlarm: true)
      return calls.contains { arguments in
        arguments.first.flatMap { try? checker.type(of: $0) } == .series
      }
    default: return false
    }
  }

  /// Whether an expression reads a query without a FILL between them.
  fileprivate func reads(_ query: Int, in expression: MathExpression) -> Bool {
    switch expression.kind {
    case .word(let word):
      guard let index = queries.firstIndex(where: { $0.id == word }) else { return false }
      return index == query || expressions[index].map { reads(query, in: $0) } ?? false
    case .call(MathFunction.fill.rawValue, _): return false
    case .call(MathFunction.metrics.rawValue, let arguments):
      return metrics(named: arguments.first).contains(query)
    default: return expression.parts.contains { reads(query, in: $0) }
    }
  }
}
