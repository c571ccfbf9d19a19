import Telemetry
import Testing

@testable import Monitoring

@Suite
struct AlarmBindingTests {
  @Test
  func `an alarm without a region is one alarm per region that has the metric`() {
    var engine = Engine.watching(
      [lagAlarm(region: nil)],
      [
        minutes([20, 20, 20], of: lagMetric(region: "us-east-1")),
        minutes([nil, 5, 5], of: lagMetric(region: "eu-west-1")),
      ])
    #expect(engine.states == ["lag - INSUFFICIENT_DATA"])
    _ = engine.advance(to: after(minutes: 1))
    #expect(engine.states == ["lag eu-west-1 INSUFFICIENT_DATA", "lag us-east-1 ALARM"])
    _ = engine.advance(to: after(minutes: 2))
    #expect(engine.states == ["lag eu-west-1 OK", "lag us-east-1 ALARM"])
  }

  @Test
  func `where no region has the metric there is one alarm without region, and the first takes it`()
  {
    var engine = Engine.watching([lagAlarm(region: nil, missing: .breaching)])
    _ = engine.advance(to: after(minutes: 1))
    #expect(engine.states == ["lag - ALARM"])
    engine.ingest(minutes([5], of: lagMetric(region: "eu-west-1"), from: 2))
    let changes = engine.advance(to: after(minutes: 3))
    #expect(changes.told == ["3 lag eu-west-1 ALARM>OK"])
    #expect(engine.states == ["lag eu-west-1 OK"])
  }

  @Test
  func `an alarm with a region reads that region only`() {
    var engine = Engine.watching(
      [lagAlarm()], [minutes([20], of: lagMetric(region: "us-east-1"))])
    _ = engine.advance(to: after(minutes: 1))
    #expect(engine.states == ["lag eu-west-1 INSUFFICIENT_DATA"])
  }

  @Test
  func `a series that does not tell its region serves, until one does`() {
    var engine = Engine.watching([lagAlarm()], [minutes([20, 20], of: lagMetric(region: ""))])
    _ = engine.advance(to: after(minutes: 1))
    #expect(engine.states == ["lag eu-west-1 ALARM"])
    engine.ingest(minutes([5], of: lagMetric(), from: 1))
    _ = engine.advance(to: after(minutes: 2))
    #expect(engine.states == ["lag eu-west-1 OK"])
  }

  @Test
  func `accounts are compared where both are known`() {
    var alarm = lagAlarm()
    alarm.account = "111122223333"
    let batches = [
      minutes([20], of: lagMetric(account: "444455556666")), minutes([5], of: lagMetric()),
    ]
    var engine = Engine.watching([alarm], batches)
    _ = engine.advance(to: after(minutes: 1))
    #expect(engine.states == ["lag eu-west-1 OK"])
  }

  @Test(arguments: [
    (wanted: "Seconds" as String?, state: "OK"), ("Milliseconds", "ALARM"),
    ("Percent", "INSUFFICIENT_DATA"), (nil, "ALARM"),
  ])
  func `the unit filters; without it one unit is taken in alphabetical order`(
    wanted: String?, state: String
  ) {
    var alarm = lagAlarm()
    alarm.unit = wanted
    let batches = [
      minutes([5], of: lagMetric(unit: "Seconds")),
      minutes([60], of: lagMetric(unit: "Milliseconds")),
    ]
    for order in [batches, batches.reversed()] {
      var engine = Engine.watching([alarm], order)
      _ = engine.advance(to: after(minutes: 1))
      #expect(engine.states == ["lag eu-west-1 \(state)"])
    }
  }

  @Test
  func `dimensions have to be the same, not only some of them`() {
    var alarm = lagAlarm()
    alarm.dimensions = []
    var engine = Engine.watching([alarm], [minutes([20])])
    _ = engine.advance(to: after(minutes: 1))
    #expect(engine.states == ["lag eu-west-1 INSUFFICIENT_DATA"])
  }

  @Test
  func `alarms are read by name, then region`() {
    let alarms = ["b", "a", "c"].map { lagAlarm($0, region: nil) }
    let batches = ["us-east-1", "eu-west-1"].map { minutes([5], of: lagMetric(region: $0)) }
    var engine = Engine.watching(alarms, batches)
    _ = engine.advance(to: after(minutes: 1))
    #expect(
      engine.states == [
        "a eu-west-1 OK", "a us-east-1 OK", "b eu-west-1 OK", "b us-east-1 OK", "c eu-west-1 OK",
        "c us-east-1 OK",
      ])
  }
}
