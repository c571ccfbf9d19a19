import Telemetry

/// The signals that speak about a region, by their numbers on the board.
struct RegionSenses: Sendable {
  let region: Int
  var fronts: [Front] = []
  var checks: [Int] = []
  /// Probes that run in another region.
  var canaries: [Int] = []
  /// Everything about the region that is published elsewhere.
  var remote: [Int] = []
  /// Errors that are counted without requests to compare with.
  var counts: [Int] = []
  /// The provider's checks of resources, requests refused, what waits: judged by their own bounds.
  var plain: [(signal: Int, family: Family)] = []
  /// What serves, and what is asked for.
  var crews: [(inService: Int, desired: Int)] = []
  /// Writes of services whose every region writes.
  var sharedWrites: [Int] = []
  /// Writes of services with one writer, by service.
  var ownWrites: [(service: Int, signal: Int)] = []

  /// The door of one service in a region.
  struct Front: Sendable {
    var service: Int
    var requests: Int?
    var errors: [Int] = []
    var latency: [Int] = []
    var healthy: [Int] = []
    var unhealthy: [Int] = []
  }

  init(region: Int, board: SignalBoard, topology: Topology, catalog: Catalog) {
    self.region = region
    for (number, signal) in board.signals.enumerated() where signal.source == region {
      guard let kind = catalog[topology.services[signal.service].kind] else { continue }
      if signal.place != region { remote.append(number) }
      add(number, signal, kind)
    }
    for (number, signal) in board.signals.enumerated()
    where signal.source == region && signal.role == .inService && signal.metric.ratioTo == .desired
    {
      let desired = board.signals.firstIndex {
        $0.service == signal.service && $0.source == region && $0.role == .desired
      }
      if let desired { crews.append((number, desired)) }
    }
  }

  private mutating func add(_ number: Int, _ signal: Signal, _ kind: ServiceKind) {
    switch signal.role {
    case .healthStatus, .healthPercentage: checks.append(number)
    case .canary: canaries.append(number)
    case .errors where signal.metric.ratioTo == nil: counts.append(number)
    case .writes: addWrites(number, signal, kind)
    case .status: plain.append((number, .status))
    case .throttles, .pending: plain.append((number, .capacity))
    case .queueAge, .copyAge, .stranded: plain.append((number, .queue))
    case .backlog where !kind.layout.replicates: plain.append((number, .queue))
    case .requests where kind.layout == .edge: break
    case .requests, .errors, .latency, .healthyHosts, .unhealthyHosts: addFront(number, signal)
    default: break
    }
  }

  /// The first metric of writes that a kind has tells; further ones are witnesses.
  private mutating func addWrites(_ number: Int, _ signal: Signal, _ kind: ServiceKind) {
    guard signal.metric == kind.metric(.writes) else { return }
    if kind.layout.hasOneWriter {
      ownWrites.append((signal.service, number))
    } else {
      sharedWrites.append(number)
    }
  }

  private mutating func addFront(_ number: Int, _ signal: Signal) {
    var index = fronts.firstIndex { $0.service == signal.service }
    if index == nil {
      fronts.append(Front(service: signal.service))
      index = fronts.count - 1
    }
    guard let index else { return }
    switch signal.role {
    case .requests: fronts[index].requests = fronts[index].requests ?? number
    case .errors: fronts[index].errors.append(number)
    case .latency: fronts[index].latency.append(number)
    case .healthyHosts: fronts[index].healthy.append(number)
    case .unhealthyHosts: fronts[index].unhealthy.append(number)
    default: break
    }
  }
}

extension RegionSenses {
  /// What the region's own and Route 53's signals say; `isWriter` names services it should write for.
  func findings(
    _ board: SignalBoard, now: Timestamp, isWriter: (Int) -> Bool,
    isEmptyByPlan: (Int) -> Bool, usual: (Int, Int) -> TrafficTotal.Usual?,
    isFed: (Int, Timestamp) -> Bool
  ) -> [Finding] {
    var findings: [Finding] = []
    for number in checks {
      let signal = board.signals[number]
      add(
        signal.judged(
          at: now, family: .routing, warn: signal.metric.warn, critical: signal.metric.critical),
        isLoss: true, to: &findings)
    }
    for number in canaries { add(probed(board.signals[number], now), isLoss: true, to: &findings) }
    for front in fronts {
      judge(front, board, now, isEmptyByPlan(front.service), usual, &findings)
    }
    for number in counts { add(counted(board.signals[number], now), to: &findings) }
    for (number, family) in plain {
      add(board.signals[number].judged(at: now, family: family), to: &findings)
    }
    for crew in crews { add(manned(crew, board, now), to: &findings) }
    for number in sharedWrites {
      // What is replicated from elsewhere counts here too: a fall may be the source's.
      if let fall = collapse(board, number, now), isFed(board.signals[number].service, fall.since) {
        add(fall, isLoss: true, to: &findings)
      }
    }
    for (service, number) in ownWrites where isWriter(service) {
      add(collapse(board, number, now), isLoss: true, to: &findings)
    }
    return findings
  }

  /// The success of a canary, as a part of one.
  private func probed(_ signal: Signal, _ now: Timestamp) -> Finding? {
    var finding = signal.judged(at: now, family: .canary)
    finding?.value *= 0.01
    finding?.limit *= 0.01
    return finding
  }

  /// Errors by themselves: a number, or a part of requests that the service makes itself.
  private func counted(_ signal: Signal, _ now: Timestamp) -> Finding? {
    var finding = signal.judged(at: now, family: .errors)
    finding?.value *= signal.metric.ratioScale ?? 1
    finding?.limit *= signal.metric.ratioScale ?? 1
    return finding
  }

