import Telemetry

/// One deployment: the state of its failover, the evidence that moved it, and its clocks.
///
/// The machine of the specification: STEADY, DETECTING, FAILING_OVER, FAILED_OVER, FAILING_BACK, with
/// STUCK, SPLIT_BRAIN and BLIND beside. A move takes two independent kinds of evidence, and there is
/// one move an instant, so that a reader can follow it. Whose writes count is told by the lead: the
/// first service of the deployment that has one writer.
struct GroupWatch: Sendable {
  let deployment: Deployment
  let services: [Int]
  /// Regions of its services, in the order of the topology.
  let members: [Int]
  /// The watch of the service whose writer is the deployment's, by its place in the estate.
  let lead: Int?
  /// The planned primary; nil where all regions are active.
  let home: Int?

  var primary: Int?
  private(set) var state: FailoverState?
  private(set) var since: Timestamp?
  private(set) var evidence: [Evidence] = []
  private(set) var incidentStart: Timestamp?
  /// What the last promotion cost, with what the old primary took after it.
  var rpoAchieved: Double? { lossOfMove.map { $0 + stray.seconds } }
  /// What the last promotion cost when it was made; nil: not known.
  var lossOfMove: Double?
  /// What the old primary took after it, which is in no copy.
  var stray = StrayWrites()
  private(set) var rtoAchieved: Double?
  private(set) var epoch = 1
  /// Events of all its services, by their own time.
  private(set) var notes: [FailoverNote] = []
  /// A promotion that was proven and not yet told as FAILED_OVER.
  var pending: WriterWatch.Promotion?
  /// The sick region of a deployment whose regions are all active.
  var subject: Int?
  /// When the new primary took over, while requests are still missing.
  private(set) var unserved: Timestamp?
  /// Regions that were evacuated before it and are not back; the newest last.
  var evacuated: [Int] = []
  /// Whether the region in question was well, and was left because somebody asked for it.
  var isOrdered = false
  /// What BLIND froze.
  var frozen: FailoverState?
  /// Whether DETECTING began while replicas were still missing.
  var wasUnprotected = false
  var quietSince: Timestamp?
  /// When the last failover finished: another needs more for some time.
  private(set) var finished: Timestamp?
  /// Where the time of the running, or the last, incident went.
  var clock = RecoveryClock()
  /// When a failover of a drill last finished.
  private(set) var drilled: Timestamp?
  /// By the region that evaluated: the newest of the provider's evaluations of the plan.
  var evaluations: [PlanEvaluation] = []
  /// Whether the running incident, or the present time, is a drill.
  var isDrill = false
  /// What the plan and the commands want, and since when it differs from what is seen.
  var expectation = Expectation()
  var history = History<Record>()
  var readiness: [History<Readiness>]
  /// By member: what keeps its checks from flapping.
  var steadiness: [ReadinessHold]

  /// What a reading of the deployment needs from an instant.
  struct Record: Hashable, Sendable {
    var state: FailoverState
    var since: Timestamp
    var evidence: [Evidence]
    var primary: Int?
    var writers: [Int]
    var writersKnown: Bool
    /// Since when nobody writes; nil while somebody does, or it is not known.
    var writeOutageStart: Timestamp?
    var epoch: Int
    var incidentStart: Timestamp?
    var rpoAchieved: Double?
    var rtoAchieved: Double?
    var clock: RecoveryClock
    var expectation: Expectation
    var fencing: Fencing?
    var isDrill: Bool
  }

  init(deployment: Deployment, services: [Int], members: [Int], lead: Int?, home: Int?) {
    self.deployment = deployment
    self.services = services
    self.members = members
    self.lead = lead
    self.home = home
    primary = home
    readiness = members.map { _ in History<Readiness>() }
    steadiness = members.map { _ in ReadinessHold() }
  }

  /// A deployment has some ten events in a failover; older ones have done their work.
  private static let noteLimit = 100

  mutating func note(_ note: FailoverNote) {
    let index = notes.firstIndex { $0.time > note.time } ?? notes.endIndex
    notes.insert(note, at: index)
    if notes.count > Self.noteLimit { notes.removeFirst() }
  }

  /// Notes that came after the last promotion.
  var currentNotes: ArraySlice<FailoverNote> {
    guard let start = lastCompletion else { return notes[...] }
    return notes[(notes.partitionIndex { $0.time > start })...]
  }

