import ConfigurationFiles
import Documents
import Monitoring

/// Reads what `lint` checks: alarm files, configurations, and the faults on the way.
struct LintReader {
  let environment: (String) -> String?
  private(set) var hasConfiguration = false
  private var alarms: AlarmFiles
  private var findings: [LintFinding] = []
  private var topology: Node?
  private var folders: [String] = []

  init(environment: @escaping (String) -> String?) {
    self.environment = environment
    alarms = AlarmFiles(zones: .ofThisMachine(environment: environment))
  }

  /// Keys that only a `meridian.yaml` has.
  private static let configurationKeys = [
    "regions", "services", "deployments", "alarms", "sources",
  ]

  mutating func read(_ path: String) throws(Failure) {
    guard let bytes = FileBytes.read(path) else {
      throw Failure(.inputOutput, "\(path) cannot be read")
    }
    do throws(Fault) {
      let document = try Node.document(bytes, file: path)
      if Self.configurationKeys.contains(where: { document[$0] != nil }) {
        try readConfiguration(path, document)
      } else {
        alarms.add(document: document)
      }
    } catch {
      findings.append(LintFinding(error, .configuration))
    }
  }

  /// The alarm files a configuration names are checked with it.
  private mutating func readConfiguration(_ path: String, _ document: Node) throws(Fault) {
    hasConfiguration = true
    let file = try ConfigurationFile.load(path, environment: environment)
    take(topologyOf: file)
    var own = AlarmFiles(relativeTo: path)
    if let list = document["alarms"] {
      for pattern in list.elements ?? [list] { try own.add(pattern: pattern) }
    }
    let inline = (document.entries ?? []).filter { AlarmCollection.keys.contains($0.key) }
    if !inline.isEmpty { own.add(document: Node(.mapping(inline), place: document.place)) }
    for found in own.documents { alarms.add(document: found) }
    findings += own.faults.map { LintFinding($0, .configuration) }
  }

  mutating func take(topologyOf file: ConfigurationFile) {
    if let found = file.topology { topology = found }
    folders += file.catalogFolders
  }

  var report: LintReport {
    let known = Catalog.embedded(folders: folders)
    let (collection, faults) = alarms.collection
    var all = findings + faults.map { LintFinding($0, .definition) }
    all += known.faults.map { LintFinding($0, .configuration) }
    var estate = Topology()
    if let topology {
      let parsed = Topology.parse(topology, catalog: known.catalog)
      estate = parsed.topology
      all += parsed.faults.map { LintFinding($0, .configuration) }
    }
    let lint = Lint(catalog: known.catalog, topology: estate)
    all += lint.findings(collection.alarms, in: alarms.documents)
    return LintReport(findings: all, alarmCount: collection.alarms.count)
  }
}

extension LintFinding {
  /// A fault of a document, as it is.
  fileprivate init(_ fault: Fault, _ rule: LintRule) {
    self.init(
      rule: rule, place: fault.place, value: fault.value,
      message: fault.value == nil ? "missing \(fault.expected)" : "not \(fault.expected)",
      remedy: fault.value == nil ? "write \(fault.expected)" : "write what is accepted")
  }
}
