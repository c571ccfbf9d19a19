import Telemetry

/// Who writes a service that has one writer: none, one, or two; and when the role moves.
///
/// A region writes when its last two minutes say so. A region that publishes lag is a replica: what it
/// writes is what it applies, or what it forwards. A promotion needs two kinds of evidence.
struct WriterWatch: Sendable {
  let service: Int
  let members: [Member]
  private(set) var primary: Int
  private(set) var epoch = 1
  /// When the present epoch began; nil: before the first evaluation.
  private(set) var epochStart: Timestamp?
  /// The provider's events since the epoch began, by their own time.
  private(set) var notes: [FailoverNote] = []
  private(set) var writing: [Writing]
  /// Whether a region wrote when it was last seen.
  private var wroteWhenSeen: [Bool]
  /// Whether a region's newest sample says that it writes, which takes a second one to be believed.
  private var mayHaveBegun: [Bool]
  private(set) var lastPromotion: Promotion?

  /// One region of the service and its signals.
  struct Member: Hashable, Sendable {
    var region: Int
    var writes: Int?
    /// Lag published in this region, from any source.
    var lags: [Int]
  }

  /// Whether a region writes.
  enum Writing: Hashable, Sendable {
    case never
    case unknown(wasWriting: Bool)
    case idle(since: Timestamp)
    case writes(since: Timestamp)

    var isWriting: Bool { if case .writes = self { true } else { false } }
    var isIdle: Bool { if case .idle = self { true } else { false } }
    var mayWrite: Bool {
      switch self {
      case .writes, .unknown(wasWriting: true): true
      default: false
      }
    }
  }

  struct Promotion: Hashable, Sendable {
    var time: Timestamp
    var from: Int
    var to: Int
    /// When the new primary first wrote, or was said to be promoted.
    var completed: Timestamp
    /// The last moment at which the old primary took writes.
    var lost: Timestamp
    var isPlanned: Bool
    var evidence: [Evidence]
    /// A minute in which both wrote: what the old one took then may be missing in the new one.
    var overlap: Timestamp?

    /// Whether the provider reported it, or somebody asked for it.
    var isTold: Bool {
      evidence.contains {
        $0.family == Family.events.name || $0.family == FailoverNote.commands
      }
    }
  }

  init(service: Int, primary: Int, members: [Member]) {
    self.service = service
    self.primary = primary
    self.members = members
    writing = members.map { _ in .never }
    wroteWhenSeen = members.map { _ in false }
    mayHaveBegun = wroteWhenSeen
  }

  mutating func note(_ note: FailoverNote) {
    let index = notes.firstIndex { $0.time > note.time } ?? notes.endIndex
    notes.insert(note, at: index)
    if notes.count > Self.noteLimit { notes.removeFirst() }
  }

  /// A failover has some ten events; more than this is repetition.
  private static let noteLimit = 50

  /// The regions that write now; two are a split brain.
  var writers: [Int] { members.indices.filter { writing[$0].isWriting }.map { members[$0].region } }

  /// Whether it can be told who writes: nobody who wrote when last seen is out of sight.
  var isKnown: Bool {
    guard writing.contains(where: { $0.isWriting || $0.isIdle }) else { return false }
    return !writing.contains { $0 == .unknown(wasWriting: true) }
  }

  /// Notes of the present epoch that are about a move, not late reports of the last one.
  var currentNotes: ArraySlice<FailoverNote> {
    guard let start = lastPromotion?.completed else { return notes[...] }
    return notes[(notes.partitionIndex { $0.time > start })...]
  }
}

extension WriterWatch {
  /// Reads who writes from the newest complete minutes.
  mutating func refresh(_ board: SignalBoard, now: Timestamp, isDown: (Int) -> Bool) {
    epochStart = epochStart ?? now
    var largest = 0.0
    for member in members {
      if let writes = member.writes { largest = max(largest, board.signals[writes].baseline.value) }
    }
    let threshold = largest * EstateRules.writingFraction
    for index in members.indices {
      writing[index] = judged(index, board, now: now, threshold: threshold, isDown: isDown)
      look(at: index, board, now: now, threshold: threshold)
    }
    settleHandover(board, threshold)
  }

  private mutating func look(
    at index: Int, _ board: SignalBoard, now: Timestamp, threshold: Double
  ) {
    mayHaveBegun[index] = false
    guard let number = members[index].writes, !board.signals[number].isOverdue(at: now),
      let last = board.signals[number].points.last
    else { return }
    wroteWhenSeen[index] = writing[index].isWriting
    mayHaveBegun[index] = last.value > threshold && !board.signals[number].metric.includesReplicated
  }

  /// Whether another region of the service writes, or seems to have begun.
  func writesElsewhere(than region: Int) -> Bool {
    members.indices.contains {
      members[$0].region != region && (writing[$0].isWriting || mayHaveBegun[$0])
    }
  }

