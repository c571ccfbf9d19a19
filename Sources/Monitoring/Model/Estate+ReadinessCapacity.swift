import Telemetry

/// What serves of one service in one region, and what may: by the signals that count it.
struct CapacityPlace: Sendable {
  let service: Int
  let region: Int
  let serving: Int?
  let maximum: Int?
  let quotas: [Int]
  /// How many are asked for.
  let desired: Int?
  /// How many were asked for a quarter of an hour ago: the size at rest.
  private(set) var rest: Double?
  private var asked: [Signal.Point] = []
  /// The most that served in a day (ARC's sampledMaxInLast24Hours).
  private(set) var peak = DayPeak()

  init(
    service: Int, region: Int, serving: Int?, maximum: Int?, quotas: [Int], desired: Int?
  ) {
    self.service = service
    self.region = region
    self.serving = serving
    self.maximum = maximum
    self.quotas = quotas
    self.desired = desired
  }

  mutating func learn(_ board: SignalBoard) {
    if let serving, let last = board.signals[serving].points.last { peak.learn(last) }
    guard let desired, let last = board.signals[desired].points.last,
      asked.last.map({ $0.time < last.time }) ?? true
    else { return }
    asked.append(last)
    while let first = asked.first, last.time - first.time > EstateRules.brokenByAbsence {
      rest = first.value
      asked.removeFirst()
    }
  }
}

/// The highest value of a day, by the hour.
struct DayPeak: Hashable, Sendable {
  private var hours: [Signal.Point] = []

  var value: Double? { hours.map(\.value).max() }

  mutating func learn(_ point: Signal.Point) {
    let hour = point.time.floored(toMilliseconds: LagDay.hour)
    if let last = hours.last, last.time == hour {
      hours[hours.count - 1].value = max(last.value, point.value)
    } else if hours.last.map({ $0.time < hour }) ?? true {
      hours.append(Signal.Point(time: hour, value: point.value))
      while let first = hours.first, hour - first.time > EstateRules.day { hours.removeFirst() }
    }
  }
}

extension Estate {
  func makeCapacities() -> [CapacityPlace] {
    topology.services.indices.flatMap { service in
      topology.regions.indices.compactMap { region -> CapacityPlace? in
        func numbers(_ role: MetricRole) -> [Int] {
          board.numbers { $0.service == service && $0.role == role && $0.source == region }
        }
        let place = CapacityPlace(
          service: service, region: region, serving: numbers(.inService).first,
          maximum: numbers(.maximum).first, quotas: numbers(.quota),
          desired: numbers(.desired).first)
        let counted = [place.serving, place.maximum, place.desired].contains { $0 != nil }
        return counted || !place.quotas.isEmpty ? place : nil
      }
    }
  }

  /// Whether what serves in a standby, or may be started there, is what the primary needed in a day.
  func capacityGauges(
    _ group: GroupWatch, _ region: Int, _ now: Timestamp
  ) -> [Readiness.Gauge] {
    var gauges: [Readiness.Gauge] = []
    for place in capacities where place.region == region && group.services.contains(place.service) {
      if let need = need(place, group), isCounted(place) {
        gauges.append(
          Readiness.Gauge(
            check: .capacity(
              service: place.service, need: need, signal: place.serving, may: place.maximum),
            verdict: verdict(place, need, group.deployment.model, now)))
      }
      for number in place.quotas where board.signals[number].newest != nil {
        gauges.append(Readiness.Gauge(check: .quota(signal: number), verdict: quota(number, now)))
      }
    }
    return gauges
  }

  /// Whether the place is counted at all, or the configuration says that it should be.
  private func isCounted(_ place: CapacityPlace) -> Bool {
    let signals = [place.serving, place.maximum].compactMap { $0 }
    return signals.contains { board.signals[$0].newest != nil }
      || topology.services[place.service].required.value(in: name(place.region)) != nil
  }

  /// What must serve in a region: as the configuration says, else the most that served in the primary
  /// in a day; nil: nothing tells.
  private func need(_ place: CapacityPlace, _ group: GroupWatch) -> Double? {
    if let told = topology.services[place.service].required.value(in: name(place.region)) {
      return told
    }
    return capacities.first { $0.service == place.service && $0.region == group.primary }?.peak
      .value
  }

  private func verdict(
    _ place: CapacityPlace, _ need: Double, _ model: DeploymentModel, _ now: Timestamp
  ) -> ReadinessReading.CheckVerdict {
    let serves = place.serving.flatMap { fresh($0, now) }
    if let serves, serves >= need { return .go }
    // A standby that is scaled in a failover needs the room, not the hosts.
    if model.scalesFirst {
      return place.maximum.flatMap { fresh($0, now) }.map { $0 >= need ? .go : .noGo } ?? .unknown
    }
    return serves == nil ? .unknown : .noGo
  }

  private func fresh(_ number: Int, _ now: Timestamp) -> Double? {
    board.signals[number].isOverdue(at: now) ? nil : board.signals[number].points.last?.value
  }

  private func quota(_ number: Int, _ now: Timestamp) -> ReadinessReading.CheckVerdict {
    guard let use = quotaUse(number, value: fresh(number, now)) else { return .unknown }
    return use < EstateRules.quotaUse ? .go : .noGo
  }

  /// The part of a quota that is used; nil where the limit is not known.
  func quotaUse(_ number: Int, value: Double?) -> Double? {
    guard let value else { return nil }
    let signal = board.signals[number]
    if signal.metric.unit == "Percent" { return value / 100 }
    let limit = topology.services[signal.service].quota.value(in: name(signal.source))
    return limit.flatMap { $0 > 0 ? value / $0 : nil }
  }
}
