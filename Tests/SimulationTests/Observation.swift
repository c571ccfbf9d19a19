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
  /// How often it may not be known who writes.
  var unknownPart = 0.05

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

  init(_ scenario: Scenario) throws { try self.init(scenario, scenario.generate()) }

  func transitions(_ kind: Transition.Kind) -> [Transition] {
    engine.transitions.filter { $0.kind == kind }
  }

  /// The instants that are looked at: every minute of hours, every other of a day, fewer of a week.
  func forEachLook(_ look: (Moment) -> Void) {
    let hours = truth.end.seconds(since: truth.start) / 3600
    let minutes: Int64 = hours <= 8 ? 1 : hours <= 36 ? 2 : 15
    var time = truth.start
    while time <= min(truth.end, engine.now ?? truth.end) {
      look(engine.moment(at: time))
      time = time + minutes * 60_000
    }
  }
}

/// Words said about one thing, and those that the truth does not accept, as sentences.
struct Comparison {
  let subject: String
  let intervals: [GroundTruth.Interval]
  private var runs: [(from: Timestamp, to: Timestamp, text: String)] = []
  private var last: Timestamp?

  init(_ subject: String, _ intervals: [GroundTruth.Interval]) {
    (self.subject, self.intervals) = (subject, intervals)
  }

  /// Nil says nothing, and so nothing wrong.
  mutating func look(at time: Timestamp, _ word: String?) {
    defer { last = time }
    guard let word, let accepted = GroundTruth.accepted(in: intervals, at: time),
      !accepted.contains(word)
    else { return }
    let text = "\(subject) is \(word), not \(accepted.joined(separator: " or "))"
    if let run = runs.last, run.text == text, run.to == last {
      runs[runs.count - 1].to = time
    } else {
      runs.append((time, time, text))
    }
  }

  var sentences: [String] { runs.map { "\($0.from) to \($0.to): \($0.text)" } }
}
