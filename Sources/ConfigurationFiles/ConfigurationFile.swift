import Documents
import Monitoring

/// `meridian.yaml`, read: the estate, the alarms, and where things are kept.
///
/// A mistake in the file itself is thrown; a faulty alarm definition is kept in `alarmFaults` and
/// skipped, so that one bad alarm costs one alarm.
package struct ConfigurationFile: Sendable {
  package var path: String
  /// The keys of the topology; nil where the file has none of them.
  package var topology: Node?
  package var alarms: [AlarmDefinition] = []
  package var muteRules: [AlarmMuteRule] = []
  /// The slots fetched for every alarm, instead of the rule; nil: the rule.
  package var evaluationRange: Int?
  /// Whether the file says anything about alarms, even an empty list.
  package var namesAlarms = false
  package var alarmFaults: [Fault] = []
  /// The alarms as they are written, for line one of a recording; nil where there are none.
  package var alarmDocument: Node?
  /// What was accepted and is not acted on, as sentences.
  package var warnings: [String] = []
  /// The SQLite file that carries alarm states from run to run; nil: no memory.
  package var statePath: String?
  package var theme: String?
  /// Where the daemon records what it receives; nil: nowhere.
  package var record: RecordSetting?
  /// Where to listen for metrics.
  package var listen: [ListenSetting] = []
  /// Folders with services of the users' own, one YAML file each.
  package var catalogFolders: [String] = []
  /// How names and labels of other systems become CloudWatch's, as it is written; nil: as usual.
  package var naming: Node?
  /// What to read when the command line names no source.
  package var sources: [String] = []

  package init(path: String) { self.path = path }

  /// Reads a configuration file and the alarm files that it names.
  package static func load(
    _ path: String, environment: @escaping (String) -> String?
  ) throws(Fault) -> ConfigurationFile {
    guard let bytes = FileBytes.read(path) else {
      throw Fault(place: Node.Place(), value: path, expected: "a readable configuration file")
    }
    let document = try Node.document(bytes, file: path)
    return try ConfigurationReader(path: path, environment: environment).read(document)
  }
}

extension Node {
  /// Reads JSON where the file is JSON by name or content (much faster), YAML otherwise.
  package static func document(_ bytes: [UInt8], file: String) throws(Fault) -> Node {
    if let kind = binaryKind(of: bytes) {
      throw Fault(place: Place(file: file), value: kind, expected: "JSON or YAML as plain text")
    }
    if file.hasSuffix(".json") { return try json(bytes, file: file) }
    let first = bytes.first { ![9, 10, 13, 32].contains($0) }
    let mayBeJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    if mayBeJSON, let node = try? json(bytes, file: file) { return node }
    return try yaml(String(decoding: bytes, as: UTF8.self), file: file)
  }

  /// What a file is that is no text: the bytes themselves would tell nobody anything.
  private static func binaryKind(of bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0x1F, 0x8B]) { return "a gzip file" }
    if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { return "a zstd file" }
    return bytes.contains(0) ? "a binary file" : nil
  }
}
