import Collectors
import Monitoring
import Telemetry

/// `replay --headless`: a recording through the engine, a line per transition.
///
/// The lines depend on the records alone: not on how they were cut into files, and not on speed.
struct HeadlessReplay {
  let timeline: Timeline
  /// Lines before this instant are left out; evaluation begins with the recording all the same.
  let from: Timestamp?
  /// Where evaluation ends.
  let end: Timestamp
  let assembly: EngineAssembly

  /// `to` defaults to the last arrival; `allData` lets late records arrive at their own time.
  init(
    timeline: Timeline, assembly: EngineAssembly, from: Timestamp? = nil, to: Timestamp? = nil,
    allData: Bool = false
  ) throws(Failure) {
    let timeline = allData ? timeline.withLateRecordsInPlace : timeline
    guard let end = to ?? timeline.lastArrival else {
      throw Failure(.badData, "there is nothing to replay: no record could be read")
    }
    self.timeline = timeline
    self.assembly = assembly
    self.from = from
    self.end = end
  }

  /// What was replayed.
  struct Summary: Hashable {
    var transitions = 0
    var samples = 0
    var events = 0
    var rejects = 0
    var late = 0
  }

  /// Hands over the lines in order, some at a time; `progress` is told the share that is done.
  func run(
    write: (String) throws(Failure) -> Void, progress: (Double) -> Void = { _ in }
  ) throws(Failure) -> Summary {
    var engine = assembly.makeEngine()
    var summary = Summary()
    let batches = timeline.batches
    for (index, batch) in batches.enumerated() {
      guard let last = batch.lastArrival else {
        engine.ingest(batch)
        continue
      }
      engine.ingest(batch)
      try pass(engine.advance(to: min(last, end)), to: write, counting: &summary)
      progress(Double(index + 1) / Double(batches.count))
      if last >= end { break }
    }
    if engine.now.map({ $0 < end }) ?? true {
      try pass(engine.advance(to: end), to: write, counting: &summary)
    }
    summary.samples = timeline.samples.count { $0.arrival <= end }
    summary.events = engine.events.count
    summary.rejects = engine.rejects.count
    summary.late = engine.lateSamples
    return summary
  }

  private func pass(
    _ transitions: [Transition], to write: (String) throws(Failure) -> Void,
    counting summary: inout Summary
  ) throws(Failure) {
    for transition in transitions where transition.time >= from ?? .distantPast {
      summary.transitions += 1
      try write(transition.jsonLine)
    }
  }
}

extension Batch {
  /// When the last record of the batch arrived.
  fileprivate var lastArrival: Timestamp? {
    [samples.last?.arrival, events.last?.arrival].compactMap { $0 }.max()
  }
}

extension Timeline {
  /// The same records, each arriving at its own time: what would have been known without delays.
  fileprivate var withLateRecordsInPlace: Timeline {
    let moved = batches.map { batch in
      var batch = batch
      for index in batch.samples.indices {
        batch.samples[index].arrival = batch.samples[index].time
      }
      for index in batch.events.indices { batch.events[index].arrival = batch.events[index].time }
      return batch
    }
    return Timeline(moved, header: header)
  }
}
