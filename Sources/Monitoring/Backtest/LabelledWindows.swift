import Documents
import Telemetry

/// When something was wrong, by recording: the Numenta Anomaly Benchmark's `combined_windows.json`.
///
/// `{"realAWSCloudWatch/cpu.csv": [["2014-02-26 13:45:00.000000", "2014-02-27 06:25:00.000000"]]}`.
/// A bare list of windows is about everything that is tested.
package struct LabelledWindows: Hashable, Sendable {
  /// By path, as the file has them.
  private var files: [(name: String, windows: [ClosedRange<Timestamp>])]
  /// Windows without a file.
  private var common: [ClosedRange<Timestamp>]?

  package init(_ node: Node) throws(Fault) {
    files = []
    if let elements = node.elements {
      common = try Self.windows(elements)
      return
    }
    for entry in try node.mapping() {
      files.append((entry.key, try Self.windows(entry.value.list())))
    }
  }

  /// The windows of a recording, by its path or by the name of its only metric; nil when the file
  /// says nothing about it.
  ///
  /// A file that is about one recording alone is taken to be about the one that is tested, where
  /// `isOnly` says so.
  package func windows(of names: [String], isOnly: Bool) -> [ClosedRange<Timestamp>]? {
    if let common { return common }
    let wanted = Set(names.map(Self.stem))
    if let file = files.first(where: { wanted.contains(Self.stem($0.name)) }) {
      return file.windows
    }
    return isOnly && files.count == 1 ? files[0].windows : nil
  }

  /// `realAWSCloudWatch/cpu.csv.gz` is `cpu`.
  package static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    for ending in [".gz", ".zst"] where name.hasSuffix(ending) {
      return stem(String(name.dropLast(ending.count)))
    }
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  private static func windows(_ nodes: [Node]) throws(Fault) -> [ClosedRange<Timestamp>] {
    var windows: [ClosedRange<Timestamp>] = []
    for node in nodes {
      let ends = try node.list()
      guard ends.count == 2 else { throw node.fault("a window: its first and its last instant") }
      let (first, last) = (try time(ends[0]), try time(ends[1]))
      guard first <= last else { throw node.fault("a window that begins before it ends") }
      windows.append(first...last)
    }
    return windows.sorted { $0.lowerBound < $1.lowerBound }
  }

  private static func time(_ node: Node) throws(Fault) -> Timestamp {
    guard let time = Timestamp(text: try node.string()) else {
      throw node.fault("an instant such as 2014-02-26 13:45:00")
    }
    return time
  }

  package static func == (left: LabelledWindows, right: LabelledWindows) -> Bool {
    left.common == right.common && left.files.elementsEqual(right.files) { $0 == $1 }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(common)
    for file in files { hasher.combine(file.name) }
  }
}
