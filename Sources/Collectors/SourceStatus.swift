import Telemetry

/// How one file or connection is doing.
package struct SourceStatus: Hashable, Sendable {
  package var source: String
  /// The format's name; nil until it is known.
  package var format: String?
  package var state = State.reading
  /// Bytes read, before decompression.
  package var bytes = 0
  package var samples = 0
  package var events = 0
  package var rejects = 0
  /// Datagrams and records that were lost for want of room.
  package var dropped = 0
  /// The last thing worth telling that happened to it: rotated, truncated, gone.
  package var note: String?

  package init(source: String) { self.source = source }

  package enum State: Hashable, Sendable {
    case reading
    /// Read to its end.
    case ended
    /// It does not exist at present.
    case missing
    /// It cannot be read; the reason.
    case failed(String)
  }

  /// Adds the counts of another part of the same file.
  mutating func add(_ other: SourceStatus) {
    bytes += other.bytes
    samples += other.samples
    events += other.events
    rejects += other.rejects
    dropped += other.dropped
    if case .failed = other.state { state = other.state }
  }

  mutating func count(since before: Counts, in batch: Batch) {
    samples += batch.samples.count - before.samples
    events += batch.events.count - before.events
    rejects += batch.rejects.count - before.rejects
  }
}

/// How much a batch held.
struct Counts {
  let samples: Int
  let events: Int
  let rejects: Int

  init(_ batch: Batch) {
    samples = batch.samples.count
    events = batch.events.count
    rejects = batch.rejects.count
  }
}
