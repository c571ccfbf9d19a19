import Telemetry
import Testing

@testable import Monitoring

/// What must hold for any alarms and any data; each seed is printed with a failure.
@Suite
struct AlarmLawTests {
  @Test(arguments: 1...40)
  func `moving time in one step or in many, and feeding whole or in pieces, changes nothing`(
    seed: UInt64
  ) {
    var dice = Dice(seed: seed)
    let alarms = (0..<8).map { dice.alarm($0) }
    let batch = dice.batch()
    let end = after(minutes: 90)

    var whole = Engine.watching(alarms, [batch])
    _ = whole.advance(to: end)

    var pieces = Engine.watching(alarms)
    var waiting = batch.samples.sorted { $0.arrival < $1.arrival }[...]
    var now = newYear
    while now < end {
      let next = min(end, now + Int64.random(in: 1...400_000, using: &dice))
      var piece = Batch()
      piece.metrics = batch.metrics
      piece.samples = Array(waiting.prefix { $0.arrival <= next })
      waiting = waiting.dropFirst(piece.samples.count)
      pieces.ingest(piece)
      _ = pieces.advance(to: next)
      now = next
    }
    #expect(whole.transitions == pieces.transitions, "seed \(seed)")
    #expect(whole.moment().alarms == pieces.moment().alarms, "seed \(seed)")
    #expect(!whole.transitions.isEmpty, "seed \(seed)")
  }

  @Test(arguments: 1...20)
  func `an alarm restored between two instants goes on as if it had never stopped`(seed: UInt64) {
    var dice = Dice(seed: seed)
    let alarms = (0..<8).map { dice.alarm($0) }
    let batch = dice.batch()
    let cut = after(minutes: Int.random(in: 10...80, using: &dice))
    let end = after(minutes: 90)
    var whole = Engine.watching(alarms, [batch])
    _ = whole.advance(to: cut)
    let records = whole.alarms.records(at: cut)
    let expected = whole.advance(to: end)

    var options = EngineOptions()
    options.evaluateFrom = cut + 1
    var resumed = Engine(alarms: alarms, options: options)
    resumed.restore(alarms: records)
    resumed.ingest(batch)
    let found = resumed.advance(to: end)
    #expect(found == expected, "seed \(seed)")
  }

  @Test(arguments: 1...20)
  func `the stored reason is that of the stored state`(seed: UInt64) {
    var dice = Dice(seed: seed)
    var engine = Engine.watching((0..<8).map { dice.alarm($0) }, [dice.batch()])
    for transition in engine.advance(to: after(minutes: 90)) where transition.kind == .alarm {
      let isUnknown = transition.reasons[0].hasPrefix("Insufficient Data: ")
      #expect(isUnknown == (transition.to == "INSUFFICIENT_DATA"), "seed \(seed)")
      #expect(transition.from != transition.to, "seed \(seed)")
    }
  }
}

/// Alarms and data by chance, the same for the same seed (SplitMix64).
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &self)]
  }

  mutating func alarm(_ number: Int) -> AlarmDefinition {
    let periods = Int.random(in: 1...5, using: &self)
    let needed = Int.random(in: 1...periods, using: &self)
    var alarm = lagAlarm(
      "alarm-\(number)", region: pick([nil, "eu-west-1", "us-east-1"]),
      period: pick([10, 30, 60, 60, 120, 300]), periods: periods,
      datapointsToAlarm: pick([nil, needed]),
      missing: pick(AlarmDefinition.TreatMissingData.allCases))
    alarm.statistic = pick(Statistic.allCases)
    alarm.comparison = pick(AlarmDefinition.ComparisonOperator.allCases)
    alarm.unit = pick([nil, nil, "Seconds"])
    alarm.alarmActions = pick([[], ["arn:a"]])
    return alarm
  }

  /// An hour and a half of samples with gaps, several a minute, some of them late.
  mutating func batch() -> Batch {
    var batch = Batch()
    batch.metrics = [
      lagMetric(region: "eu-west-1", unit: "Seconds"), lagMetric(region: "us-east-1"),
      lagMetric(region: "eu-west-1", unit: "Milliseconds"),
    ]
    for _ in 0..<200 {
      let time = newYear + Int64.random(in: 0..<5_400_000, using: &self)
      let delay = pick([0, 0, 1000, Int64.random(in: 0...600_000, using: &self)])
      batch.samples.append(
        Sample(
          metric: Int32.random(in: 0...2, using: &self), time: time, arrival: time + delay,
          statistics: StatisticSet(Double(pick([1, 5, 9, 10, 11, 30])))))
    }
    return batch
  }
}
