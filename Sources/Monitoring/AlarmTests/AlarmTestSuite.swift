import Documents
import Telemetry

/// A file of alarm unit tests.
package struct AlarmTestSuite: Sendable {
  package var definitions: [AlarmDefinition]
  package var muteRules: [AlarmMuteRule]
  /// Overrides the evaluation range of all alarms.
  package var evaluationRange: Int?
  package var tests: [AlarmTest]
  /// Alarms that exist because some test says what their state is.
  var introduced: [String] = []

  /// The paths of alarm definitions that a test file names, relative to it.
  package static func alarmFiles(in node: Node) throws(Fault) -> [Node] {
    try node["alarms"]?.list() ?? []
  }

  /// Reads a test file; `alarms` are the documents it names.
  ///
  /// A test file is exact or refused: the first fault in it, or in its alarms, is thrown.
  package static func parse(
    _ node: Node, alarms: [Node] = [], zones: TimeZones = TimeZones()
  ) throws(Fault) -> AlarmTestSuite {
    _ = try node.mapping()
    try node.refuse(
      keysOutside: Set(["alarms", "evaluationRange", "tests"] + AlarmCollection.keys))
    let tests = try node.required("tests").list()
    let inline = node.inlineAlarms
    let introduced = try introduced(in: tests)
    let collection = AlarmCollection(
      alarms + (inline.entries?.isEmpty == false ? [inline] : []), zones: zones,
      introduced: introduced)
    if let fault = collection.faults.first { throw fault }
    var suite = AlarmTestSuite(
      definitions: collection.alarms, muteRules: collection.muteRules,
      evaluationRange: try node["evaluationRange"]?.positive(), tests: [], introduced: introduced)
    let stubs = introduced.flatMap { [$0, AlarmReference($0).name] }
    let names = Set(collection.alarms.map(\.name) + stubs)
    for test in tests { suite.tests.append(try AlarmTest(test, alarms: names)) }
    return suite
  }

  /// The alarms that come into being because a test says what their state is.
  private static func introduced(in tests: [Node]) throws(Fault) -> [String] {
    var names: [String] = []
    for test in tests {
      for pin in try test["states"]?.list() ?? [] {
        let name = try pin.required("alarm").string()
        if !names.contains(name) { names.append(name) }
      }
    }
    return names
  }

  /// Runs all tests, each on an engine of its own.
  package func run() -> [AlarmTestResult] {
    tests.map { AlarmTestRun(suite: self, test: $0).run() }
  }
}

extension Node {
  func time() throws(Fault) -> Timestamp {
    guard let time = Timestamp(text: try string()) else {
      throw fault("a time such as 2026-01-01T00:00:00Z")
    }
    return time
  }

  /// Only the keys that define alarms.
  fileprivate var inlineAlarms: Node {
    let kept = (entries ?? []).filter { AlarmCollection.keys.contains($0.key) }
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
