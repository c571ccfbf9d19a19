import Telemetry
import Testing

@testable import Monitoring

/// "Configuring how CloudWatch alarms treat missing data", and what its rule says beyond the tables.
struct AlarmDecisionTests {
  /// Datapoints to alarm 3 of 3, evaluation range 5; newest on the right.
  @Test(arguments: [
    ("0 - X - X", ["OK", "OK", "OK", "OK"]),
    ("0 - - - -", ["OK", "OK", "OK", "OK"]),
    ("- - - - -", ["INSUFFICIENT_DATA", "retain", "ALARM", "OK"]),
    ("0 X X - X", ["ALARM", "ALARM", "ALARM", "ALARM"]),
    ("- - X - -", ["ALARM", "retain", "ALARM", "OK"]),
  ])
  func `the first table of the page: 3 out of 3`(shape: String, expected: [String]) {
    #expect(verdicts(on: shape, datapointsToAlarm: 3) == expected)
  }

  @Test(arguments: [
    ("0 - X - X", ["ALARM", "ALARM", "ALARM", "ALARM"]),
    ("0 0 X 0 X", ["ALARM", "ALARM", "ALARM", "ALARM"]),
    ("0 - X - -", ["OK", "OK", "ALARM", "OK"]),
    ("- - - - 0", ["OK", "OK", "ALARM", "OK"]),
    ("- - - X -", ["ALARM", "retain", "ALARM", "OK"]),
  ])
  func `the second table of the page: 2 out of 3`(shape: String, expected: [String]) {
    #expect(verdicts(on: shape, datapointsToAlarm: 2) == expected)
  }

  @Test(arguments: [
    ("- - - - X", 3, "INSUFFICIENT_DATA"), ("- - - X -", 3, "INSUFFICIENT_DATA"),
    ("- - X - -", 3, "ALARM"), ("- - - X 0", 3, "OK"), ("- - - - X", 2, "INSUFFICIENT_DATA"),
    ("X - - - -", 1, "ALARM"), ("- - - - X", 1, "ALARM"),
  ])
  func `premature alarms are held back until the breach is old enough`(
    shape: String, datapointsToAlarm: Int, expected: String
  ) {
    #expect(verdicts(on: shape, datapointsToAlarm: datapointsToAlarm)[0] == expected)
  }

  @Test
  func `all 243 shapes, three M, four settings agree with a plain statement of the rule`() {
    for number in 0..<243 {
      let shape = Self.shape(number)
      for datapointsToAlarm in 1...3 {
        for setting in AlarmDefinition.TreatMissingData.allCases {
          let rule = Self.rule(datapointsToAlarm: datapointsToAlarm, setting: setting)
          let decided = rule.decide(Self.tally(shape, enough: 3)).state
          let stated = Self.plainly(shape, datapointsToAlarm, setting)
          #expect(decided == stated, "\(shape) \(datapointsToAlarm) of 3 \(setting)")
        }
      }
    }
  }

  @Test
  func `the length of the evaluation range changes states`() {
    let rule = Self.rule(datapointsToAlarm: 2, setting: .missing)
    #expect(rule.decide(Self.tally([.good, .gap, .bad, .gap, .gap], enough: 3)).state == .ok)
    #expect(rule.decide(Self.tally([.gap, .bad, .gap, .gap], enough: 3)).state == .alarm)
  }

  @Test(arguments: [
    (300, 3, 5), (900, 2, 4), (900, 8, 10), (300, 2, 4), (60, 1, 6), (60, 2, 7), (120, 3, 6),
    (180, 3, 5), (1800, 8, 10), (10, 3, 9), (20, 3, 6), (30, 3, 5), (3600, 24, 26),
  ])
  func `the evaluation range follows period and evaluation periods`(
    period: Int, evaluationPeriods: Int, expected: Int
  ) {
    let definition = AlarmDefinition(
      name: "a", namespace: "N", metricName: "m", periodSeconds: period,
      evaluationPeriods: evaluationPeriods, threshold: 0)
    #expect(AlarmRule.evaluationRange(of: definition) == expected)
  }

  enum Point: Equatable { case good, bad, gap }

  /// Missing, ignore, breaching, notBreaching: the columns of the page.
  private func verdicts(on picture: String, datapointsToAlarm: Int) -> [String] {
    let shape = picture.split(separator: " ").map { character -> Point in
      switch character {
      case "0": .good
      case "X": .bad
      default: .gap
      }
    }
    let columns: [AlarmDefinition.TreatMissingData] = [
      .missing, .ignore, .breaching, .notBreaching,
    ]
    return columns.map { setting in
      let rule = Self.rule(datapointsToAlarm: datapointsToAlarm, setting: setting)
      return rule.decide(Self.tally(shape, enough: 3)).state?.rawValue ?? "retain"
    }
  }

  private static func shape(_ number: Int) -> [Point] {
    var rest = number
    return (0..<5).map { _ in
      defer { rest /= 3 }
      return [.good, .bad, .gap][rest % 3]
    }
  }

  private static func rule(
    datapointsToAlarm: Int, setting: AlarmDefinition.TreatMissingData
  ) -> AlarmRule {
    AlarmRule(
      AlarmDefinition(
        name: "a", namespace: "N", metricName: "m", periodSeconds: 300, evaluationPeriods: 3,
        datapointsToAlarm: datapointsToAlarm, threshold: 0, treatMissingData: setting))
  }

  private static func tally(_ shape: [Point], enough: Int) -> SlotTally {
    var tally = SlotTally()
    for (offset, point) in shape.reversed().enumerated() where point != .gap {
      if tally.real == enough { break }
      tally.real += 1
      if point == .bad {
        tally.breaching += 1
        tally.oldestBreaching = offset + 1
      }
    }
    return tally
  }

  /// The rule as sentences: which datapoints are judged, and what they are worth.
  private static func plainly(
    _ shape: [Point], _ datapointsToAlarm: Int, _ setting: AlarmDefinition.TreatMissingData
  ) -> AlarmState? {
    let known = shape.filter { $0 != .gap }
    if known.count >= 3 {
      return known.suffix(3).filter { $0 == .bad }.count >= datapointsToAlarm ? .alarm : .ok
    }
    let filler: Point? = setting == .breaching ? .bad : setting == .notBreaching ? .good : nil
    if let filler {
      let judged = known + Array(repeating: filler, count: 3 - known.count)
      return judged.filter { $0 == .bad }.count >= datapointsToAlarm ? .alarm : .ok
    }
    let unknown: AlarmState? = setting == .missing ? .insufficientData : nil
    if known.isEmpty { return unknown }
    if known.filter({ $0 == .bad }).count >= datapointsToAlarm { return .alarm }
    if known.contains(.good) { return .ok }
    let oldestIsOld = shape.firstIndex(of: .bad).map { shape.count - $0 >= datapointsToAlarm }
    return setting == .missing && oldestIsOld == true ? .alarm : unknown
  }
}
