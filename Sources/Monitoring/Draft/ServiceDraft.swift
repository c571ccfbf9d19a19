import Telemetry

/// A service as the series of its resources suggest it.
package struct ServiceDraft: Hashable, Sendable {
  package var name = ""
  package var kind: ServiceKind
  package var dimensions: [Dimension]
  /// The region that writes, or that is replicated from; nil: not told, or all do.
  package var primary: String?
  /// The regions that receive, or all of them, in order.
  package var regions: [String] = []
  package var probes: [Probe] = []
  /// What only its owner knows, as sentences.
  package var questions: [String] = []

  var claims: [SeriesClaim]

  /// A health check or a canary.
  package struct Probe: Hashable, Sendable {
    package var name: String
    /// The region it looks at, by the code in its name; nil: only its owner knows.
    package var watches: String?
    /// The region that publishes it.
    package var runsIn: String
  }

  init(_ kind: ServiceKind, _ claims: [SeriesClaim]) {
    self.kind = kind
    self.claims = claims
    dimensions = claims.first?.dimensions ?? []
  }

  /// Whether a topology can hold it as it is.
  package var isComplete: Bool { questions.isEmpty }

  /// Whether a kind that replicates has a series that speaks of replication.
  var isPlausible: Bool { !kind.layout.replicates || claims.contains(where: \.role.isOfLink) }

  /// Works out the regions; `weight` is how much a series carried at the beginning, nil: it was not there.
  mutating func settle(weight: (Int) -> Double?) {
    switch kind.layout {
    case .primaryAndReplicas: settlePrimary(weight)
    case .multiWriter:
      regions = Set(claims.map(\.publisher) + claims.compactMap(\.target)).sorted()
      if regions.count < 2 { questions.append("into which other regions is it replicated?") }
    case .sourceToTargets: settleTargets()
    case .regional: regions = Set(claims.map { $0.source ?? $0.publisher }).sorted()
    case .healthChecks:
      collectProbes()
      ask("which region does each health check look at?")
    case .canaries:
      collectProbes()
      ask("which region does each canary watch?")
    case .edge:
      regions = []
      questions.append("which region is the origin?")
    }
  }

  /// The region that is told to be replicated from, else the one into which nothing is replicated, else
  /// the one that writes most.
  private mutating func settlePrimary(_ weight: (Int) -> Double?) {
    let links = claims.filter(\.role.isOfLink)
    let all = Set(claims.map(\.publisher) + links.compactMap(\.target) + links.compactMap(\.source))
    let early = links.filter { weight($0.series) != nil }
    let receivers = Set(early.compactMap(\.target))
    let told = Set(early.compactMap(\.source)).subtracting(receivers)
    let silent = receivers.isEmpty ? [] : all.subtracting(receivers)
    let writer = claims.filter { $0.role == .writes }
      .map { (region: $0.publisher, sum: weight($0.series) ?? 0) }
      .max { ($0.sum, $1.region) < ($1.sum, $0.region) }
    if told.count == 1 {
      primary = told.first
    } else if silent.count == 1 {
      primary = silent.first
    } else if let writer, writer.sum > 0 {
      primary = writer.region
    }
    regions = all.filter { $0 != primary }.sorted()
    if primary == nil { questions.append("which of its regions writes?") }
    if regions.isEmpty { questions.append("into which regions is it replicated?") }
  }

  private mutating func settleTargets() {
    let sources = Set(claims.compactMap(\.source))
    let targets = Set(claims.compactMap(\.target)).subtracting(sources)
    primary = sources.count == 1 ? sources.first : nil
    regions = targets.sorted()
    if primary == nil { questions.append("from which region is it replicated?") }
    if regions.isEmpty { questions.append("into which regions is it replicated?") }
  }

  private mutating func collectProbes() {
    for claim in claims {
      guard let name = claim.probe, !probes.contains(where: { $0.name == name }) else { continue }
      // A canary never looks at its own region; a health check is published in one for all.
      let code = RegionAtlas.code(in: name)
      let isOwn = kind.layout == .canaries && code == claim.publisher
      probes.append(Probe(name: name, watches: isOwn ? nil : code, runsIn: claim.publisher))
    }
    probes.sort { $0.name < $1.name }
  }

  /// Asks where a probe's name does not tell, or two tell the same.
  private mutating func ask(_ question: String) {
    let told = probes.compactMap(\.watches)
    let isAmbiguous = kind.layout == .healthChecks && Set(told).count < told.count
    if told.count < probes.count || isAmbiguous { questions.append(question) }
  }
}

extension ServiceDraft {
  /// A short name out of what names the resource: `orders` of `orders-{region}`, `web` of `app/web/50dc`.
  var suggestedName: String {
    guard let value = dimensions.first?.value else { return kind.name }
    let pathParts = value.split(separator: "/")
    let part = pathParts.count == 3 ? pathParts[1] : pathParts.last ?? Substring(value)
    let words = part.replacing("{region}", with: "-").split { !$0.isLetter && !$0.isNumber }
    let name = words.joined(separator: "-").lowercased()
    return name.isEmpty ? kind.name : name
  }
}
