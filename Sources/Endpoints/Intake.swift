import Collectors
import Telemetry

/// All ways in of a process, in the order in which they were opened.
package final class Intakes: Sendable {
  private let list = Guarded<[Intake]>([])

  package init() {}

  package func add(_ intake: Intake) { list.withLock { $0.append(intake) } }

  package var all: [Intake] { list.withLock { $0 } }
}

/// One way in: hands what an endpoint has decoded to the driver, and counts.
package final class Intake: Sendable {
  /// As the dashboard shows it: `cloudwatch 127.0.0.1:8085`.
  package let name: String
  private let mailbox: Mailbox
  private let counted = Guarded(Counts())

  /// What came by this way.
  package struct Counts: Hashable, Sendable {
    package var requests = 0
    package var samples = 0
    package var events = 0
    package var rejects = 0
    /// Records that the full mailbox refused; their clients were told.
    package var refused = 0
    package var lastArrival: Timestamp?

    fileprivate mutating func count(_ batch: Batch, at arrival: Timestamp) {
      requests += 1
      samples += batch.samples.count
      events += batch.events.count
      rejects += batch.rejects.count
      lastArrival = max(lastArrival ?? arrival, arrival)
    }
  }

  package init(name: String, mailbox: Mailbox) {
    self.name = name
    self.mailbox = mailbox
  }

  package var counts: Counts { counted.withLock { $0 } }

  /// Whether there is room for what a request holds; if not, it is counted as one record refused, since
  /// nobody has read how many it has.
  package func hasRoom() -> Bool {
    guard mailbox.isFull else { return true }
    counted.withLock { counts in
      counts.requests += 1
      counts.refused += 1
    }
    return false
  }

  /// Hands on a batch for which there was room before it was read.
  package func take(_ batch: Batch, at arrival: Timestamp) {
    var batch = batch
    batch.source = name
    mailbox.take(promised: batch)
    counted.withLock { $0.count(batch, at: arrival) }
  }

  /// Hands on a batch; false when there is no room, and then nothing of it was taken.
  package func offer(_ batch: Batch, at arrival: Timestamp) -> Bool {
    var batch = batch
    batch.source = name
    let isTaken = mailbox.offer(batch)
    counted.withLock { counts in
      if isTaken {
        counts.count(batch, at: arrival)
      } else {
        counts.requests += 1
        counts.refused += batch.samples.count + batch.events.count
      }
    }
    return isTaken
  }
}
