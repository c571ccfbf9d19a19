import Telemetry
import Testing

@testable import Monitoring

/// What holds of composite alarms, suppression and mute rules however time is moved.
@Suite
struct CompositeLawTests {
  @Test(arguments: 1...40)
  func `time moved step by step tells the same as time moved at once`(seed: UInt64) {
    var dice = Dice(seed: seed)
    let estate = Estate(&dice)
    var whole = estate.engine()
    let expected = whole.advance(to: after(minutes: 60))
    var stepwise = estate.engine()
    var found: [Transition] = []
    var now = newYear
    while now < after(minutes: 60) {
      now = min(now + Int64.random(in: 1...200_000, using: &dice), after(minutes: 60))
      found += stepwise.advance(to: now)
    }
    #expect(found == expected, "seed \(seed)")
    #expect(!expected.isEmpty)
  }

  @Test(arguments: 1...40)
  func `a run that stops and goes on tells the same as one that does not`(seed: UInt64) {
    var dice = Dice(seed: seed)
    let estate = Estate(&dice)
    let cut = newYear + Int64.random(in: 300_000...3_000_000, using: &dice)
    var whole = estate.engine()
    _ = whole.advance(to: cut)
    let records = whole.alarms.records(at: cut)
    let suppressed = whole.moment().alarms.map(\.actionsSuppressedBy)
    let expected = whole.advance(to: after(minutes: 60))
    var resumed = estate.engine(from: cut + 1)
    _ = resumed.advance(to: cut)
    resumed.restore(alarms: records)
    #expect(resumed.alarms.records(at: cut) == records)
    #expect(resumed.moment().alarms.map(\.actionsSuppressedBy) == suppressed, "seed \(seed)")
    #expect(resumed.advance(to: after(minutes: 60)) == expected, "seed \(seed)")
  }

  @Test(arguments: 1...40)
  func `an action that is held runs once, or not at all`(seed: UInt64) {
    var dice = Dice(seed: seed)
    let estate = Estate(&dice)
    var engine = estate.engine()
    let told = engine.advance(to: after(minutes: 60))
    for alarm in Set(told.map(\.name)).sorted() {
      var isPending = false
      for transition in told where transition.name == alarm {
        switch (transition.kind, transition.suppressedBy) {
        case (.alarm, _): isPending = true
        case (.action, nil):
          #expect(isPending, "seed \(seed): \(alarm) runs twice at \(transition.time)")
          isPending = false
        default: #expect(isPending, "seed \(seed): \(alarm) is held without a change")
        }
      }
    }
  }

  /// Random alarms over random data, under composite alarms with suppressors and a mute rule.
  private struct Estate {
    var alarms: [AlarmDefinition] = []
    var batch: Batch
    var muteRule: AlarmMuteRule

    init(_ dice: inout Dice) {
      batch = Batch()
      for number in 0..<4 {
        let metric = MetricID(region: "eu-west-1", namespace: "N", name: "m\(number)")
        var alarm = AlarmDefinition(
          name: "a\(number)", region: "eu-west-1", namespace: "N", metricName: "m\(number)",
          threshold: 5, treatMissingData: .ignore)
        alarm.alarmActions = ["x"]
        alarm.okActions = ["x"]
        alarms.append(alarm)
        batch.metrics.append(metric)
        for minute in 0..<60 {
          let value = Bool.random(using: &dice) ? 9.0 : 1
          guard Int.random(in: 0..<3, using: &dice) == 0 else { continue }
          let time = after(minutes: minute)
          batch.samples.append(
            Sample(
              metric: Int32(number), time: time, arrival: time, statistics: StatisticSet(value)))
        }
      }
      batch.samples.sort { $0.arrival < $1.arrival }
      for number in 0..<3 { alarms.append(Self.composite(number, &dice)) }
      muteRule = AlarmMuteRule(
        name: "m", schedule: .cron(CronSchedule("7/20 * * * *")!), durationMilliseconds: 420_000,
        zone: .utc)
      muteRule.alarmNames = ["a0", "c1"]
    }

    private static func composite(_ number: Int, _ dice: inout Dice) -> AlarmDefinition {
      let rules = [
        "ALARM(a0) OR ALARM(a1)", "ALARM(a2) AND NOT ALARM(a0)", "AT_LEAST(2, ALARM, (a0, a1, a2))",
        "NOT OK(a1)", "ALARM(c0) OR ALARM(a3)",
      ]
      let rule = number == 0 ? rules[2] : rules.randomElement(using: &dice)!
      guard var composite = try? CompositeAlarm(rule: rule) else { preconditionFailure(rule) }
      composite.suppressor = AlarmReference("a3")
      composite.waitPeriodSeconds = Int.random(in: 0...300, using: &dice)
      composite.extensionPeriodSeconds = Int.random(in: 0...300, using: &dice)
      var alarm = AlarmDefinition(name: "c\(number)", composite: composite)
      alarm.alarmActions = ["x"]
      alarm.okActions = ["x"]
      return alarm
    }

    func engine(from: Timestamp? = nil) -> Engine {
      var options = EngineOptions()
      options.evaluateFrom = from
      var engine = Engine(alarms: alarms, muteRules: [muteRule], options: options)
      _ = engine.advance(to: newYear - 1)
      engine.ingest(batch)
      return engine
    }
  }
}
