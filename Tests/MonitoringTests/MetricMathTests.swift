import Telemetry
import Testing

@testable import Monitoring

/// A row: metrics, an expression, what it comes to.
struct MathRow: CustomTestStringConvertible {
  var metrics: [String]
  var expression: String
  var value: String

  init(_ metrics: [String], _ expression: String, _ value: String) {
    self.metrics = metrics
    self.expression = expression
    self.value = value
  }

  var testDescription: String { "\(expression) over \(metrics)" }

  var found: String { MathTable(metrics: metrics).value(of: expression) }
}

/// The examples and rules of "Math expressions with metrics".
@Suite
struct MetricMathTests {
  /// The page's tables: operators, and the three of IF.
  @Test(arguments: [
    MathRow(["30 20 0 0", "20 - 20 -"], "m1 < m2", "0 0 1 0"),
    MathRow(["30 20 0 0", "20 - 20 -"], "m1 >= 30", "1 0 0 0"),
    MathRow(["30 20 0 0", "20 - 20 -"], "m1 > 15 AND m2 > 15", "1 0 0 0"),
    MathRow(["1 1 0 0 -", "30 - 0 0 30", "0 0 20 - 20"], "IF(m1, m2, m3)", "30 0 20 0 -"),
    MathRow(["1 1 0 0 -", "30 - 0 0 30", "0 0 20 - 20"], "IF(m1, 5, m3)", "5 5 20 - -"),
    MathRow(["1 1 0 0 -", "30 - 0 0 30", "0 0 20 - 20"], "IF(m1, m2, 5)", "30 0 5 5 -"),
  ])
  func `the tables of AWS's page come out as printed`(_ row: MathRow) {
    #expect(row.found == row.value)
  }

  @Test(arguments: [
    MathRow(["1 2 -", "- 3 -"], "m1 + m2", "1 5 -"),
    MathRow(["1 2 -", "- 3 -"], "m1 - m2", "1 -1 -"),
    MathRow(["1 2 -", "- 3 -"], "m1 * m2", "0 6 -"),
    MathRow(["1 2 -", "- 3 -"], "m2 / m1", "0 1.5 -"),
    MathRow(["1 2 -", "- 3 -"], "m1 / m2", "- 0.666667 -"),
    MathRow(["1 2 -", "- 3 -"], "m1 ^ m2", "1 8 -"),
    MathRow(["1 2 -", "- 3 -"], "m2 == 0 * m1", "1 0 -"),
    MathRow(["1 2 -", "- 3 -"], "m1 OR m2", "1 1 -"),
    MathRow(["1 2 -", "- 3 -"], "m1 && m2", "0 1 -"),
    MathRow(["1 2 -"], "5 * m1", "5 10 -"),
    MathRow(["1 2 -"], "m1 != 1", "0 1 -"),
    MathRow(["1 2 -"], "5 - m1", "4 3 -"),
    MathRow(["1 2 -"], "-m1", "-1 -2 -"),
    MathRow(["1 2 0"], "1 / m1", "1 0.5 -"),
    MathRow(["1 2 0"], "m1 / 0", "- - -"),
    MathRow(["1 2 -", "4 - -"], "[m1, m2] + 1", "[2 3 - | 5 - -]"),
    MathRow(["1 2 -", "4 - -"], "[m1, m2] - m1", "[0 0 - | 3 -2 -]"),
    MathRow(["1 2 -", "4 - -"], "m1 / [m1, m2]", "[1 1 - | 0.25 - -]"),
  ])
  func `a value missing on one side is 0, on both sides no point`(_ row: MathRow) {
    #expect(row.found == row.value)
  }

  @Test(arguments: [
    MathRow(["3"], "m1 + 2 * 3", "9"), MathRow(["3"], "(m1 + 2) * 3", "15"),
    MathRow(["3"], "-m1 ^ 2", "-9"), MathRow(["3"], "2 ^ m1 ^ 2", "512"),
    MathRow(["3"], "m1 ^ -1", "0.333333"), MathRow(["3"], "10 - m1 - 2", "5"),
    MathRow(["3"], "m1 > 2 == 1", "1"), MathRow(["3"], "m1 < 2 OR m1 > 2 AND m1 < 4", "1"),
    MathRow(["3"], "m1 * 1.5e1 + .5", "45.5"), MathRow(["3"], "m1--m1", "6"),
  ])
  func `operators bind as in the textbook`(_ row: MathRow) {
    #expect(row.found == row.value)
  }

