import Telemetry
import Testing

@testable import Monitoring

/// Reasons as CloudWatch recorded them, rebuilt from their datapoints.
struct AlarmReasonTests {
  @Test
  func `one datapoint, DatapointsToAlarm not set`() {
    let text = reason(of: alarm(), at: "2026-08-19T09:51:32Z", [("2026-08-19T09:48:00Z", 0)])
    #expect(
      text
        == "Threshold Crossed: 1 datapoint [0.0 (19/08/26 09:48:00)] was not greater than the threshold (0.0)."
    )
  }

  @Test
  func `three datapoints, newest first`() {
    let text = reason(
      of: alarm(period: 180, periods: 3), at: "2026-08-19T05:53:32Z",
      [("2026-08-19T05:44:00Z", 1), ("2026-08-19T05:47:00Z", 3), ("2026-08-19T05:50:00Z", 2)])
    #expect(
      text
        == "Threshold Crossed: 3 datapoints [2.0 (19/08/26 05:50:00), 3.0 (19/08/26 05:47:00), 1.0 (19/08/26 05:44:00)] were greater than the threshold (0.0)."
    )
  }

  @Test
  func `DatapointsToAlarm set to the evaluation periods prints M out of N and the minimum`() {
    let text = reason(
      of: alarm(period: 300, periods: 2, datapointsToAlarm: 2, threshold: 10),
      at: "2022-01-17T14:47:42Z",
      [("2022-01-17T14:37:00Z", 11.488333333333333), ("2022-01-17T14:42:00Z", 15.398333333333332)])
    #expect(
      text
        == "Threshold Crossed: 2 out of the last 2 datapoints [15.398333333333332 (17/01/22 14:42:00), 11.488333333333333 (17/01/22 14:37:00)] were greater than the threshold (10.0) (minimum 2 datapoints for OK -> ALARM transition)."
    )
  }

  @Test
  func `OK names the good datapoints and how many it needs`() {
    let text = reason(
      of: alarm(
        period: 300, periods: 3, datapointsToAlarm: 3, threshold: 80,
        comparison: .greaterThanOrEqualToThreshold), at: "2022-01-26T13:29:29Z",
      [
        ("2022-01-26T13:14:00Z", 38.364239895660816), ("2022-01-26T13:19:00Z", 38.391752618786896),
        ("2022-01-26T13:24:00Z", 38.395433048854194),
      ])
    #expect(
      text
        == "Threshold Crossed: 3 out of the last 3 datapoints [38.395433048854194 (26/01/22 13:24:00), 38.391752618786896 (26/01/22 13:19:00), 38.364239895660816 (26/01/22 13:14:00)] were not greater than or equal to the threshold (80.0) (minimum 1 datapoint for ALARM -> OK transition)."
    )
  }

  @Test
  func `missing datapoints are named with their treatment, whatever side they are on`() {
    let blocked = reason(
      of: alarm(
        period: 60, periods: 20, datapointsToAlarm: 1, threshold: 1,
        comparison: .greaterThanOrEqualToThreshold, missing: .notBreaching),
      at: "2024-03-16T12:16:45Z", [("2024-03-16T12:15:00Z", 613)])
    #expect(
      blocked
        == "Threshold Crossed: 1 out of the last 20 datapoints [613.0 (16/03/24 12:15:00)] was greater than or equal to the threshold (1.0) and 19 missing datapoints were treated as [NonBreaching] (minimum 1 datapoint for OK -> ALARM transition)."
    )
    let cleared = reason(
      of: alarm(
        period: 900, periods: 8, comparison: .lessThanOrEqualToThreshold, missing: .breaching),
      at: "2026-08-19T09:51:49Z", [("2026-08-19T09:36:00Z", 2)])
    #expect(
      cleared
        == "Threshold Crossed: 1 datapoint [2.0 (19/08/26 09:36:00)] was not less than or equal to the threshold (0.0) and 7 missing datapoints were treated as [Breaching]."
    )
  }

  @Test
  func `without any datapoint the periods are counted`() {
    let eight = reason(
      of: alarm(period: 900, periods: 8, missing: .breaching), at: "2026-08-19T08:14:49Z", [])
    #expect(
      eight
        == "Threshold Crossed: no datapoints were received for 8 periods and 8 missing datapoints were treated as [Breaching]."
    )
    let one = reason(of: alarm(missing: .notBreaching), at: "2026-08-19T08:14:49Z", [])
    #expect(
      one
        == "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching]."
    )
    let five = reason(of: alarm(period: 300, periods: 5), at: "2019-05-13T08:41:43Z", [])
    #expect(five == "Insufficient Data: 5 datapoints were unknown.")
    #expect(
      reason(of: alarm(), at: "2013-06-21T19:08:27Z", [])
        == "Insufficient Data: 1 datapoint was unknown.")
  }

  @Test
  func `where only fillers decide, the received datapoints are counted, not listed`() {
    let text = reason(
      of: alarm(period: 300, periods: 3, datapointsToAlarm: 2, missing: .breaching),
      at: "2026-09-05T10:00:00Z", [("2026-09-05T09:55:00Z", 0)])
    #expect(
      text
        == "Threshold Crossed: 1 datapoint was received for 3 periods and 2 missing datapoints were treated as [Breaching]."
    )
  }

  @Test
  func `more than five datapoints are counted, the five newest follow`() {
    let points = (0..<6).map {
      ("2022-09-29T\(21 + (40 + 5 * $0) / 60):\(["40", "45", "50", "55", "00", "05"][$0]):00Z", 0.0)
    }
    let text = reason(
      of: alarm(period: 300, periods: 6, comparison: .lessThanOrEqualToThreshold),
      at: "2022-09-29T22:10:04Z", points)
    #expect(
      text
        == "Threshold Crossed: 6 datapoints were less than or equal to the threshold (0.0). The most recent datapoints which crossed the threshold: [0.0 (29/09/22 22:05:00), 0.0 (29/09/22 22:00:00), 0.0 (29/09/22 21:55:00), 0.0 (29/09/22 21:50:00), 0.0 (29/09/22 21:45:00)]."
    )
  }

  @Test
  func `reason data: recent datapoints oldest first, the settling ones newest first`() {
    let definition = alarm(
      period: 300, periods: 6, comparison: .lessThanOrEqualToThreshold, unit: "Seconds")
    let zeros = (0..<5).map { (["12:39", "12:44", "12:49", "12:54", "12:59"][$0], 0.0) }
    let points = (zeros + [("13:04", 9.0)]).map { ("2022-08-29T\($0.0):00Z", $0.1) }
    #expect(
      data(of: definition, at: "2022-08-29T13:09:04.685Z", points) == """
        {"version":"1.0","queryDate":"2022-08-29T13:09:04.685+0000",\
        "startDate":"2022-08-29T12:39:00.000+0000","unit":"Seconds","statistic":"Average",\
        "period":300,"recentDatapoints":[0.0,0.0,0.0,0.0,0.0,9.0],"threshold":0.0,\
        "evaluatedDatapoints":[{"timestamp":"2022-08-29T13:04:00.000+0000","sampleCount":1.0,\
        "value":9.0}]}
        """)
  }

  @Test
  func `reason data of silence has slots without values and no start`() {
    let definition = alarm(period: 60, periods: 5, threshold: 5)
    #expect(
      data(of: definition, at: "2023-08-04T12:31:29.591Z", []) == """
        {"version":"1.0","queryDate":"2023-08-04T12:31:29.591+0000","statistic":"Average",\
        "period":60,"recentDatapoints":[],"threshold":5.0,"evaluatedDatapoints":[\
        {"timestamp":"2023-08-04T12:30:00.000+0000"},{"timestamp":"2023-08-04T12:29:00.000+0000"},\
        {"timestamp":"2023-08-04T12:28:00.000+0000"},{"timestamp":"2023-08-04T12:27:00.000+0000"},\
        {"timestamp":"2023-08-04T12:26:00.000+0000"}]}
        """)
  }

  @Test(arguments: [
    (21, "21.0"), (0, "0.0"), (-0.0, "-0.0"), (10.791661891275925, "10.791661891275925"),
    (0.001, "0.001"), (0.00099, "9.9E-4"), (1e-5, "1.0E-5"), (1e7, "1.0E7"),
    (9_999_999, "9999999.0"), (12_345_678, "1.2345678E7"), (-2.5e-9, "-2.5E-9"),
    (1e16, "1.0E16"), (1.5e300, "1.5E300"), (0.1, "0.1"), (624_630, "624630.0"),
    (100, "100.0"), (1_234_567.5, "1234567.5"), (.infinity, "Infinity"),
  ])
  func `numbers print as Java prints them`(value: Double, text: String) {
    #expect(value.javaText == text)
  }

  private func alarm(
    period: Int = 60, periods: Int = 1, datapointsToAlarm: Int? = nil, threshold: Double = 0,
    comparison: AlarmDefinition.ComparisonOperator = .greaterThanThreshold,
    missing: AlarmDefinition.TreatMissingData = .missing, unit: String? = nil
  ) -> AlarmDefinition {
    var definition = AlarmDefinition(
      name: "a", namespace: "N", metricName: "m", periodSeconds: period,
      evaluationPeriods: periods, datapointsToAlarm: datapointsToAlarm, threshold: threshold,
      comparison: comparison, treatMissingData: missing)
    definition.unit = unit
    return definition
  }

  private func reason(
    of definition: AlarmDefinition, at time: String, _ points: [(String, Double)]
  ) -> String {
    explanation(of: definition, at: time, points).text
  }

  private func data(
    of definition: AlarmDefinition, at time: String, _ points: [(String, Double)]
  ) -> String {
    explanation(of: definition, at: time, points).data(at: Timestamp(text: time)!)
  }

  private func explanation(
    of definition: AlarmDefinition, at time: String, _ points: [(String, Double)]
  ) -> AlarmReason {
    var store = SeriesStore()
    let series = store.intern(
      MetricID(region: "eu-west-1", namespace: "N", name: "m", unit: definition.unit))
    for (time, value) in points {
      let time = Timestamp(text: time)!
      store.append(StatisticSet(value), to: series, at: time, arrival: time, merging: .adds)
    }
    let rule = AlarmRule(definition)
    let evidence = AlarmEvidence(
      rule: rule, series: series, bounds: rule.bounds(at: Timestamp(text: time)!, wallClock: nil),
      store: store)
    return AlarmReason(
      definition: definition, rule: rule, evidence: evidence,
      state: evidence.decision.state ?? .insufficientData)
  }
}
