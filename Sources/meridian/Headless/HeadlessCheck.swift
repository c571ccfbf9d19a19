import Collectors
import Monitoring
import Storage
import Telemetry

/// One evaluation of everything there is, as `check` does it.
struct HeadlessCheck {
  let timeline: Timeline
  let assembly: EngineAssembly
  let at: Timestamp

  /// What was found, and what the next run needs to know.
  struct Outcome {
    var report: CheckReport
    var state: StoredState
    /// The changes since the last run.
    var transitions: [Transition]
  }

  /// Judges the instant `at`, going on from what an earlier run left.
  ///
  /// What had arrived by the checkpoint is taken in again, because links and failover states come
  /// from it; the alarms are then set, silently, to the states they had.
  func run(after previous: StoredState? = nil, findings: [Verdict.Reason] = []) -> Outcome {
    var engine = assembly.makeEngine()
    for batch in timeline.batches { engine.ingest(batch) }
    if let previous {
      _ = engine.advance(to: previous.checkpoint)
      engine.restore(alarms: previous.alarms)
    }
    let transitions = engine.advance(to: max(at, previous?.checkpoint ?? at))
    let report = CheckReport(
      engine.moment(), alarmFaults: assembly.alarmFaults.count, findings: findings)
    let state = StoredState(
      checkpoint: report.at, alarms: engine.alarms.records(at: report.at),
      verdict: report.verdict.level.rawValue, digest: report.digest)
    return Outcome(report: report, state: state, transitions: transitions)
  }
}
