import ConfigurationFiles
import Documents
import Monitoring
import WireFormats

/// What an engine is made of, put together from the configuration and the recording's own header.
///
/// A file given with `--config` wins over what a recording carries; what a recording carries wins
/// over a configuration that was merely found. Each wins part by part: a configuration without
/// alarms leaves the recording's alarms in force.
struct EngineAssembly: Sendable {
  var name = ""
  var topology = Topology()
  var catalog = Catalog()
  var alarms: [AlarmDefinition] = []
  var muteRules: [AlarmMuteRule] = []
  /// The slots fetched for every alarm, instead of the rule.
  var evaluationRange: Int?
  /// Alarm definitions that were skipped, each with its reason.
  var alarmFaults: [Fault] = []

  /// What was assumed, as sentences.
  var notes: [String] = []

  init(configuration: LoadedConfiguration?, header: RecordingHeader?) throws(Failure) {
    let file = configuration?.file
    let isExplicit = configuration?.place.isExplicit == true
    let headerTopology = header?.topology.map { header?.named($0) ?? $0 }
    let document =
      isExplicit ? file?.topology ?? headerTopology : headerTopology ?? file?.topology
    if let document {
      try readTopology(
        document, isRecorded: document != file?.topology, folders: file?.catalogFolders ?? [])
    }
    let recorded = header?.alarmDocuments ?? []
    if let file, file.namesAlarms, isExplicit || recorded.isEmpty {
      (alarms, muteRules, alarmFaults) = (file.alarms, file.muteRules, file.alarmFaults)
    } else {
      read(recorded: recorded)
    }
    evaluationRange = file?.evaluationRange
    refuseUnknownConditions()
    name = topology.name.isEmpty ? header?.name ?? "" : topology.name
  }

  /// An engine at the beginning of time.
  func makeEngine(options: EngineOptions = EngineOptions()) -> Engine {
    var options = options
    if options.evaluationRange == nil { options.evaluationRange = evaluationRange }
    return Engine(
      topology: topology, catalog: catalog, alarms: alarms, muteRules: muteRules, options: options)
  }

  private mutating func read(recorded documents: [Node]) {
    guard !documents.isEmpty else { return }
    var files = AlarmFiles(zones: .ofThisMachine(environment: environmentVariable))
    for document in documents { files.add(document: document) }
    let (collection, faults) = files.collection
    (alarms, muteRules, alarmFaults) = (collection.alarms, collection.muteRules, faults)
  }

  /// Leaves out composite alarms with a condition on what the topology does not have.
  private mutating func refuseUnknownConditions() {
    for (index, alarm) in alarms.enumerated().reversed() {
      guard let fault = alarm.composite?.unknownCondition(in: topology, of: alarm.name) else {
        continue
      }
      alarms.remove(at: index)
      alarmFaults.append(fault)
    }
  }

  private mutating func readTopology(
    _ node: Node, isRecorded: Bool, folders: [String]
  ) throws(Failure) {
    let known = Catalog.needed(by: node, folders: folders)
    let parsed = Topology.parse(node, catalog: known.catalog)
    let faults = known.faults + parsed.faults
    guard faults.isEmpty else {
      throw Failure(
        isRecorded ? .badData : .configuration,
        faults.map(\.description).joined(separator: "\n"))
    }
    (catalog, topology) = (known.catalog, parsed.topology)
  }
}

extension RecordingHeader {
  /// The alarms of the header, or those that its topology has inline.
  fileprivate var alarmDocuments: [Node] {
    if let alarms { return [alarms] }
    let inline = topology?.entries?.filter { AlarmCollection.keys.contains($0.key) } ?? []
    let own = inline.isEmpty ? [] : [Node(.mapping(inline), place: topology?.place ?? Node.Place())]
    return own + [topology?["alarms"]].compactMap { $0 }
  }

  /// The topology under the recording's name, where it has none of its own.
  fileprivate func named(_ topology: Node) -> Node {
    guard !name.isEmpty, topology["name"] == nil, let entries = topology.entries else {
      return topology
    }
    let title = Node.Entry(key: "name", value: Node(.string(name), place: topology.place))
    return Node(.mapping([title] + entries), place: topology.place)
  }
}
