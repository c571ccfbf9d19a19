import Telemetry

/// One region: what is found about it, the health that follows, and its history.
struct RegionWatch: Sendable {
  let region: Int
  private(set) var findings: [Finding] = []
  private(set) var state: RegionHealth?
  private(set) var history = History<Entry>()
  /// Whether other regions see its replication work: then it is not down, whatever is missing.
  private(set) var isAlive = false

  private var betterSince: Timestamp?
  private var worstWhileBetter = RegionHealth.healthy
  /// What was found when it was at its worst since.
  private var worstFindings: [Finding] = []
  private var firstLook: Timestamp?

  struct Entry: Hashable, Sendable {
    var state: RegionHealth
    var since: Timestamp
    /// Empty when healthy.
    var findings: [Finding]

    /// Sentences, with the age that a silence has by then.
    func reasons(at time: Timestamp) -> [String] {
      findings.map { finding in
        var finding = finding
        if finding.family == .silence, finding.value > 0 {
          finding.value = time.seconds(since: finding.since)
        }
        return finding.sentence
      }
    }
  }

  init(region: Int) { self.region = region }

  /// Takes the new findings, moves the health with its hysteresis, and tells the previous health
  /// when it changed and one was known before.
  mutating func judge(
    _ found: [Finding], isSilent: Bool, wasSeen: Bool, isAlive: Bool, isDrained: Bool = false,
    now: Timestamp
  ) -> RegionHealth? {
    firstLook = firstLook ?? now
    self.isAlive = isAlive
    let known = findings
    keep(found)
    guard wasSeen || now - (firstLook ?? now) > EstateRules.blindAfter else { return nil }
    var candidate = Self.health(of: findings, isSilent: isSilent, isAlive: isAlive)
    if isDrained, !isSilent, candidate != .healthy { candidate = .maintenance }
    let previous = state
    settle(candidate, now)
    let hasChanged = previous != state
    if hasChanged || !Self.areAlike(known, findings) && state != .healthy { record(now) }
    return hasChanged ? previous : nil
  }

  /// The new findings, each with the beginning of its uninterrupted run.
  private mutating func keep(_ found: [Finding]) {
    var kept = found.sorted { $0.family.rawValue < $1.family.rawValue }
    for index in kept.indices {
      if let known = findings.first(where: { $0.family == kept[index].family }) {
        kept[index].since = min(known.since, kept[index].since)
      }
    }
    findings = kept
  }

  /// Whether two lookings found the same with the same figures; that a silence lasts is no news.
  private static func areAlike(_ left: [Finding], _ right: [Finding]) -> Bool {
    left.count == right.count
      && zip(left, right).allSatisfy { known, new in
        known.family == .silence ? new.family == .silence : known == new
      }
  }

  /// The health that findings make.
  ///
  /// A silent region is blind, unless someone outside sees users cut off, or says that it is down
  /// while nobody sees it work. Down takes two independent families, one of which says that users are
  /// cut off.
  static func health(of findings: [Finding], isSilent: Bool, isAlive: Bool) -> RegionHealth {
    if isSilent {
      let outside = findings.filter { $0.family.isOutside || $0.isFromOutside && $0.isLoss }
      let isDown = outside.contains(where: \.isLoss) || !outside.isEmpty && !isAlive
      return isDown ? .down : .blind
    }
    let own = findings.filter { !$0.family.onlySupports }
    let critical = own.filter { $0.level == .critical }
    let supporting = findings.count - own.count
    if critical.contains(where: \.isLoss), critical.count + supporting >= 2 { return .down }
    if !critical.isEmpty || findings.count >= 2 { return .impaired }
    return own.isEmpty ? .healthy : .degraded
  }

  /// Worse at once; better only after a quiet time, to the worst seen in it.
  private mutating func settle(_ candidate: RegionHealth, _ now: Timestamp) {
    guard let current = state, candidate.severity < current.severity else {
      state = candidate
      betterSince = nil
      return
    }
    if betterSince == nil {
      betterSince = now
      worstWhileBetter = .healthy
    }
    if candidate.severity >= worstWhileBetter.severity {
      worstWhileBetter = candidate
      worstFindings = findings
    }
    let quiet = current == .blind ? EstateRules.sightQuiet : EstateRules.recoveryQuiet
    guard let betterSince, now - betterSince >= quiet else { return }
    state = worstWhileBetter
    self.betterSince = nil
  }

  private mutating func record(_ now: Timestamp) {
    guard let state else { return }
    let known = history.latest
    let since = known?.state == state ? known?.since ?? now : now
    var told = state == .healthy ? [] : findings
    if told.isEmpty, state != .healthy, let known {
      told = known.state == state ? known.findings : worstFindings
    }
    history.append(Entry(state: state, since: since, findings: told), at: now)
    // Figures change every minute while a region is ill; nobody reads further back than samples go.
    history.forget(before: now - SeriesStore.Retention().milliseconds)
  }
}

extension RegionHealth {
  /// How much it matters; blind stands between impaired and down, for it may hide either.
  var severity: Int {
    switch self {
    case .healthy: 0
    case .maintenance: 0
    case .degraded: 1
    case .impaired: 2
    case .blind: 3
    case .down: 4
    }
  }
}