  /// What serves as a part of what is asked for; nothing asked for is nothing missing.
  private func manned(
    _ crew: (inService: Int, desired: Int), _ board: SignalBoard, _ now: Timestamp
  ) -> Finding? {
    guard !board.signals[crew.desired].isOverdue(at: now),
      let desired = board.signals[crew.desired].points.last?.value, desired > 0
    else { return nil }
    let metric = board.signals[crew.inService].metric
    return board.signals[crew.inService].judged(
      at: now, family: .capacity, warn: metric.warn, critical: metric.critical
    ) { $0 / desired }
  }

  /// Writes that fell to next to nothing.
  private func collapse(_ board: SignalBoard, _ number: Int, _ now: Timestamp) -> Finding? {
    let baseline = board.signals[number].baseline
    return board.signals[number].judged(
      at: now, family: .writes, warn: nil, critical: board.signals[number].metric.critical,
      baseline.fraction)
  }

  /// Requests, errors, latency and hosts of one door.
  private func judge(
    _ front: Front, _ board: SignalBoard, _ now: Timestamp, _ isEmptyByPlan: Bool,
    _ usual: (Int, Int) -> TrafficTotal.Usual?, _ findings: inout [Finding]
  ) {
    if let number = front.requests {
      if let usual = usual(front.service, number) {
        judgeTraffic(board.signals[number], usual, now, &findings)
      }
      judgeErrors(front, board, number, now, &findings)
    }
    for number in front.latency {
      let metric = board.signals[number].metric
      let scale = metric.secondsPerUnit
      var finding = board.signals[number].judged(
        at: now, family: .latency, warn: metric.warn, critical: metric.critical)
      finding?.value *= scale
      finding?.limit *= scale
      add(finding, to: &findings)
    }
    for number in front.healthy where !(isEmptyByPlan && isEmpty(front, board)) {
      judgeHosts(front, board, number, now, &findings)
    }
  }

  /// Requests that fell and did not appear in another region: those never arrived.
  ///
  /// While another region is not seen it cannot be told, and nothing is said.
  private func judgeTraffic(
    _ signal: Signal, _ usual: TrafficTotal.Usual, _ now: Timestamp, _ findings: inout [Finding]
  ) {
    guard
      let finding = signal.judged(
        at: now, family: .traffic, warn: signal.metric.warn, critical: signal.metric.critical,
        usual.baseline.fraction)
    else { return }
    let lost = usual.baseline.value * (1 - finding.value)
    guard usual.missing > lost / 2 else { return }
    add(finding, isLoss: finding.level == .critical, to: &findings)
  }

  /// The ratio of errors, which are absent where there are none, to requests, minute by minute.
  private func judgeErrors(
    _ front: Front, _ board: SignalBoard, _ requests: Int, _ now: Timestamp,
    _ findings: inout [Finding]
  ) {
    guard let first = front.errors.first, !board.signals[requests].isOverdue(at: now) else {
      return
    }
    let metric = board.signals[first].metric
    let judged = board.signals[requests].points.suffix(EstateRules.pointsJudged)
    var ratios: [Signal.Point] = []
    for minute in judged {
      var errors = 0.0
      for number in front.errors {
        errors += board.signals[number].points.first { $0.time == minute.time }?.value ?? 0
      }
      let ratio = errors == 0 ? 0 : errors / max(minute.value, errors)
      ratios.append(Signal.Point(time: minute.time, value: ratio))
    }
    let needed = min(EstateRules.badPoints, ratios.count)
    for (level, bound) in [(Finding.Level.critical, metric.critical), (.warn, metric.warn)] {
      guard let bound else { continue }
      let bad = ratios.filter { $0.value > bound }
      guard needed > 0, bad.count >= needed, let since = bad.first, let last = bad.last else {
        continue
      }
      let isLoss = ratios.count { $0.value >= EstateRules.lossRatio } >= needed
      let finding = Finding(
        family: .errors, level: level, since: since.time, value: last.value, limit: bound)
      return add(finding, isLoss: isLoss, to: &findings)
    }
  }

  /// Whether nothing is, or was a moment ago, registered at a door: neither a healthy host nor an
  /// unhealthy one.
  private func isEmpty(_ front: Front, _ board: SignalBoard) -> Bool {
    front.unhealthy.allSatisfy { (board.signals[$0].points.last?.value ?? 0) == 0 }
      && front.healthy.allSatisfy {
        let judged = board.signals[$0].points.suffix(EstateRules.pointsJudged)
        return judged.isEmpty || judged.contains { $0.value == 0 }
      }
  }

  private func judgeHosts(
    _ front: Front, _ board: SignalBoard, _ number: Int, _ now: Timestamp,
    _ findings: inout [Finding]
  ) {
    let metric = board.signals[number].metric
    if let finding = board.signals[number].judged(
      at: now, family: .hosts, warn: nil, critical: metric.critical)
    {
      return add(finding, isLoss: true, to: &findings)
    }
    var unhealthy = 0.0
    for other in front.unhealthy where !board.signals[other].isOverdue(at: now) {
      unhealthy += board.signals[other].points.last?.value ?? 0
    }
    guard unhealthy > 0 else { return }
    let share: (Double) -> Double = { $0 / ($0 + unhealthy) }
    add(
      board.signals[number].judged(
        at: now, family: .hosts, warn: metric.warn, critical: nil, share),
      to: &findings)
  }

  /// Keeps the worst finding of each family.
  private func add(_ finding: Finding?, isLoss: Bool = false, to findings: inout [Finding]) {
    guard var finding else { return }
    finding.isLoss = isLoss && finding.level == .critical
    if let index = findings.firstIndex(where: { $0.family == finding.family }) {
      if findings[index].level < finding.level { findings[index] = finding }
    } else {
      findings.append(finding)
    }
  }
}
