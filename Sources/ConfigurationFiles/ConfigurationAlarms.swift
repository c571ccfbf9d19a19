import Documents
import Monitoring
import Telemetry

/// The documents with alarm definitions that a configuration names: in files, by glob, or inline.
package struct AlarmFiles: Sendable {
  /// CloudFormation templates are in here as what they say about alarms.
  package private(set) var documents: [Node] = []
  /// Files that could not be read: named and skipped.
  package private(set) var faults: [Fault] = []
  /// What templates left open: named, and the rest is there.
  package private(set) var unresolved: [Fault] = []
  private let base: String
  private let zones: TimeZones
  private let parameters: CloudFormationTemplate.Parameters

  /// Relative paths start from the folder of the file `base`; empty: from the current folder.
  package init(
    relativeTo base: String = "", zones: TimeZones = TimeZones(),
    parameters: CloudFormationTemplate.Parameters = .init()
  ) {
    self.base = base
    self.zones = zones
    self.parameters = parameters
  }

  /// All definitions, and what could not be used; the rest runs.
  package var collection: (alarms: AlarmCollection, faults: [Fault]) {
    let collection = AlarmCollection(documents, zones: zones)
    return (collection, faults + unresolved + collection.faults)
  }

  /// All documents as one, with the keys of `describe-alarms`; nil where they hold no alarm.
  package var merged: Node? {
    let entries = AlarmCollection.keys.compactMap { key -> Node.Entry? in
      let lists = documents.flatMap { document -> [Node] in
        if let list = document.elements { return key == AlarmCollection.keys[0] ? list : [] }
        return document[key]?.elements ?? []
      }
      return lists.isEmpty ? nil : Node.Entry(key: key, value: Node(.sequence(lists)))
    }
    return entries.isEmpty ? nil : Node(.mapping(entries))
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

  package mutating func add(document: Node) {
    guard document["Resources"] != nil else { return documents.append(document) }
    let template = CloudFormationTemplate(document, parameters: parameters)
    documents.append(template.alarms)
    unresolved += template.faults
  }
}
