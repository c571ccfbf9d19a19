import Documents
import Monitoring
import Telemetry

/// Turns the document of a `meridian.yaml` into a `ConfigurationFile`.
struct ConfigurationReader {
  let path: String
  let environment: (String) -> String?

  /// Keys that later versions act on; this one says that it does not.
  private static let laterKeys = ["notify"]
  private static let topologyKeys = ["name", "regions", "deployment", "deployments", "services"]
  private static let ownKeys = [
    "alarms", "listen", "evaluationRange", "templateParameters", "state", "theme", "sources",
    "catalog", "naming", "record",
  ]

  func read(_ document: Node) throws(Fault) -> ConfigurationFile {
    var file = ConfigurationFile(path: path)
    guard document.value != .null else { return file }
    let entries = try document.mapping()
    let known = Self.laterKeys + Self.topologyKeys + Self.ownKeys + AlarmCollection.keys
    if let fault = document.unknownKeys(Set(known)).first { throw fault }
    for entry in entries where Self.laterKeys.contains(entry.key) {
      file.warnings.append(Self.warning(about: entry))
    }
    let kept = entries.filter { !Self.laterKeys.contains($0.key) }
    let resolution = ConfigurationResolution(environment: environment, file: path)
    let settings = try resolution.resolve(Node(.mapping(kept), place: document.place))
    let topology = Self.part(settings, Self.topologyKeys)
    if topology.entries?.isEmpty == false { file.topology = topology }
    try readOwnKeys(settings, into: &file)
    try readAlarms(settings, into: &file)
    return file
  }

  private static func warning(about entry: Node.Entry) -> String {
    let place = entry.value.place
    return "\(place.file):\(place.line): this version does not act on the key '\(entry.key)'"
  }

  /// The entries of some keys alone.
  private static func part(_ node: Node, _ keys: [String]) -> Node {
    Node(.mapping((node.entries ?? []).filter { keys.contains($0.key) }), place: node.place)
  }

  private func readOwnKeys(_ node: Node, into file: inout ConfigurationFile) throws(Fault) {
    if let state = node["state"] {
      file.statePath = FileBytes.resolve(try state.string(), relativeTo: path)
    }
    if let theme = node["theme"] { file.theme = try theme.string() }
    if let listen = node["listen"] { file.listen = try ListenSetting.read(listen) }
    if let catalog = node["catalog"] {
      for folder in catalog.elements ?? [catalog] {
        let path = FileBytes.resolve(try folder.string(), relativeTo: path)
        guard FileBytes.isFolder(path) else { throw folder.fault("a folder with YAML files") }
        file.catalogFolders.append(path)
      }
    }
    if let record = node["record"] {
      file.record = try RecordSetting.read(record, relativeTo: path)
    }
    file.naming = node["naming"]
    guard let sources = node["sources"] else { return }
    let list = sources.elements ?? [sources]
    for source in list { file.sources.append(resolveSource(try source.string())) }
  }

  /// A source that is a path is relative to the file; standard input and URLs stay as they are.
  private func resolveSource(_ source: String) -> String {
    source == "-" || source.contains("://") ? source : FileBytes.resolve(source, relativeTo: path)
  }

  private func readAlarms(_ node: Node, into file: inout ConfigurationFile) throws(Fault) {
    var alarms = AlarmFiles(
      relativeTo: path, zones: .ofThisMachine(environment: environment),
      parameters: try Self.templateParameters(node))
    for part in node["alarms"].map({ $0.elements ?? [$0] }) ?? [] {
      if part.entries == nil { try alarms.add(pattern: part) } else { alarms.add(document: part) }
    }
    let inline = Self.part(node, AlarmCollection.keys)
    if inline.entries?.isEmpty == false { alarms.add(document: inline) }
    let (collection, faults) = alarms.collection
    (file.alarms, file.muteRules, file.alarmFaults) =
      (collection.alarms, collection.muteRules, faults)
    file.alarmDocument = alarms.merged
    file.namesAlarms = node["alarms"] != nil || inline.entries?.isEmpty == false
    guard let range = node["evaluationRange"] else { return }
    file.evaluationRange = try range.integer()
    if try range.integer() < 1 { throw range.fault("a whole number of slots, at least 1") }
  }

  /// What CloudFormation templates do not tell; their region is that of the primary.
  private static func templateParameters(
    _ node: Node
  ) throws(Fault) -> CloudFormationTemplate.Parameters {
    var parameters = CloudFormationTemplate.Parameters()
    for entry in try node["templateParameters"]?.mapping() ?? [] {
      parameters.values[entry.key] = entry.value
    }
    parameters.region =
      node["regions"]?.entries?.first { entry in
        entry.value["role"]?.value == .string("primary")
      }?.key
    return parameters
  }
}
