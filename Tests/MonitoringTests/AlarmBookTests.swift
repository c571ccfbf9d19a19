import Telemetry
import Testing

@testable import Monitoring

@Suite
struct AlarmBookTests {
  @Test
  func `an alarm goes to ALARM at the minute after its breach and back after it`() {
    var engine = Engine.watching([lagAlarm()], [minutes([5, 20, 5])])
    let changes = engine.advance(to: after(minutes: 3))
    #expect(
      changes.told == [
        "1 lag eu-west-1 INSUFFICIENT_DATA>OK", "2 lag eu-west-1 OK>ALARM",
        "3 lag eu-west-1 ALARM>OK",
      ])
  }

  @Test
  func `actions follow the transitions of their instant, unless they are disabled`() {
    var loud = lagAlarm("loud")
    loud.alarmActions = ["arn:b", "arn:a"]
    var quiet = lagAlarm("quiet")
    quiet.alarmActions = ["arn:a"]
    quiet.actionsEnabled = false
    var engine = Engine.watching([quiet, loud, lagAlarm("plain")], [minutes([20])])
    let changes = engine.advance(to: after(minutes: 1))
    #expect(
      changes.told == [
        "1 loud eu-west-1 INSUFFICIENT_DATA>ALARM", "1 plain eu-west-1 INSUFFICIENT_DATA>ALARM",
        "1 quiet eu-west-1 INSUFFICIENT_DATA>ALARM", "1 loud ALARM!arn:a", "1 loud ALARM!arn:b",
      ])
  }

  @Test
  func `an alarm begins silently in INSUFFICIENT_DATA`() throws {
    let engine = Engine.watching([lagAlarm()])
    let reading = try #require(engine.moment().alarms.first)
    #expect(reading.state == .insufficientData)
    #expect(reading.stateReason == "Unchecked: Initial alarm creation")
    #expect(reading.previousState == nil && reading.stateReasonData == nil)
    #expect(reading.stateUpdated == nil && reading.stateTransitioned == nil)
  }

  @Test
  func `readings at an earlier instant are those of that instant`() {
    var engine = Engine.watching([lagAlarm()], [minutes([5, 20, 5])])
    _ = engine.advance(to: after(minutes: 60))
    let states = [0, 1, 2, 3, 8, 9].map { minute in
      engine.alarms.readings(at: after(minutes: minute))[0].state.rawValue
    }
    #expect(states == ["INSUFFICIENT_DATA", "OK", "ALARM", "OK", "OK", "INSUFFICIENT_DATA"])
    let before = engine.alarms.readings(at: after(minutes: 2) - 1)[0]
    #expect(before.state == .ok && before.previousState == .insufficientData)
    #expect(before.stateTransitioned == after(minutes: 1))
  }

  @Test
  func `silence is noticed after the evaluation range, not after the evaluation periods`() {
    let alarm = lagAlarm(period: 300, periods: 2)
    var engine = Engine.watching([alarm], [minutes([5])])
    let changes = engine.advance(to: after(minutes: 60))
    #expect(
      changes.told == [
        "1 lag eu-west-1 INSUFFICIENT_DATA>OK", "21 lag eu-west-1 OK>INSUFFICIENT_DATA",
      ])
  }

  @Test
  func `slots slide by the minute, so sparse data flips the state with nothing new`() {
    var definition = lagAlarm(period: 120, periods: 2, datapointsToAlarm: 2)
    definition.statistic = .sum
    definition.threshold = 15
    // 10 at minutes 0, 1, 4, 5, 8, 9: two in one slot breach, one does not.
    let values: [Double?] = [10, 10, nil, nil, 10, 10, nil, nil, 10, 10]
    var engine = Engine.watching([definition], [minutes(values)], range: 2)
    _ = engine.advance(to: after(minutes: 10))
    let states = (1...10).map { minute in
      engine.alarms.readings(at: after(minutes: minute))[0].state.rawValue
    }
    #expect(Set(states).count > 1)
    #expect(engine.transitions.count { $0.kind == .alarm } >= 4)
  }

  @Test
  func `a late point changes old slots when it arrives, not before`() {
    var late = minutes([nil, 20])
    late.samples[0].arrival = after(minutes: 4)
    var engine = Engine.watching([lagAlarm()], [minutes([5, nil, nil, nil, nil]), late])
    let changes = engine.advance(to: after(minutes: 6))
    #expect(
      changes.told == [
        "1 lag eu-west-1 INSUFFICIENT_DATA>OK", "4 lag eu-west-1 OK>ALARM",
      ])
  }

  @Test
  func `an hourly alarm sees data up to the top of the hour`() {
    var alarm = lagAlarm(period: 3600, periods: 25, datapointsToAlarm: 1)
    alarm.statistic = .maximum
    var options = EngineOptions()
    options.evaluationOrigin = after(minutes: 3)
    var engine = Engine(alarms: [alarm], options: options)
    _ = engine.advance(to: newYear - 1)
    // Bad at 1:02, and good otherwise, as in AWS's example of an alarm evaluated at three past.
    engine.ingest(minutes((0..<240).map { $0 == 62 ? 20 : 5 }))
    let changes = engine.advance(to: after(minutes: 239))
    #expect(
      changes.told == [
        "63 lag eu-west-1 INSUFFICIENT_DATA>OK", "123 lag eu-west-1 OK>ALARM",
      ])
  }

  @Test
  func `an alarm with a period of ten seconds is evaluated every ten seconds`() {
    var batch = Batch()
    batch.metrics = [lagMetric()]
    for second in 0..<12 {
      let time = newYear + Int64(second) * 5000
      batch.samples.append(
        Sample(
          metric: 0, time: time, arrival: time,
          statistics: StatisticSet(second == 4 || second == 5 ? 20 : 5)))
    }
    var engine = Engine.watching([lagAlarm(period: 10)], [batch])
    let changes = engine.advance(to: after(minutes: 1))
    let told = changes.map { "\(($0.time - newYear) / 1000) \($0.to)" }
    #expect(told == ["10 OK", "30 ALARM", "40 OK"])
  }

  @Test
  func `restored alarms go on from where they were, without a word`() throws {
    var first = Engine.watching([lagAlarm(region: nil)], [minutes([20, 20])])
    _ = first.advance(to: after(minutes: 2))
    let records = first.alarms.records(at: after(minutes: 2))
    var options = EngineOptions()
    options.evaluateFrom = after(minutes: 2) + 1
    var second = Engine(alarms: [lagAlarm(region: nil)], options: options)
    second.restore(alarms: records)
    #expect(second.alarms.records(at: after(minutes: 2)) == records)
    second.ingest(minutes([20, 20, 5]))
    let changes = second.advance(to: after(minutes: 3))
    #expect(changes.told == ["3 lag eu-west-1 ALARM>OK"])
    #expect(second.moment().alarms.count == 1)
  }

  @Test
  func `a record of an alarm that is gone is left out`() {
    var engine = Engine.watching([lagAlarm()])
    engine.restore(alarms: [
      AlarmRecord(name: "gone", region: nil, state: .alarm, reason: "x"),
      AlarmRecord(name: "lag", region: "us-east-1", state: .alarm, reason: "x"),
    ])
    #expect(engine.states == ["lag eu-west-1 INSUFFICIENT_DATA"])
  }

  @Test
  func `history of more than thirty days is dropped, the rest is found`() {
    var history = AlarmHistory(AlarmChange(state: .ok, reason: "first"))
    for minute in 0..<60_000 {
      let time = after(minutes: minute)
      history.append(
        AlarmChange(
          state: minute % 2 == 0 ? .alarm : .ok, reason: "\(minute)", updated: time,
          transitioned: time))
    }
    #expect(history.changes.count < 43_200 + 600)
    for minute in [59_999, 40_000, 20_000] {
      #expect(history.change(at: after(minutes: minute) + 59_999).reason == "\(minute)")
    }
  }
}
