import Documents
import Telemetry

/// A file of alarm unit tests.
package struct AlarmTestSuite: Sendable {
  package var definitions: [AlarmDefinition]
  /// Overrides the evaluation range of all alarms.
  package var evaluationRange: Int?
  package var tests: [AlarmTest]

  /// The paths of alarm definitions that a test file names, relative to it.
  package static func alarmFiles(in node: Node) throws(Fault) -> [Node] {
    try node["alarms"]?.list() ?? []
  }

  /// Reads a test file; `alarms` are the documents it names.
  ///
  /// A test file is exact or refused: the first fault in it, or in its alarms, is thrown.
  package static func parse(_ node: Node, alarms: [Node] = []) throws(Fault) -> AlarmTestSuite {
    _ = try node.mapping()
    try node.refuse(keysOutside: [
      "alarms", "MetricAlarms", "CompositeAlarms", "AlarmMuteRules", "evaluationRange", "tests",
    ])
    if let mutes = node["AlarmMuteRules"] {
      throw Fault(
        place: mutes.place, value: "AlarmMuteRules", expected: "evaluated in this version")
    }
    let hasInline = node["MetricAlarms"] != nil || node["CompositeAlarms"] != nil
    let (definitions, faults) = AlarmDefinition.parse(
      alarms + (hasInline ? [node.inlineAlarms] : []))
    if let fault = faults.first { throw fault }
    var suite = AlarmTestSuite(
      definitions: definitions, evaluationRange: try node["evaluationRange"]?.positive(), tests: [])
    let names = Set(definitions.map(\.name))
    for test in try node.required("tests").list() {
      suite.tests.append(try AlarmTest(test, alarms: names))
    }
    return suite
  }

  /// Runs all tests, each on an engine of its own.
  package func run() -> [AlarmTestResult] {
    tests.map { AlarmTestRun(suite: self, test: $0).run() }
  }
}

extension Node {
  /// Only the keys that define alarms.
  fileprivate var inlineAlarms: Node {
    let kept = (entries ?? []).filter { $0.key == "MetricAlarms" || $0.key == "CompositeAlarms" }
    return Node(.mapping(kept), place: place)
  }

  func refuse(keysOutside known: Set<String>) throws(Fault) {
    if let fault = unknownKeys(known).first { throw fault }
  }

  /// A duration after the start of a test.
  func offset(from start: Timestamp) throws(Fault) -> Timestamp {
    let offset = try durationMilliseconds()
    guard offset >= 0 else { throw fault("a duration after the start") }
    return start + offset
  }
}
