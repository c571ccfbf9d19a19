import Documents
import Monitoring

/// The documents with alarm definitions that a configuration names: in files, by glob, or inline.
package struct AlarmFiles: Sendable {
  package private(set) var documents: [Node] = []
  /// Files that could not be read: named and skipped.
  package private(set) var faults: [Fault] = []
  private let base: String

  /// The keys of `aws cloudwatch describe-alarms` and PutAlarmMuteRule.
  package static let keys = ["MetricAlarms", "CompositeAlarms", muteRules]
  private static let muteRules = "AlarmMuteRules"

  /// Relative paths start from the folder of the file `base`; empty: from the current folder.
  package init(relativeTo base: String = "") { self.base = base }

  /// All definitions, and what could not be used; the rest runs.
  package var definitions: (definitions: [AlarmDefinition], faults: [Fault]) {
    let parsed = AlarmDefinition.parse(documents)
    return (parsed.definitions, faults + parsed.faults)
  }

  /// What is accepted and not evaluated, as sentences.
  package var warnings: [String] {
    documents.compactMap { $0[Self.muteRules] }.map { rules in
      "\(rules.place.file):\(rules.place.line): this version does not act on \(Self.muteRules)"
    }
  }

  /// Reads the file, or the files, that a path or glob stands for.
  ///
  /// A path without wildcards that is not there is a mistake of the file that names it.
  package mutating func add(pattern node: Node) throws(Fault) {
    let pattern = FileBytes.resolve(try node.string(), relativeTo: base)
    guard FileBytes.isPattern(pattern) else {
      guard FileBytes.isReadableFile(pattern) else { throw node.fault("a readable file") }
      return add(file: pattern)
    }
    let paths = FileBytes.matches(pattern)
    if paths.isEmpty { faults.append(node.fault("a pattern that matches any file")) }
    for path in paths { add(file: path) }
  }

  package mutating func add(file path: String) {
    guard let bytes = FileBytes.read(path) else {
      let place = Node.Place(file: path)
      return faults.append(Fault(place: place, value: path, expected: "a readable file"))
    }
    do throws(Fault) {
      add(document: try Node.document(bytes, file: path))
    } catch {
      faults.append(error)
    }
  }

  package mutating func add(document: Node) { documents.append(document) }
}
