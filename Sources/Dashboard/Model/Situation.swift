import Monitoring
import Telemetry

/// What a frame shows, read once from the engine: views draw this and ask nothing else.
package struct Situation: Sendable {
  /// The instant that is shown.
  package var time: Timestamp
  package var mode: Scene.Mode
  /// The engine behind it, for what is calculated only when it is looked at.
  package var moment: Moment?
  package var topology: Topology
  package var store: SeriesStore
  /// In the order of the topology: regions keep their places.
  package var regions: [RegionReading]
  /// Worst first.
  package var links: [LinkReading]
  package var failovers: [FailoverReading]
  /// Worst first.
  package var alarms: [AlarmReading]
  /// Up to `time`, oldest first.
  package var transitions: ArraySlice<Transition>
  /// Arrived by `time`, oldest arrival first.
  package var events: ArraySlice<Event>
  package var sources: [SourceStatus]
  package var rejects: Int
  /// Where data begin and end, for keys that jump there.
  package var firstTime: Timestamp?

  package init(time: Timestamp, mode: Scene.Mode = .live) {
    self.time = time
    self.mode = mode
    topology = Topology()
    store = SeriesStore()
    regions = []
    links = []
    failovers = []
    alarms = []
    transitions = []
    events = []
    sources = []
    rejects = 0
  }

  package init(_ scene: Scene) {
    let moment = scene.moment
    self.init(time: moment.time, mode: scene.mode)
    self.moment = moment
    topology = moment.topology
    store = moment.store
    regions = moment.regions
    links = moment.links
    failovers = moment.failovers
    alarms = moment.alarms
    transitions = moment.transitions(since: .distantPast)
    events = moment.events
    sources = scene.sources
    rejects = moment.engine.rejects.count
    firstTime = transitions.first?.time
    sortWorstFirst()
  }

  /// Sorts links and alarms so that what matters stands first.
  package mutating func sortWorstFirst() {
    links.sort { left, right in
      let (a, b) = (Standing(left.state), Standing(right.state))
      if a.severity != b.severity { return a.severity > b.severity }
      let (x, y) = (left.strain ?? -1, right.strain ?? -1)
      return x != y ? x > y : left.identity < right.identity
    }
    alarms.sort { left, right in
      if left.rank != right.rank { return left.rank > right.rank }
      let (x, y) = (left.stateTransitioned ?? .distantPast, right.stateTransitioned ?? .distantPast)
      return x != y ? x > y : left.identity < right.identity
    }
  }

  /// Seconds from an instant to the one shown; nil for nil.
  package func age(of time: Timestamp?) -> Double? {
    time.map { max(self.time.seconds(since: $0), 0) }
  }
}

extension LinkReading {
  /// Names the link in selections.
  package var identity: String { "\(service) \(from) \(to)" }
  /// How much of the objective is used up by the lag; nil when unknown.
  package var strain: Double? {
    guard let lagSeconds, let rpoSeconds, rpoSeconds > 0 else { return nil }
    return lagSeconds / rpoSeconds
  }
}

extension LinkReading {
  /// Whether the sample is so old that the lag it tells says little: then what is at risk counts.
  var isOverdue: Bool { state != .ok && (ageSeconds ?? 0) > (lagSeconds ?? 0) }

  /// The share of the objective that the lag, or an overdue sample, uses up; nil when unknown.
  var shownStrain: Double? {
    guard isOverdue, let rpoNowSeconds, let rpoSeconds, rpoSeconds > 0 else { return strain }
    return rpoNowSeconds / rpoSeconds
  }
}

extension AlarmReading {
  /// Names the alarm in selections.
  package var identity: String { "\(name) \(region ?? "")" }

  /// Firing alarms stand before those without data, unlike in exit codes: they tell more.
  var rank: Int {
    switch state {
    case .alarm: definition.severity == .critical ? 3 : 2
    case .insufficientData: 1
    case .ok: 0
    }
  }
}
