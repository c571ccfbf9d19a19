import Telemetry

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What listeners have received and the driver has not yet taken, bounded in bytes.
///
/// Listeners offer from their own threads; one driver takes, between two turns of its loop. When it
/// is full an offer is refused and counted: what that means is the listener's to say (a stream stops
/// reading, an HTTP client is told to come back, a datagram is lost).
package final class Mailbox: Sendable {
  /// Readable while something waits: for the driver's `poll`.
  package let wakeDescriptor: Int32
  private let writeDescriptor: Int32
  private let limitBytes: Int
  private let content = Guarded(Content())

  /// A burst of a million samples; more than a driver takes between two frames.
  package static let defaultLimitBytes = 64 << 20

  private struct Content {
    var batches: [Batch] = []
    var bytes = 0
    var refused = 0
    var isSignalled = false
  }

  package init(limitBytes: Int = Mailbox.defaultLimitBytes) {
    self.limitBytes = limitBytes
    var ends: [Int32] = [-1, -1]
    let made = unsafe pipe(&ends)
    precondition(made == 0, "no descriptors are left for a pipe")
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    (wakeDescriptor, writeDescriptor) = (ends[0], ends[1])
  }

  deinit {
    close(wakeDescriptor)
    close(writeDescriptor)
  }

  /// Hands a batch to the driver.
  ///
  /// `isRetry`: the batch was offered before, and counted if it was refused.
  ///
  /// - Returns: false when there is no room: the batch was not taken, and is counted as refused. An
  ///   empty mailbox takes a batch of any size.
  package func offer(_ batch: Batch, isRetry: Bool = false) -> Bool {
    guard !batch.isEmpty else { return true }
    let size = batch.approximateBytes
    return content.withLock { content in
      guard content.bytes == 0 || content.bytes + size <= limitBytes else {
        if !isRetry { content.refused += batch.samples.count + batch.events.count }
        return false
      }
      append(batch, size, to: &content)
      return true
    }
  }

  /// Whether a batch would be refused; then it need not be made.
  package var isFull: Bool { content.withLock { $0.bytes >= limitBytes } }

  /// Hands over a batch that cannot be taken back, because its format has learned from it: `isFull` was
  /// asked before it was read.
  package func take(promised batch: Batch) {
    guard !batch.isEmpty else { return }
    let size = batch.approximateBytes
    content.withLock { append(batch, size, to: &$0) }
  }

  private func append(_ batch: Batch, _ size: Int, to content: inout Content) {
    content.batches.append(batch)
    content.bytes += size
    signal(&content)
  }

  /// Everything that waits, in the order in which it was offered.
  package func take() -> [Batch] {
    content.withLock { content in
      defer {
        content.batches = []
        content.bytes = 0
      }
      drain(&content)
      return content.batches
    }
  }

  /// Wakes the driver, for something that is not a batch.
  package func wake() { content.withLock { signal(&$0) } }

  /// Records that were refused since the beginning.
  package var refused: Int { content.withLock { $0.refused } }

  /// What waits, in bytes.
  package var bytes: Int { content.withLock { $0.bytes } }

  private func signal(_ content: inout Content) {
    guard !content.isSignalled else { return }
    content.isSignalled = true
    var byte: UInt8 = 1
    _ = unsafe write(writeDescriptor, &byte, 1)
  }

  private func drain(_ content: inout Content) {
    guard content.isSignalled else { return }
    content.isSignalled = false
    var byte: UInt8 = 0
    _ = unsafe read(wakeDescriptor, &byte, 1)
  }
}

extension Batch {
  /// About what the batch takes in memory, in bytes.
  var approximateBytes: Int {
    let samples =
      samples.count * MemoryLayout<Sample>.stride
      + valueCounts.reduce(0) { $0 + 32 + 16 * $1.pairs.count + 56 * $1.told.count }
    let metrics = metrics.reduce(0) { $0 + 128 + 64 * $1.dimensions.count }
    let events = events.count * 1024
    return samples + metrics + events + 256
  }
}
