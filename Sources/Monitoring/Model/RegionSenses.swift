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
  /// What starts and does not serve yet, and what is asked for where that is counted.
  var starters: [(pending: Int, desired: Int?)] = []
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
    for (number, signal) in board.signals.enumerated() where signal.source == region {
      let desired = board.signals.firstIndex {
        $0.service == signal.service && $0.source == region && $0.role == .desired
      }
      if signal.role == .pending { starters.append((number, desired)) }
      guard signal.role == .inService, signal.metric.ratioTo == .desired, let desired else {
        continue
      }
      crews.append((number, desired))
    }
  }

  private mutating func add(_ number: Int, _ signal: Signal, _ kind: ServiceKind) {
    switch signal.role {
    case .healthStatus, .healthPercentage: checks.append(number)
    case .canary: canaries.append(number)
    case .errors where signal.metric.ratioTo == nil: counts.append(number)
    case .writes: addWrites(number, signal, kind)
    case .status: plain.append((number, .status))
    case .throttles: plain.append((number, .capacity))
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
