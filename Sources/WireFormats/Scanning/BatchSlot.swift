import Telemetry

/// A metric and where it stands in the batch that is being filled.
///
/// Since a batch may be emptied or exchanged between two pieces of input, the place is checked once a
/// piece.
struct BatchSlot: Sendable {
  let metric: MetricID
  private var index: Int32 = -1
  private var piece = -1

  init(_ metric: MetricID) { self.metric = metric }

  @inline(__always)
  mutating func index(in batch: inout Batch, piece current: Int) -> Int32 {
    piece == current ? index : renewed(in: &batch, piece: current)
  }

  private mutating func renewed(in batch: inout Batch, piece current: Int) -> Int32 {
    piece = current
    if index < 0 || index >= batch.metrics.count || batch.metrics[Int(index)] != metric {
      index = Int32(batch.metrics.count)
      batch.metrics.append(metric)
    }
    return index
  }
}
