import Collectors
import Telemetry
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

struct MailboxTests {
  @Test
  func `batches come out in the order in which they went in`() {
    let mailbox = Mailbox()
    for value in 1...3 { #expect(mailbox.offer(Self.batch(of: 1, value: Double(value)))) }
    #expect(mailbox.take().map { $0.samples[0].statistics.sum } == [1, 2, 3])
    #expect(mailbox.take().isEmpty)
    #expect(mailbox.bytes == 0)
  }

  @Test
  func `a full mailbox refuses and counts, and takes again when it was emptied`() {
    let mailbox = Mailbox(limitBytes: 10_000)
    #expect(mailbox.offer(Self.batch(of: 1000)))
    #expect(!mailbox.offer(Self.batch(of: 7)))
    #expect(mailbox.refused == 7)
    #expect(mailbox.take().count == 1)
    #expect(mailbox.offer(Self.batch(of: 7)))
  }

  @Test
  func `the descriptor is readable exactly while something waits`() {
    let mailbox = Mailbox()
    #expect(!Self.isReadable(mailbox))
    _ = mailbox.offer(Self.batch(of: 1))
    _ = mailbox.offer(Self.batch(of: 1))
    #expect(Self.isReadable(mailbox))
    _ = mailbox.take()
    #expect(!Self.isReadable(mailbox))
    mailbox.wake()
    #expect(Self.isReadable(mailbox))
  }

  @Test
  func `nothing is lost or doubled when many offer at once`() async {
    let mailbox = Mailbox()
    await withTaskGroup(of: Void.self) { group in
      for task in 0..<4 {
        group.addTask {
          for index in 0..<250 {
            _ = mailbox.offer(Self.batch(of: 1, value: Double(task * 250 + index)))
          }
        }
      }
    }
    let values = mailbox.take().map { $0.samples[0].statistics.sum }
    #expect(values.sorted() == (0..<1000).map(Double.init))
  }

  private static func batch(of count: Int, value: Double = 1) -> Batch {
    var batch = Batch()
    batch.metrics = [MetricID(region: "eu-west-1", namespace: "Test", name: "M")]
    let time = Timestamp(milliseconds: 0)
    batch.samples = (0..<count).map { _ in
      Sample(metric: 0, time: time, arrival: time, statistics: StatisticSet(value))
    }
    return batch
  }

  private static func isReadable(_ mailbox: Mailbox) -> Bool {
    var descriptors = [pollfd(fd: mailbox.wakeDescriptor, events: Int16(POLLIN), revents: 0)]
    return unsafe poll(&descriptors, 1, 0) == 1
  }
}
