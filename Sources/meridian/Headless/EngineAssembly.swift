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
  /// Alarm definitions that were skipped, each with its reason.
  var alarmFaults: [Fault] = []

  init(configuration: LoadedConfiguration?, header: RecordingHeader?) throws(Failure) {
    let file = configuration?.file
    let isExplicit = configuration?.place.isExplicit == true
    let headerTopology = header?.topology.map { header?.named($0) ?? $0 }
    let document =
      isExplicit ? file?.topology ?? headerTopology : headerTopology ?? file?.topology
    if let document { try readTopology(document, isRecorded: document != file?.topology) }
    if let file, file.namesAlarms, isExplicit || header?.alarms == nil {
      (alarms, alarmFaults) = (file.alarms, file.alarmFaults)
    } else if let recorded = header?.alarms {
      (alarms, alarmFaults) = AlarmDefinition.parse(recorded)
    }
    name = topology.name.isEmpty ? header?.name ?? "" : topology.name
  }

  /// An engine at the beginning of time.
  func makeEngine(options: EngineOptions = EngineOptions()) -> Engine {
    Engine(topology: topology, catalog: catalog, alarms: alarms, options: options)
  }

  /// The catalog is YAML, which is slow to read: only a topology needs it.
  private mutating func readTopology(_ node: Node, isRecorded: Bool) throws(Failure) {
    let known = Catalog.embedded()
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
  /// The topology under the recording's name, where it has none of its own.
  fileprivate func named(_ topology: Node) -> Node {
    guard !name.isEmpty, topology["name"] == nil, let entries = topology.entries else {
      return topology
    }
    let title = Node.Entry(key: "name", value: Node(.string(name), place: topology.place))
    return Node(.mapping([title] + entries), place: topology.place)
  }
}
