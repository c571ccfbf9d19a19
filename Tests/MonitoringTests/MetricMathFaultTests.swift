import Documents
import Testing

@testable import Monitoring

/// What is wrong with an expression is told with its column.
@Suite
struct MetricMathFaultTests {
  @Test(arguments: [
    ("m1 +", "column 5: expected a number, an Id, a function or a bracket, found the end"),
    ("m1 m2", "column 4: 'm2' cannot stand here: expected an operator or the end"),
    ("(m1 + m2", "column 9: expected ')' for the bracket opened in column 1, found the end"),
    ("SUM(m1", "column 7: expected ')' for the bracket opened in column 4, found the end"),
    ("m1 $ 2", "column 4: '$' has no meaning in metric math"),
    ("m1 + m9", "column 6: no query has the Id m9"),
    ("m1 + M2", "column 6: M2 cannot stand here: Ids begin with a lower-case letter"),
    ("m1 + SUM", "column 6: SUM cannot stand here: the function SUM is called with brackets"),
    ("sum(m1)", "column 1: functions are written in capitals: SUM"),
    ("m1 * MEDIAN(m1)", "column 6: MEDIAN is no function of metric math"),
    ("m1 + 1..5", "column 6: '1..5' is not a number"),
    ("METRICS(\"a)", "column 9: the string is not closed"),
    (
      "SUM(m1)",
      "column 1: the result is a number, and must be a time series or an array of time series"
    ),
    (
      "5 * 2",
      "column 1: the result is a number, and must be a time series or an array of time series"
    ),
    (
      "[m1] + [m2]",
      "column 1: '+' cannot stand between an array of time series and an array of time series"
    ),
    ("[m1, 5]", "column 6: a number cannot be an element of an array"),
    ("[]", "column 1: an array needs at least one element"),
    ("FIRST(m1)", "column 1: FIRST takes (an array of time series), found (a time series)"),
    ("PERIOD(m1 + m2) * m1", "column 1: PERIOD takes (the Id of a metric), found (a time series)"),
    ("TIME_SERIES(m1)", "column 1: TIME_SERIES takes (a number), found (a time series)"),
    (
      "m1 + SORT([m1], MEAN, ASC)",
      "column 17: MEAN cannot stand here: Ids begin with a lower-case letter"
    ),
    ("LAMBDA(\"f\")", "column 1: LAMBDA is answered by AWS's servers only, not from local data"),
    (
      "m1 + SERVICE_QUOTA(m1)",
      "column 6: SERVICE_QUOTA is answered by AWS's servers only, not from local data"
    ),
    (
      "SELECT AVG(CPUUtilization) FROM \"AWS/EC2\"",
      "column 1: a Metrics Insights query is answered by AWS's servers only"
    ),
    ("SEARCH('{AWS/RDS ReplicaLag', 'Sum')", "column 18: expected ',' or '}' in the metric schema"),
    (
      "SEARCH('lag', 'Median')",
      "column 15: 'Median' is not a statistic such as Average, Sum, p99, tm90, TM(10%:90%), TC(0.5:2), PR(:300) or IQM"
    ),
    (
      "SEARCH('lag', 'Sum', 61)",
      "column 22: the period of SEARCH must be 10, 20, 30 or a multiple of 60"
    ),
    ("", "column 1: expected a number, an Id, a function or a bracket, found the end"),
  ])
  func `a faulty expression is told with its column`(_ row: (expression: String, fault: String)) {
    #expect(MathTable(metrics: ["1", "2"]).value(of: row.expression) == row.fault)
  }

  @Test
  func `brackets in brackets have a limit instead of a crash`() {
    let deep = String(repeating: "(", count: 500) + "m1" + String(repeating: ")", count: 500)
    #expect(
      MathTable(metrics: ["1"]).value(of: deep) == "column 66: more than 64 brackets in each other")
    let signs = String(repeating: "-", count: 1000) + "m1"
    #expect(
      MathTable(metrics: ["1"]).value(of: signs) == "column 66: more than 64 brackets in each other"
    )
  }

  @Test
  func `an expression may not rest on itself`() throws {
    let failure = #expect(throws: MetricMathProgram.Failure.self) {
      try MetricMathProgram([
        MetricDataQuery(id: "e1", source: .expression("1 + e2")),
        MetricDataQuery(id: "e2", source: .expression("e1 * 2")),
      ])
    }
    #expect(
      failure?.fault.description
        == "column 1: an expression cannot rest on itself: e1 -> e2 -> e1")
    #expect(failure?.query == 1)
  }

  @Test
  func `a fault in a document names the query's place`() throws {
    let text =
      #"[{"Id": "e1", "Expression": "TIME_SERIES(1)"}, {"Id": "e2", "Expression": "e1 +"}]"#
    let fault = #expect(throws: Fault.self) {
      try MetricMathProgram.parse(.json(Array(text.utf8), file: "q.json"))
    }
    #expect(
      fault?.description
        == "q.json:1: [1].Expression: 'e1 +' is not an expression of metric math: column 5: expected a "
        + "number, an Id, a function or a bracket, found the end")
  }
}
