import Telemetry

/// A table with a time and a value says nothing about what it measured: an alarm that is given
/// nothing else is taken to be about it.
extension AlarmDefinition {
  /// Whether one of the metrics is what the alarm watches, or what its expression reads.
  func reads(anyOf metrics: [MetricID]) -> Bool {
    let keys = watchedKeys
    return metrics.contains { metric in
      keys.contains(AlarmBinding.Key(metric)) && (isOnMath || AlarmBinding.fits(metric, self))
    }
  }

  /// The alarm about this metric instead of its own.
  func bound(to metric: MetricID) -> AlarmDefinition {
    var bound = self
    bound.namespace = metric.namespace
    bound.metricName = metric.name
    bound.dimensions = metric.dimensions
    bound.region = nil
    bound.account = nil
    bound.unit = nil
    bound.metrics = []
    return bound
  }

  func note(ofBindingTo nameless: [MetricID]) -> String {
    "alarm \(name): taken to be about " + nameless.map(\.name).joined(separator: ", ")
      + ", which names no namespace"
  }
}

extension [AlarmDefinition] {
  /// Lets the alarms that read none of the metrics watch the one that names no namespace, where
  /// there is exactly one; returns a sentence for each.
  package mutating func bindNameless(among metrics: [MetricID]) -> [String] {
    let nameless = metrics.filter(\.namespace.isEmpty)
    guard let only = nameless.first, nameless.count == 1 else { return [] }
    var notes: [String] = []
    for (index, alarm) in enumerated()
    where alarm.composite == nil && !alarm.isOnMath && !alarm.reads(anyOf: metrics) {
      self[index] = alarm.bound(to: only)
      notes.append(alarm.note(ofBindingTo: [only]))
    }
    return notes
  }
}
