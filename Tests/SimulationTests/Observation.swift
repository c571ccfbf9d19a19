import Collectors
import ConfigurationFiles
import Documents
import Monitoring
import Telemetry
import Testing

@testable import Simulation

/// What the engine made of a recording, set against what really happened.
struct Observation {
  let engine: Engine
  let truth: GroundTruth

  /// Replays what a scenario generates, as `meridian replay` does.
  init(_ scenario: Scenario, _ generation: Generation) throws {
    let catalog = Catalog.embedded()
    let topology = Topology.parse(scenario.topology, catalog: catalog.catalog)
    let alarms = AlarmDefinition.parse(scenario.alarmDocument)
    #expect((catalog.faults + topology.faults + alarms.faults).map(\.description) == [])
    var engine = Engine(
      topology: topology.topology, catalog: catalog.catalog, alarms: alarms.definitions)
    let timeline = Timeline([generation.batch])
    for batch in timeline.batches { engine.ingest(batch) }
    _ = engine.advance(to: try #require(timeline.lastArrival))
    self.engine = engine
    truth = generation.truth
  }

  init(sample: String) throws {
    try self.init(SampleFiles.scenario(sample), SampleFiles.generation(sample))
  }

  func transitions(_ kind: Transition.Kind) -> [Transition] {
    engine.transitions.filter { $0.kind == kind }
  }

  /// Where the observed words are not among the accepted ones, as sentences.
  ///
  /// Looks every so many minutes; nil says nothing, and so nothing wrong.
  func disagreements(
    about subject: String, _ intervals: [GroundTruth.Interval], every minutes: Int64 = 1,
    observed: (Moment) -> String?
  ) -> [String] {
    var runs: [(from: Timestamp, to: Timestamp, text: String)] = []
    var time = truth.start
    while time <= min(truth.end, engine.now ?? truth.end) {
      if let accepted = GroundTruth.accepted(in: intervals, at: time) {
        if let word = observed(engine.moment(at: time)), !accepted.contains(word) {
          let text = "\(subject) is \(word), not \(accepted.joined(separator: " or "))"
          if let last = runs.last, last.text == text, time - last.to <= minutes * 60_000 {
            runs[runs.count - 1].to = time
          } else {
            runs.append((time, time, text))
          }
        }
      }
      time = time + minutes * 60_000
    }
    return runs.map { "\($0.from) to \($0.to): \($0.text)" }
  }
}