  /// When the newest promotion was complete.
  private(set) var lastCompletion: Timestamp?

  /// The steady state that fits who is primary.
  var steady: FailoverState { primary == home ? .steady : .steadySwapped }

  mutating func begin(_ now: Timestamp) {
    state = .steady
    since = now
  }

  mutating func take(_ promotion: WriterWatch.Promotion) {
    pending = promotion
    primary = promotion.to
    epoch += 1
    lastCompletion = promotion.completed
    unserved = promotion.completed
    rtoAchieved = nil
    stray = StrayWrites()
  }

  /// Enters a state with the evidence that moved it.
  mutating func enter(_ move: Move, _ now: Timestamp) {
    let previous = state
    let isNew = beginsAnew(with: move)
    let first = move.evidence.filter(\.supports).map(\.time).min() ?? now
    state = move.to
    since = now
    evidence = move.evidence.sorted().withoutRepetition
    quietSince = nil
    switch move.to {
    case .steady, .steadySwapped: incidentStart = nil
    case .blind: break
    default:
      if isNew || incidentStart == nil { incidentStart = min(first, now) }
    }
    if move.to == .failingOver || move.to == .failingBack {
      if let begun = incidentStart { incidentStart = min(begun, first) }
    }
    clock.note(move, began: incidentStart, isNew: isNew, notes: notes, now)
    if let pending { clock.executed = pending.completed }
    // What only goes back to where it was has completed nothing.
    let isReturn = pending == nil && (previous == .blind || previous == .detecting)
    if move.to == .failedOver, !isReturn { complete(move, now) }
  }

  /// Whether a move begins another incident: from rest, or once users are served by the new primary.
  private func beginsAnew(with move: Move) -> Bool {
    switch state {
    case nil, .steady, .steadySwapped: true
    case .failedOver: unserved == nil && (move.to == .detecting || move.to == .failingOver)
    default: false
    }
  }

  /// A breach of the primary that becomes known after the move away from it has begun, as of a feed that is
  /// late, was the beginning all the same.
  mutating func lookForBreach(_ scene: Scene) {
    guard state == .failingOver, pending == nil, let begun = incidentStart,
      isSick(scene) || scene.primaryHealth == .blind,
      let first = scene.findings.map(\.began).min(), first < begun
    else { return }
    incidentStart = first
    clock.began = first
  }

  /// Takes note of a command that became known while the move it began was under way, or after it.
  mutating func lookForCommand(_ now: Timestamp) {
    guard clock.commanded == nil, !notes.isEmpty,
      state == .failingOver || state == .failingBack || state == .failedOver
    else { return }
    clock.look(for: notes, now)
  }

  /// The new primary serves, or the last traffic has left; the clock stops when users are served too.
  private mutating func complete(_ move: Move, _ now: Timestamp) {
    let completed = pending?.completed ?? move.evidence.map(\.time).max() ?? now
    if pending == nil {
      unserved = completed
      clock.executed = completed
      rtoAchieved = nil
    }
    finished = now
    if isDrill { drilled = completed }
    pending = nil
  }

  /// Stops the clock of the RTO: users have been served since a minute.
  mutating func serve(since minute: Timestamp?) {
    guard let completed = unserved, let incidentStart else { return }
    let restored = max(completed, minute ?? completed)
    rtoAchieved = max(0, restored.seconds(since: incidentStart))
    clock.recovered = restored
    unserved = nil
  }

  /// One step of the machine.
  struct Move: Hashable, Sendable {
    var to: FailoverState
    var evidence: [Evidence]

    /// Whether two independent kinds of evidence speak for it.
    ///
    /// Two regions that both write publish it independently of each other. BLIND claims nothing about
    /// a failover: silence alone is enough for it, and sight for its end.
    func isProven(from state: FailoverState) -> Bool {
      if to == .blind || state == .blind { return true }
      let supporting = evidence.filter(\.supports)
      if to == .splitBrain, Set(supporting.map { $0.family + ($0.region ?? "") }).count >= 2 {
        return true
      }
      return Set(supporting.map(\.family)).count >= 2
    }
  }
}

extension [Evidence] {
  /// Each sentence once, with its earliest time.
  fileprivate var withoutRepetition: [Evidence] {
    var seen: Set<String> = []
    return filter { seen.insert("\($0.supports) \($0.text)").inserted }
  }
}
