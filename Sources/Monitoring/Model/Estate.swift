import Telemetry

/// The monitored estate: regions, replication links and deployments, with their states and history.
///
/// Every ten seconds of time, and whenever an event arrives, it looks at the newest points of the
/// signals that are bound to roles and judges in a fixed order: who writes, links, regions,
/// failover, readiness. It keeps what it judged, so any earlier instant can be read.
package struct Estate: Sendable {
  package let topology: Topology
  let catalog: Catalog
  var board: SignalBoard
  var links: [LinkWatch] = []
  var regions: [RegionWatch] = []
  var senses: [RegionSenses] = []
  var totals: [TrafficTotal] = []
  var writers: [WriterWatch] = []
  var groups: [GroupWatch] = []
  /// By link: how much of the last day's lag kept its objective.
  var lagDays: [LagDay] = []
  /// What serves, and may serve, of services that count it.
  var capacities: [CapacityPlace] = []
  /// Kilometres between regions, by their places.
  let distances: [[Double?]]
  /// Whether an experiment, or a note of the operator's, says that this is a drill.
  private(set) var isDrilling = false
  /// By service: when it got its present primary, and who that is.
  var primaries: [History<Primary>] = []

  /// Who a service's primary is, and since when; nil: from before the data.
  struct Primary: Hashable, Sendable {
    var region: Int
    var since: Timestamp?
  }

  package init(topology: Topology, catalog: Catalog) {
    self.topology = topology
    self.catalog = catalog
    board = SignalBoard(topology: topology, catalog: catalog)
    let codes = topology.regions.map(\.code)
    distances = codes.map { from in codes.map { RegionAtlas.kilometres(from, $0) } }
    regions = topology.regions.indices.map { RegionWatch(region: $0) }
    senses = topology.regions.indices.map {
      RegionSenses(region: $0, board: board, topology: topology, catalog: catalog)
    }
    totals = makeTotals()
    writers = makeWriters()
    links = makeLinks()
    groups = makeGroups()
    lagDays = links.map { _ in LagDay() }
    capacities = makeCapacities()
    primaries = topology.services.map { service in
      var history = History<Primary>()
      if let region = service.primary.flatMap(topology.index) {
        history.append(Primary(region: region, since: nil), at: .distantPast)
      }
      return history
    }
    activateLinks()
  }

  /// Milliseconds between the instants at which the estate is judged; nil without a topology.
  package var cadenceMilliseconds: Int64? {
    topology.regions.isEmpty ? nil : EstateRules.cadence
  }

  /// Whether the estate is judged at an instant, events apart.
  func isDue(at time: Timestamp, origin: Timestamp) -> Bool {
    cadenceMilliseconds.map { (time - origin) % $0 == 0 } ?? false
  }

  /// Binds a series that has its first data to regions and links.
  package mutating func seriesAppeared(_ series: SeriesID, metric: MetricID) {
    board.bind(series, metric: metric)
  }

  /// Takes note of an event that has arrived; the next `evaluate` judges with it.
  package mutating func observe(_ event: Event) {
    if let mark = DrillMark(event) { isDrilling = mark == .begins }
    for note in FailoverNote.notes(for: event, topology: topology, catalog: catalog) {
      if note.event.proves == .copied {
        noteCopy(event, of: note.service)
        continue
      }
      if let evaluation = PlanEvaluation(note) {
        for index in groups.indices where groups[index].services.contains(note.service) {
          groups[index].take(evaluation)
        }
        continue
      }
      for index in writers.indices where writers[index].service == note.service {
        writers[index].note(note)
      }
      for index in groups.indices where groups[index].services.contains(note.service) {
        groups[index].note(note)
      }
    }
  }

  /// Judges regions, links, readiness and failover at `now`; the changes, in order.
  package mutating func evaluate(
    at now: Timestamp, store: SeriesStore, alarms: AlarmBook
  ) -> [Transition] {
    guard !topology.regions.isEmpty else { return [] }
    board.refresh(store: store, now: now)
    var changes: [Transition] = []
    judgeWriters(now)
    judgeLinks(now, &changes)
    learnDay()
    judgeRegions(now, &changes)
    judgeGroups(now, store, alarms, &changes)
    if changes.count > 1 { changes.sort() }
    return changes
  }
}

extension Estate {
  func name(_ region: Int) -> String { topology.regions[region].code }

  private mutating func judgeLinks(_ now: Timestamp, _ changes: inout [Transition]) {
    for index in links.indices {
      guard let previous = links[index].judge(board, now: now), let state = links[index].state
      else { continue }
      changes.append(
        Transition(
          time: now, kind: .link, name: topology.services[links[index].service].name,
          region: name(links[index].from), toRegion: name(links[index].to),
          from: previous.rawValue, to: state.rawValue,
          reasons: links[index].history.latest?.reasons ?? []))
    }
  }

  private mutating func judgeWriters(_ now: Timestamp) {
    for index in writers.indices {
      let regions = regions
      writers[index].refresh(board, now: now) { regions[$0].state == .down }
      let service = writers[index].service
      guard let promotion = writers[index].promotion(board, surroundings(of: service, now)) else {
        continue
      }
      writers[index].promote(promotion)
      primaries[writers[index].service]
        .append(Primary(region: promotion.to, since: promotion.completed), at: now)
      activateLinks()
    }
  }

  private func surroundings(of service: Int, _ now: Timestamp) -> WriterWatch.Surroundings {
    WriterWatch.Surroundings(
      now: now, regionName: { name($0) }, health: { regions[$0].state },
      bad: { regions[$0].findings }, arrivals: { arrivals(at: $0, with: service, now) })
  }

  /// Links run from the present primary; those of services without one run for ever.
  mutating func activateLinks() {
    for index in links.indices {
      let writer = writers.first { $0.service == links[index].service }
      let isActive = writer.map { $0.primary == links[index].from } ?? true
      if isActive, !links[index].isActive {
        links[index].activeSince = writer?.lastPromotion?.completed
      }
      links[index].isActive = isActive
    }
  }
}
