import Telemetry
import WireFormats

/// Everything a set of sources holds, in order of arrival.
///
/// The order does not depend on how the input was cut into files: by arrival, then by time, then by
/// metric; only records that are equal in all three keep the order of the files.
package struct Timeline: Sendable {
  /// Line one of the first recording among the sources.
  package private(set) var header: RecordingHeader?
  /// All metrics, sorted; samples name them by index.
  package private(set) var metrics: [MetricID] = []
  package private(set) var samples: [Sample] = []
  /// The values behind samples that name them.
  package private(set) var valueCounts: [ValueCounts] = []
  package private(set) var events: [Event] = []
  package private(set) var rejects = RejectLog()
  package private(set) var statuses: [SourceStatus] = []
  /// The event time of the newest sample.
  package private(set) var newestTime: Timestamp?

  package init() {}

  /// When the first record arrived; nil when there is none.
  package var firstArrival: Timestamp? {
    [samples.first?.arrival, events.first?.arrival].compactMap { $0 }.min()
  }

  package var lastArrival: Timestamp? {
    [samples.last?.arrival, events.last?.arrival].compactMap { $0 }.max()
  }

  /// The records as the engine takes them: about 8,000 samples each, no instant cut in two.
  package var batches: TimelineBatches { TimelineBatches(self) }

  /// All of them at once.
  package var batch: Batch {
    var batch = Batch()
    batch.metrics = metrics
    batch.samples = samples
    batch.valueCounts = valueCounts
    batch.events = events
    batch.rejects = rejects
    return batch
  }

  /// Reads all sources to their ends.
  ///
  /// - Throws: when a source that was named cannot be read or is of no known format. A file that
  ///   only lies in a folder or matches a glob is skipped then, and its status says why.
  package static func load(
    _ sources: [SourceSpecification], options: InputOptions = InputOptions()
  ) throws(InputError) -> Timeline {
    var files: [PlannedFile] = []
    var seen: Set<String> = []
    for source in sources {
      for file in try PlannedFile.files(of: source, options: options)
      where seen.insert(file.path).inserted {
        files.append(file)
      }
    }
    return Timeline(try FileContent.readAll(files))
  }

  /// What batches hold, in order.
  package init(_ batches: [Batch], header: RecordingHeader? = nil) {
    self.init(batches.map { FileContent(batch: $0) })
    self.header = header
  }

  init(_ contents: [FileContent]) {
    header = contents.lazy.compactMap(\.header).first
    statuses = contents.compactMap(\.status)
    metrics = Self.union(of: contents)
    var places: [MetricID: Int32] = [:]
    places.reserveCapacity(metrics.count)
    for (index, metric) in metrics.enumerated() { places[metric] = Int32(index) }
    samples.reserveCapacity(contents.reduce(0) { $0 + $1.batch.samples.count })
    for content in contents { append(content.batch, places: places) }
    newestTime = samples.lazy.map(\.time).max()
    Self.order(&samples)
    Self.order(&events)
  }

  private static func union(of contents: [FileContent]) -> [MetricID] {
    var all: Set<MetricID> = []
    for content in contents { all.formUnion(content.batch.metrics) }
    return all.sorted()
  }

  private mutating func append(_ batch: Batch, places: [MetricID: Int32]) {
    rejects.merge(batch.rejects)
    events += batch.events
    let indices = batch.metrics.map { places[$0] ?? 0 }
    let firstValues = Int32(valueCounts.count)
    valueCounts += batch.valueCounts
    for var sample in batch.samples {
      sample.metric = indices[Int(sample.metric)]
      if let values = sample.valueCounts { sample.valueCounts = firstValues + values }
      samples.append(sample)
    }
  }
}
