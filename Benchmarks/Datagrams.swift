import Collectors
import Glibc
import Monitoring
import Synchronization
import Telemetry
import WireFormats

/// StatsD by UDP on loopback: from which rate on datagrams are lost.
///
/// A sender on a thread of its own, a listener, and an engine that takes and stores what comes; so three
/// threads, and with two cores the sender is a part of the load.
func measureDatagrams() {
  for rate in [50_000, 100_000, 150_000, 200_000, 250_000, 300_000, 400_000] {
    let round = DatagramRound(rate: rate)
    let name = "datagrams at \(rate) a second"
    printFigure("\(name): sent", Double(round.sent) / round.seconds, "a second")
    printFigure("\(name): lost", 100 * Double(round.lost) / Double(round.sent), "%")
    guard round.sent == round.stored + round.lost else {
      fatalError("\(round.sent) sent, \(round.stored) stored, \(round.lost) counted as lost")
    }
  }
}

/// Some seconds of datagrams at one rate.
private struct DatagramRound {
  private(set) var sent = 0
  private(set) var stored = 0
  private(set) var lost = 0
  private(set) var seconds = 0.0

  private static let duration = 3.0

  init(rate: Int) {
    let mailbox = Mailbox()
    let plan = SocketPlan(
      address: SocketAddress(transport: .udp, host: "127.0.0.1", port: "0"),
      format: wireFormat(named: "statsd"), context: DecodingContext(source: "statsd"))
    let clock: @Sendable () -> Timestamp = { Timestamp(milliseconds: Int64(wallSeconds() * 1000)) }
    guard let listener = try? SocketListener(plan, mailbox: mailbox, clock: clock) else {
      fatalError("no socket")
    }
    let sender = DatagramSender(port: listener.port, rate: rate, seconds: Self.duration)
    sender.start()
    var engine = Engine()
    while true {
      var request = pollfd(fd: mailbox.wakeDescriptor, events: Int16(POLLIN), revents: 0)
      _ = unsafe poll(&request, 1, 100)
      for batch in mailbox.take() { engine.ingest(batch) }
      _ = engine.advance(to: max(clock(), engine.now ?? clock()))
      guard let result = sender.result else { continue }
      (sent, seconds) = result
      let status = listener.status
      (stored, lost) = (status.samples, status.dropped)
      // What is neither stored nor counted is still on its way, for as long as anything comes.
      if stored + lost >= sent || wallSeconds() > sender.deadline { break }
    }
  }
}

/// Sends datagrams of one counter each, in a burst a millisecond.
private final class DatagramSender: Sendable {
  private let port: UInt16
  private let burst: Int
  private let seconds: Double
  private let outcome = Mutex<(Int, Double)?>(nil)
  let deadline: Double

  init(port: UInt16, rate: Int, seconds: Double) {
    self.port = port
    burst = rate / 1000
    self.seconds = seconds
    deadline = wallSeconds() + seconds + 5
  }

  /// How many were sent in how many seconds; nil while it sends.
  var result: (Int, Double)? { outcome.withLock { $0 } }

  func start() {
    let thread = Thread { [self] in
      let result = run()
      outcome.withLock { $0 = result }
    }
    thread.start()
  }

  private func run() -> (Int, Double) {
    let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(descriptor, $0, size)
      }
    }
    let texts = (0..<1000).map { Array("orders.\($0).requests:1|c|#region:eu-west-1".utf8) }
    let start = wallSeconds()
    var sent = 0
    var next = start
    while next < start + seconds {
      for _ in 0..<burst {
        let text = texts[sent % texts.count]
        if unsafe send(descriptor, text, text.count, 0) == text.count { sent += 1 }
      }
      next += 0.001
      let rest = next - wallSeconds()
      if rest > 0 { usleep(UInt32(rest * 1e6)) }
    }
    return (sent, wallSeconds() - start)
  }
}

/// A thread of its own, without Foundation.
private final class Thread: @unchecked Sendable {
  private let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  func start() {
    var thread = pthread_t()
    let context = unsafe Unmanaged.passRetained(self).toOpaque()
    _ = unsafe pthread_create(
      &thread, nil,
      { context in
        guard let context = unsafe context else { return nil }
        unsafe Unmanaged<Thread>.fromOpaque(context).takeRetainedValue().body()
        return nil
      }, context)
    _ = pthread_detach(thread)
  }
}

private func wallSeconds() -> Double {
  var time = timespec()
  _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
