import Collectors
import Monitoring
import Telemetry

/// An engine and how much of a recording it has been given: copying it makes a checkpoint.
struct Playback: Sendable {
  private(set) var engine: Engine
  private let batches: TimelineBatches
  private var nextBatch = 0
  /// Everything that arrived by then is in the engine.
  private var isFed = Timestamp.distantPast

  init(engine: Engine, batches: TimelineBatches) {
    self.engine = engine
    self.batches = batches
  }

  /// Moves time forward to `time`, and takes in what arrives on the way.
  ///
  /// - Precondition: `time` is not before the engine's `now`.
  mutating func advance(to time: Timestamp) -> [Transition] {
    while isFed < time, nextBatch < batches.count {
      let batch = batches[nextBatch]
      nextBatch += 1
      engine.ingest(batch)
      isFed = max(isFed, batch.samples.last?.arrival ?? isFed, batch.events.last?.arrival ?? isFed)
    }
    return engine.advance(to: time)
  }

  /// Whether `time` can be reached by going forward.
  func canReach(_ time: Timestamp) -> Bool { engine.now.map { $0 <= time } ?? true }
}