  /// "AVG over an array counts missing as 0"; of the others a missing series has no part.
  @Test(arguments: [
    MathRow(["1 2 - -", "5 - 8 -"], "SUM([m1, m2])", "6 2 8 -"),
    MathRow(["1 2 - -", "5 - 8 -"], "AVG([m1, m2])", "3 1 4 -"),
    MathRow(["1 2 - -", "5 - 8 -"], "MIN(METRICS())", "1 2 8 -"),
    MathRow(["1 2 - -", "5 - 8 -"], "MAX(METRICS())", "5 2 8 -"),
    MathRow(["1 2 - -", "5 - 8 -"], "STDDEV(METRICS())", "2 0 0 -"),
    MathRow(["1 2 - -", "5 - 8 -"], "DATAPOINT_COUNT(METRICS())", "2 1 1 -"),
    MathRow(["2 4 - 6"], "m1 * SUM(m1)", "24 48 - 72"),
    MathRow(["2 4 - 6"], "m1 - AVG(m1)", "-2 0 - 2"),
    MathRow(["2 4 - 6"], "m1 - MIN(m1)", "0 2 - 4"),
    MathRow(["2 4 - 6"], "MAX(m1) / m1", "3 1.5 - 1"),
    MathRow(["2 4 4 4 5 5 7 9"], "TIME_SERIES(STDDEV(m1))", "2 2 2 2 2 2 2 2"),
    MathRow(["2 4 - 6"], "TIME_SERIES(DATAPOINT_COUNT(m1))", "3 3 3 3"),
    MathRow(["- - "], "TIME_SERIES(SUM(m1))", "- -"),
    MathRow(["1 2", "3 4"], "m1 / METRIC_COUNT(METRICS())", "0.5 1"),
    MathRow(["60 -"], "m1 / PERIOD(m1)", "1 -"),
  ])
  func `functions over an array and over one series`(_ row: MathRow) {
    #expect(row.found == row.value)
  }

  @Test(arguments: [
    MathRow(["-1.5 2.4 -"], "ABS(m1)", "1.5 2.4 -"), MathRow(["-1.5 2.4 -"], "CEIL(m1)", "-1 3 -"),
    MathRow(["-1.5 2.4 -"], "FLOOR([m1])", "[-2 2 -]"), MathRow(["1 0 -"], "LOG(m1)", "0 - -"),
    MathRow(["1000 -5 -"], "LOG10(m1)", "3 - -"),
    MathRow(["1 - 4 10"], "DIFF(m1)", "- - 3 6"),
    MathRow(["1 - 4 10"], "DIFF_TIME(m1)", "- - 120 60"),
    MathRow(["1 - 4 10"], "RATE(m1)", "- - 0.025 0.1"),
    MathRow(["1 - 4 10"], "RUNNING_SUM(m1)", "1 - 5 15"),
    MathRow(["1 2", "- 5"], "RUNNING_SUM([m1, m2])", "[1 3 | - 5]"),
    MathRow(["- 1 - - 4 -"], "FILL(m1, 0)", "0 1 0 0 4 0"),
    MathRow(["- 1 - - 4 -"], "FILL(m1, REPEAT)", "- 1 1 1 4 4"),
    MathRow(["- 1 - - 4 -"], "FILL(m1, LINEAR)", "- 1 2 3 4 -"),
    MathRow(["- 1 - - 4 -"], "FILL(m1, MIN(m1))", "1 1 1 1 4 1"),
    MathRow(["- 1 -", "7 8 -"], "FILL(m1, m2)", "7 1 -"),
    MathRow(["- 1 -", "7 8 -"], "FILL(METRICS(), m2)", "[7 1 - | 7 8 -]"),
    MathRow(["1 2"], "TIME_SERIES(10)", "10 10"),
  ])
  func `functions from series to series`(_ row: MathRow) {
    #expect(row.found == row.value)
  }

