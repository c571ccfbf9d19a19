import Telemetry

/// The batches of a timeline, made as they are asked for.
///
/// All records of one arrival are in one batch, so a driver may move time to a batch's last arrival
/// before it takes the next. Rejects go with the first batch.
package struct TimelineBatches: RandomAccessCollection, Sendable {
  private let timeline: Timeline
  private let cuts: [Cut]

  /// Samples a batch, rounded up to whole instants: half a megabyte.
  package static let sampleTarget = 8192

  /// Where a batch begins.
  private struct Cut: Sendable {
    var sample: Int
    var event: Int
  }

  init(_ timeline: Timeline) {
    self.timeline = timeline
    var cuts = [Cut(sample: 0, event: 0)]
    let (samples, events) = (timeline.samples, timeline.events)
    var cut = Cut(sample: 0, event: 0)
    while cut.sample < samples.count || cut.event < events.count {
      cut.sample = Swift.min(cut.sample + Self.sampleTarget, samples.count)
      if cut.sample == samples.count {
        cut.event = events.count
      } else {
        let arrival = samples[cut.sample - 1].arrival
        while cut.sample < samples.count, samples[cut.sample].arrival == arrival { cut.sample += 1 }
        while cut.event < events.count, events[cut.event].arrival <= arrival { cut.event += 1 }
      }
      cuts.append(cut)
    }
    self.cuts = cuts
  }

  package var startIndex: Int { 0 }

  package var endIndex: Int {
    cuts.count > 1 ? cuts.count - 1 : (timeline.rejects.count > 0 ? 1 : 0)
  }

  package subscript(position: Int) -> Batch {
    var batch = Batch()
    if position == 0 { batch.rejects = timeline.rejects }
    guard position + 1 < cuts.count else { return batch }
    let (first, end) = (cuts[position], cuts[position + 1])
    batch.events = Array(timeline.events[first.event..<end.event])
    batch.samples.reserveCapacity(end.sample - first.sample)
    var places: [Int32: Int32] = [:]
    for var sample in timeline.samples[first.sample..<end.sample] {
      if let place = places[sample.metric] {
        sample.metric = place
      } else {
        let place = Int32(batch.metrics.count)
        places[sample.metric] = place
        batch.metrics.append(timeline.metrics[Int(sample.metric)])
        sample.metric = place
      }
      if let values = sample.valueCounts {
        sample.valueCounts = Int32(batch.valueCounts.count)
        batch.valueCounts.append(timeline.valueCounts[Int(values)])
      }
      batch.samples.append(sample)
    }
    return batch
  }
}