  /// Whether it is seen of all other regions if they have begun to write when one stopped: then it can be
  /// told a writer that fails from a role that moves.
  func hasSeenOthers(
    than region: Int, since fall: Timestamp, _ board: SignalBoard, _ now: Timestamp
  ) -> Bool {
    members.allSatisfy { member in
      guard member.region != region, let number = member.writes else { return true }
      let signal = board.signals[number]
      guard !signal.hasEnded(at: now), let newest = signal.newest else { return true }
      return newest >= fall + signal.periodMilliseconds
    }
  }

  /// Whether the role was asked, or begun, to be moved before an instant, and that has not failed since.
  func isMoved(before fall: Timestamp) -> Bool {
    let told = currentNotes.filter { $0.event.proves != .issue }
    guard
      let start = told.last(where: {
        $0.event.proves == .commanded || $0.event.proves == .failingOver
      })
    else { return false }
    let end = told.last { $0.event.proves == .stuck || $0.event.proves == .cancelled }
    return told.contains { $0.event.proves.startsMove && $0.time <= fall }
      && end.map { $0.time < start.time } ?? true
  }

  /// Lets two regions write only where two of their minutes overlap.
  ///
  /// Metrics arrive one after the other, and the minute of a handover has writes of both. Until then
  /// the earlier writer is not known.
  private mutating func settleHandover(_ board: SignalBoard, _ threshold: Double) {
    let starts = writing.compactMap { state in
      if case .writes(let since) = state { since } else { nil }
    }
    guard starts.count > 1, let latest = starts.max() else { return }
    for index in members.indices {
      guard case .writes(let since) = writing[index], since < latest,
        let number = members[index].writes
      else { continue }
      let overlap = board.signals[number].points.count { $0.time >= latest && $0.value > threshold }
      if overlap < EstateRules.badPoints { writing[index] = .unknown(wasWriting: true) }
    }
  }

  private func judged(
    _ index: Int, _ board: SignalBoard, now: Timestamp, threshold: Double, isDown: (Int) -> Bool
  ) -> Writing {
    guard let number = members[index].writes, let newest = board.signals[number].points.last else {
      return .never
    }
    let known = writing[index]
    // One lost point is no silence: who wrote goes on to write for a period more.
    if board.signals[number].isSilent(at: now) {
      // Down is what others see of it: of a point or two that were lost on the way it says nothing.
      if isDown(members[index].region), board.signals[number].hasEnded(at: now) {
        return .idle(since: newest.time + board.signals[number].periodMilliseconds)
      }
      // That it was down is no measurement: once it is not, the primary is what it was when last seen.
      let isPrimary = members[index].region == primary
      return .unknown(wasWriting: isPrimary ? wroteWhenSeen[index] : known.mayWrite)
    }
    if members[index].region != primary {
      let onlyApplies =
        board.signals[number].metric.includesReplicated && !isCalled(index) && !isSourceAtRest
      if onlyApplies || isReplica(members[index], newest.time, board) {
        return known.isIdle ? known : .idle(since: newest.time)
      }
    }
    return settled(known, board.signals[number].points, threshold)
  }

  /// Two minutes in a row decide; until then, what was known goes on.
  private func settled(
    _ known: Writing, _ points: [Signal.Point], _ threshold: Double
  ) -> Writing {
    guard let last = points.last else { return known }
    let writes = last.value > threshold
    let run = points.reversed().prefix { ($0.value > threshold) == writes }
    guard run.count >= min(EstateRules.badPoints, points.count), let first = run.last else {
      return known == .never || known == .unknown(wasWriting: false)
        || known == .unknown(wasWriting: true)
        ? (writes ? .writes(since: last.time) : .idle(since: last.time)) : known
    }
    switch known {
    case .writes(let since) where writes: return .writes(since: since)
    case .idle(let since) where !writes: return .idle(since: since)
    default: return writes ? .writes(since: first.time) : .idle(since: first.time)
    }
  }

  /// Whether the primary is seen not to write: then a region that still does writes for itself.
  private var isSourceAtRest: Bool {
    members.firstIndex { $0.region == primary }.map { writing[$0].isIdle } ?? false
  }

  /// Whether an event of this epoch names the region as the one that takes over.
  private func isCalled(_ index: Int) -> Bool {
    currentNotes.contains {
      $0.target == members[index].region
        && ($0.event.proves == .promoted || $0.event.proves == .commanded)
    }
  }

  /// A region that published lag in the same minutes is a replica.
  func isReplica(_ member: Member, _ time: Timestamp, _ board: SignalBoard) -> Bool {
    member.lags.contains { number in
      guard let newest = board.signals[number].newest else { return false }
      return newest >= time - board.signals[number].periodMilliseconds
    }
  }

  mutating func promote(_ promotion: Promotion) {
    epoch += 1
    primary = promotion.to
    epochStart = promotion.completed
    lastPromotion = promotion
  }
}

extension Signal {
  /// Whether two points in a row are missing.
  func isSilent(at now: Timestamp) -> Bool { isOverdue(at: now - metric.periodMilliseconds) }
}
