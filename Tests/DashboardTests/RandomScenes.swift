import Telemetry

@testable import Dashboard
@testable import Monitoring

/// Situations nobody would draw by hand: many regions, strange names, missing values, every state.
enum RandomScenes {
  static let names = [
    "us-east-1", "ap-southeast-1", "a", "",
    "a-very-long-name-of-a-region-that-goes-on-and-on-and-on",
    "\u{1B}[2Jevil", "日本リージョン", "e\u{301}te\u{202E}", "tab\there", "😀🇩🇪",
  ]

  static func situation(using dice: inout Dice) -> Situation {
    var situation = Situation(time: Fixtures.now, mode: mode(using: &dice))
    situation.topology.name = pick(names, &dice)
    let regions = Array(
      (0..<Int.random(in: 0...12, using: &dice)).map { "\(pick(names, &dice))\($0)" })
    situation.topology.regions = regions.map { RegionDefinition(code: $0, role: .active) }
    situation.regions = regions.map { region($0, using: &dice) }
    for _ in 0..<Int.random(in: 0...20, using: &dice) where regions.count > 1 {
      situation.links.append(link(regions, &situation.store, using: &dice))
    }
    for index in 0..<pick([0, 0, 3, 30, 200], &dice) {
      situation.alarms.append(alarm(index, situation, using: &dice))
    }
    for index in 0..<pick([0, 1, 1, 3], &dice) {
      situation.failovers.append(failover("\(pick(names, &dice))\(index)", regions, using: &dice))
    }
    let count = Int.random(in: 0...30, using: &dice)
    situation.transitions = (0..<count).map { transition($0 - count, situation, using: &dice) }[...]
    situation.rejects = pick([0, 5], &dice)
    situation.sortWorstFirst()
    return situation
  }

  static func pick<Element>(_ choices: [Element], _ dice: inout Dice) -> Element {
    choices[Int.random(in: 0..<choices.count, using: &dice)]
  }

  private static func number(_ dice: inout Dice) -> Double? {
    pick([nil, 0, 0.0001, 0.41, 6.8, 94, 4000, 1e9, -1, .infinity], &dice)
  }

  private static func mode(using dice: inout Dice) -> Scene.Mode {
    switch Int.random(in: 0...3, using: &dice) {
    case 0: return .paused
    case 1:
      let start = Fixtures.minutesAgo(pick([0, 60, 10_000], &dice))
      return .replay(
        Transport(
          name: pick(names, &dice), start: start, end: Fixtures.minutesAgo(pick([0, -60], &dice)),
          playhead: Fixtures.now, isPlaying: Bool.random(using: &dice),
          speed: pick(Transport.speeds, &dice),
          markers: [.init(time: Fixtures.minutesAgo(3), kind: .alarm, text: "x")]))
    default: return .live
    }
  }

  private static func region(_ name: String, using dice: inout Dice) -> RegionReading {
    var region = RegionReading(
      region: name, role: pick(RegionRole.allCases, &dice),
      health: pick(RegionHealth.allCases, &dice))
    region.since = pick([nil, Fixtures.minutesAgo(5)], &dice)
    region.reasons = pick([[], ["errors"], [pick(names, &dice), "b"]], &dice)
    region.trafficShare = number(&dice)
    region.dataAgeSeconds = number(&dice)
    region.requestsPerSecond = number(&dice)
    region.errorRatio = number(&dice)
    region.latencySeconds = number(&dice)
    return region
  }

  private static func link(
    _ regions: [String], _ store: inout SeriesStore, using dice: inout Dice
  ) -> LinkReading {
    var link = LinkReading(
      service: pick(names, &dice), kind: "kind", from: pick(regions, &dice),
      to: pick(regions, &dice),
      state: pick(LinkState.allCases, &dice))
    link.lagSeconds = number(&dice)
    link.ageSeconds = number(&dice)
    link.rpoSeconds = number(&dice)
    link.rpoNowSeconds = number(&dice)
    link.warnSeconds = number(&dice)
    link.nativeValue = number(&dice)
    if Bool.random(using: &dice) {
      let series = store.intern(
        MetricID(region: link.to, namespace: "N", name: "lag \(store.metrics.count)"))
      for minute in 0..<Int.random(in: 1...90, using: &dice)
      where Int.random(in: 0...9, using: &dice) > 0 {
        let time = Fixtures.minutesAgo(Double(minute)).floored(toMilliseconds: 60_000)
        store.append(
          StatisticSet(number(&dice) ?? 1), to: series, at: time, arrival: time, merging: .replaces)
      }
      link.series = series
    }
    return link
  }

  private static func alarm(
    _ index: Int, _ situation: Situation, using dice: inout Dice
  ) -> AlarmReading {
    var alarm = Fixtures.alarm(
      "\(pick(names, &dice))-\(index)", pick([nil] + situation.regions.map(\.region), &dice),
      pick(AlarmState.allCases, &dice), since: 4, severity: pick(["critical", "warning"], &dice),
      series: pick([nil] + situation.links.map(\.series), &dice))
    alarm.definition.threshold = number(&dice) ?? 5
    alarm.definition.evaluationPeriods = pick([1, 2, 5, 60], &dice)
    alarm.definition.periodSeconds = pick([10, 60, 86_400], &dice)
    alarm.stateTransitioned = pick([nil, Fixtures.now], &dice)
    return alarm
  }

  private static func failover(
    _ name: String, _ regions: [String], using dice: inout Dice
  ) -> FailoverReading {
    var failover = FailoverReading(
      group: name, model: pick(DeploymentModel.allCases, &dice),
      state: pick(FailoverState.allCases, &dice))
    failover.since = pick([nil, Fixtures.minutesAgo(9)], &dice)
    failover.writers = Array(regions.prefix(pick([0, 1, 2], &dice)))
    failover.writersKnown = Bool.random(using: &dice)
    failover.rpoSeconds = number(&dice)
    failover.rtoSeconds = number(&dice)
    failover.rpoNowSeconds = number(&dice)
    failover.rtoAchievedSeconds = number(&dice)
    failover.incidentStart = pick([nil, Fixtures.minutesAgo(3)], &dice)
    failover.evidence = (0..<pick([0, 2, 9], &dice)).map {
      Evidence(time: Fixtures.minutesAgo(Double($0)), family: "f", text: pick(names, &dice))
    }
    failover.ready = regions.prefix(3).map { region in
      ReadinessReading(
        region: region, verdict: pick(ReadinessReading.Verdict.allCases, &dice),
        checks: [
          Fixtures.check(
            pick(names, &dice), pick(ReadinessReading.CheckVerdict.allCases, &dice),
            pick(names, &dice), age: number(&dice))
        ])
    }
    return failover
  }

  private static func transition(
    _ minutes: Int, _ situation: Situation, using dice: inout Dice
  ) -> Transition {
    Transition(
      time: Fixtures.now + Int64(minutes) * 60_000, kind: pick(Transition.Kind.allCases, &dice),
      name: situation.failovers.first?.group ?? pick(names, &dice),
      region: pick([nil, "a"], &dice),
      toRegion: pick([nil, "b"], &dice), from: pick(["", "OK"], &dice),
      to: pick(["ALARM", "OK", "DETECTING", "HEALTHY", "?"], &dice), reasons: [pick(names, &dice)])
  }
}
