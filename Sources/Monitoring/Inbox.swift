import Telemetry

/// Records that wait for time to reach their arrival, in order of arrival.
struct Inbox: Sendable {
  /// Their metric is the index of a series, their values stand in `valueCounts`.
  private var samples: [Sample] = []
  /// The source of each sample, by its number.
  private(set) var sources: [UInt16] = []
  private(set) var valueCounts: [ValueCounts] = []
  private var events: [Event] = []
  private var takenSamples = 0
  private var takenEvents = 0
  private var table = MetricTable()

  /// The earliest arrival of anything that waits.
  var firstArrival: Timestamp? {
    let sample = takenSamples < samples.count ? samples[takenSamples].arrival : nil
    let event = takenEvents < events.count ? events[takenEvents].arrival : nil
    return least(sample, event)
  }

  /// The arrival of the first waiting event, moved to just after `now` when it has passed.
  func nextEventArrival(after now: Timestamp) -> Timestamp? {
    takenEvents < events.count ? max(events[takenEvents].arrival, now + 1) : nil
  }

  /// Takes a batch in; returns how many samples are not taken, as the store has no room for their series.
  mutating func append(
    _ batch: Batch, from source: UInt16, interning store: inout SeriesStore
  ) -> Int {
    compact()
    var refused = 0
    let known = table.series(of: batch.metrics, in: &store)
    let sampleCount = samples.count
    samples.reserveCapacity(samples.count + batch.samples.count)
    let firstValues = Int32(valueCounts.count)
    valueCounts += batch.valueCounts
    for var sample in batch.samples {
      guard let series = known[Int(sample.metric)] else {
        refused += 1
        continue
      }
      sample.metric = series.index
      if let values = sample.valueCounts { sample.valueCounts = firstValues + values }
      samples.append(sample)
    }
    sources += repeatElement(source, count: samples.count - sampleCount)
    restoreSampleOrder(addedFrom: sampleCount)
    let eventCount = events.count
    events += batch.events
    Self.restoreOrder(of: &events, addedFrom: eventCount, by: \.arrival)
    return refused
  }

  /// Removes and returns the samples that have arrived by `instant`.
  mutating func takeSamples(through instant: Timestamp) -> ArraySlice<Sample> {
    Self.take(from: samples, taken: &takenSamples) { $0.arrival <= instant }
  }

  mutating func takeEvents(through instant: Timestamp) -> ArraySlice<Event> {
    Self.take(from: events, taken: &takenEvents) { $0.arrival <= instant }
  }

  private static func take<Element>(
    from elements: [Element], taken: inout Int, while arrived: (Element) -> Bool
  ) -> ArraySlice<Element> {
    let first = taken
    while taken < elements.count, arrived(elements[taken]) { taken += 1 }
    return elements[first..<taken]
  }

  /// Sorts samples by arrival, and their sources with them.
  private mutating func restoreSampleOrder(addedFrom first: Int) {
    if Self.isOrdered(samples, from: first, by: \.arrival) { return }
    let order = samples.indices.sorted { samples[$0].arrival < samples[$1].arrival }
    samples = order.map { samples[$0] }
    sources = order.map { sources[$0] }
  }

  /// Sorts by arrival, stably, unless the added elements continue the order already.
  private static func restoreOrder<Element>(
    of elements: inout [Element], addedFrom first: Int, by arrival: (Element) -> Timestamp
  ) {
    if isOrdered(elements, from: first, by: arrival) { return }
    elements.sort { arrival($0) < arrival($1) }
  }

  private static func isOrdered<Element>(
    _ elements: [Element], from first: Int, by arrival: (Element) -> Timestamp
  ) -> Bool {
    for index in max(first, 1)..<max(elements.count, 1)
    where arrival(elements[index]) < arrival(elements[index - 1]) {
      return false
    }
    return true
  }

  private mutating func compact() {
    samples.removeFirst(takenSamples)
    sources.removeFirst(takenSamples)
    events.removeFirst(takenEvents)
    takenSamples = 0
    takenEvents = 0
    if !valueCounts.isEmpty { compactValues() }
  }

  private mutating func compactValues() {
    var kept: [ValueCounts] = []
    for index in samples.indices {
      guard let values = samples[index].valueCounts else { continue }
      samples[index].valueCounts = Int32(kept.count)
      kept.append(valueCounts[Int(values)])
    }
    valueCounts = kept
  }
}

/// The series of the metrics of the last batch: decoders name the same metrics in the same order, so
/// most need no look-up.
private struct MetricTable: Sendable {
  private var metrics: [MetricID] = []
  private var known: [SeriesID?] = []

  mutating func series(of batch: [MetricID], in store: inout SeriesStore) -> [SeriesID?] {
    for (index, metric) in batch.enumerated() {
      if index == metrics.count {
        metrics.append(metric)
        known.append(store.admit(metric))
      } else if !metrics[index].isIdentical(to: metric) {
        metrics[index] = metric
        known[index] = store.admit(metric)
      }
    }
    return known
  }
}
