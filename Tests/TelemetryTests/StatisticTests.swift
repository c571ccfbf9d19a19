import Testing

@testable import Telemetry

/// The spellings of https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html.
@Suite
struct StatisticTests {
  @Test(arguments: [
    "SampleCount", "Average", "Sum", "Minimum", "Maximum", "p99", "p99.9", "p0", "p100",
    "p95.0123456789", "tm90", "tc90", "ts90", "wm98", "IQM", "TM(2%:98%)", "TM(150:1000)",
    "WM(10%:90%)", "PR(:300)", "PR(100:2000)", "PR(10:)", "TC(0.005:0.03)", "TS(80%:)", "TC(:0.5)",
    "TM(10%:)",
  ])
  func `a statistic of CloudWatch's page prints as it was read`(_ text: String) {
    #expect(Statistic(rawValue: text)?.rawValue == text)
  }

  @Test(arguments: [
    ("TM(:90%)", "tm90"), ("TM(25%:75%)", "IQM"), ("p90.00", "p90"),
    ("TC(0.005:0.030)", "TC(0.005:0.03)"),
  ])
  func `two spellings of one statistic are equal`(_ spellings: (String, String)) {
    #expect(Statistic(rawValue: spellings.0) == Statistic(rawValue: spellings.1))
    #expect(Statistic(rawValue: spellings.0)?.rawValue == spellings.1)
  }

  @Test(arguments: [
    "average", "P99", "p", "p101", "p99.01234567891", "p-1", "p1e1", "TM90", "tm(10%:90%)",
    "TM(10%:90)",
    "TM(:)", "TM()", "TM(90%:10%)", "TM(10%:90%", "PR(10%:90%)", "pr300", "iqm", "p99 ",
    "TM(1:2:3)", "",
    "p.", "TM(-5:5)", "TM(110%:120%)", "PR", "99",
  ])
  func `what CloudWatch does not take is no statistic`(_ text: String) {
    #expect(Statistic(rawValue: text) == nil)
  }

  /// 10/(1-p) from p50 up, 10/p below: p50 20, p90 100, p99 1000, p99.9 10000.
  @Test(arguments: [
    ("p50", 20.0), ("p90", 100), ("p99", 1000), ("p99.9", 10_000), ("p10", 100), ("p49", 21),
    ("p1", 1000),
  ])
  func `a percentile needs enough samples, counted in whole numbers`(
    _ row: (name: String, needed: Double)
  ) throws {
    let statistic = try #require(ExtendedStatistic(row.name))
    #expect(statistic.isLowSampleCount(row.needed - 1))
    #expect(!statistic.isLowSampleCount(row.needed))
  }

  @Test
  func `only percentiles have a low sample count`() throws {
    #expect(!(try #require(ExtendedStatistic("tm99"))).isLowSampleCount(1))
  }
}
