import Telemetry

extension Batch {
  /// Adds what another batch holds behind what this one does.
  package mutating func append(_ other: Batch) {
    if isEmpty, metrics.isEmpty {
      self = other
      return
    }
    let firstMetric = Int32(metrics.count)
    let firstValues = Int32(valueCounts.count)
    metrics += other.metrics
    valueCounts += other.valueCounts
    for var sample in other.samples {
      sample.metric += firstMetric
      if let values = sample.valueCounts { sample.valueCounts = firstValues + values }
      samples.append(sample)
    }
    events += other.events
    rejects.merge(other.rejects)
  }
}