  @Test(arguments: [
    MathRow(["1 1", "5 5", "3 -", "- -"], "SORT(METRICS(), AVG, DESC)", "[5 5 | 3 - | 1 1 | - -]"),
    MathRow(["1 1", "5 5", "3 -", "- -"], "SORT(METRICS(), SUM, ASC)", "[1 1 | 3 - | 5 5 | - -]"),
    MathRow(["1 1", "5 5", "3 -", "- -"], "SORT(METRICS(), MAX, DESC, 2)", "[5 5 | 3 -]"),
    MathRow(["1", "5", "3"], "SLICE(SORT(METRICS(), SUM, DESC), 0, 2)", "[5 | 3]"),
    MathRow(["1", "5", "3"], "SLICE(METRICS(), 1)", "[5 | 3]"),
    MathRow(["1", "5", "3"], "SLICE(METRICS(), 2, 9)", "[3]"),
    MathRow(["1", "5", "3"], "SLICE(METRICS(), 3)", "[]"),
    MathRow(["1", "5", "3"], "FIRST(SORT(METRICS(), MIN, ASC))", "1"),
    MathRow(["1", "5", "3"], "LAST(METRICS())", "3"),
    MathRow(["1", "-", "3"], "REMOVE_EMPTY(METRICS())", "[1 | 3]"),
    MathRow(["1", "5", "3"], "METRICS(\"2\")", "[5]"),
    MathRow(["1", "5", "3"], "SUM([METRICS('1'), METRICS(\"3\")])", "4"),
    MathRow(["1", "5", "3"], "METRICS(\"errors\")", "[]"),
  ])
  func `arrays are sorted, cut and chosen from`(_ row: MathRow) {
    #expect(row.found == row.value)
  }

  /// 2026-01-01 is a Thursday.
  @Test(arguments: [
    ("MINUTE(m1)", "0 1"), ("HOUR(m1)", "0 0"), ("DAY(m1)", "4 4"), ("DATE(m1)", "1 1"),
    ("MONTH(m1)", "1 1"), ("YEAR(m1)", "2026 2026"), ("EPOCH(m1)", "1767225600 1767225660"),
    ("IF(DAY(m1) < 6, m1)", "0 7"), ("IF(DAY(m1) > 5, m1)", "- -"),
  ])
  func `time functions have a value in every slot`(_ row: (expression: String, value: String)) {
    #expect(MathTable(metrics: ["- 7"]).value(of: row.expression) == row.value)
  }

  @Test(arguments: [
    MathRow(["1 0 -", "3 - 4"], "IF(m1, m2)", "3 - -"),
    MathRow(["1 0 -"], "IF(m1 < 1, 10, 2)", "2 10 -"),
    MathRow(["9 - 1"], "IF(m1 < 5, m1)", "- - 1"),
    MathRow(["1 -", "- 2"], "IF(1, m1, m2)", "1 -"),
    MathRow(["1 -", "- 2"], "IF(0, m1, m2)", "- 2"),
    MathRow(["1 -", "- 2"], "IF(0, m1)", "- -"),
    MathRow(["1 -", "- 2"], "IF(1, 7, m2)", "7 7"),
    MathRow(["4 5"], "m1 * IF(1 > 2, 3, 4)", "16 20"),
    MathRow(["-3 0"], "IF(m1, 1, 0)", "1 0"),
    MathRow(["1 0 1", "- - 5"], "IF(m1, 8, m2)", "8 - 8"),
  ])
  func `IF chooses a branch slot by slot`(_ row: MathRow) {
    #expect(row.found == row.value)
  }
}

/// Each row of the tables in `MissingData`.
@Suite
struct MissingDataTests {
  @Test
  func `an operator has five kinds of rows`() {
    typealias Operand = MissingData.Operand
    let gap = Operand.point(.nan)
    func row(_ left: Operand, _ right: Operand) -> String {
      MissingData.operands(left, right).map { "\($0.0) \($0.1)" } ?? "no point"
    }
    #expect(row(gap, gap) == "no point")
    #expect(row(gap, .point(2)) == "0.0 2.0")
    #expect(row(.point(1), gap) == "1.0 0.0")
    #expect(row(gap, .scalar(2)) == "no point")
    #expect(row(.scalar(1), gap) == "no point")
    #expect(row(.point(1), .scalar(2)) == "1.0 2.0")
  }

  @Test
  func `IF has seven kinds of rows`() {
    let gap = MissingData.Branch.point(.nan)
    func row(_ test: Double, _ a: MissingData.Branch, _ b: MissingData.Branch) -> Double? {
      let value = MissingData.choice(test, whenTrue: a, whenFalse: b)
      return value.isNaN ? nil : value
    }
    #expect(row(.nan, .scalar(1), .scalar(2)) == nil)
    #expect(row(1, .scalar(5), .omitted) == 5)
    #expect(row(-1, gap, .omitted) == 0)
    #expect(row(0, .scalar(5), .omitted) == nil)
    #expect(row(0, gap, .scalar(6)) == 6)
    #expect(row(0, .point(1), gap) == 0)
    #expect(row(0, .scalar(1), gap) == nil)
    #expect(row(0, .scalar(1), .point(9)) == 9)
  }

  @Test
  func `only AVG and SUM over an array count a missing series as 0`() {
    let zero = MathFunction.allCases.filter { MissingData.absence(in: $0) == .zero }
    #expect(zero == [.average, .sum])
  }
}
