import CSockets
import Telemetry
import WireFormats

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The thread of a listener: waits, reads, decodes, offers.
struct SocketLoop: ~Copyable {
  let plan: SocketPlan
  let descriptor: Int32
  private let mailbox: Mailbox
  let shared: Shared
  let clock: @Sendable () -> Timestamp
  var decoder: SocketDecoder
  private var connections: [SocketConnection] = []
  /// What a full mailbox has not taken; while there is any, streams are not read.
  private var held: Batch?
  var slots: [UInt8] = []
  /// The lines of the datagrams that were read together.
  var lines: [UInt8] = []
  var lengths = [UInt32](repeating: 0, count: SocketPlan.datagramCount)
  /// Datagrams that the kernel has dropped, as it counts them.
  var kernelDrops: UInt32 = 0
  /// Whether the kernel has been asked since the last datagram came.
  var hasAskedKernel = true

  /// How soon a full mailbox is tried again.
  private static let retryMilliseconds: Int32 = 20
  /// How often idle connections are looked for.
  private static let idleCheckMilliseconds: Int32 = 10_000
  /// How soon after the last datagram the kernel is asked what it has dropped of those behind it.
  private static let quietMilliseconds: Int32 = 200

  init(
    plan: SocketPlan, descriptor: Int32, mailbox: Mailbox, shared: Shared,
    clock: @escaping @Sendable () -> Timestamp
  ) {
    self.plan = plan
    self.descriptor = descriptor
    self.mailbox = mailbox
    self.shared = shared
    self.clock = clock
    decoder = SocketDecoder(format: plan.format, context: plan.context)
    if let format = plan.format { shared.update { $0.format = format.name } }
    if !plan.address.isStream {
      slots = [UInt8](repeating: 0, count: SocketPlan.datagramCount * InputLimits.datagramBytes)
    }
  }

  deinit {
    for connection in connections { _ = close(connection.descriptor) }
    _ = close(descriptor)
    if plan.address.isUnix { _ = unsafe unlink(plan.address.path) }
  }

  /// Runs until it is stopped.
  mutating func run() {
    while true {
      var requests = descriptors()
      let ready = unsafe poll(&requests, nfds_t(requests.count), timeout)
      if ready < 0, errno != EINTR { return fail() }
      if requests[0].revents != 0 { return }
      if held != nil {
        offerHeld()
        continue
      }
      if ready > 0 {
        if plan.address.isStream { readStreams(requests) } else { readDatagrams() }
      } else {
        countKernelDrops()
      }
      closeIdle()
    }
  }

  /// How long to wait; -1: for ever.
  private var timeout: Int32 {
    if held != nil { return Self.retryMilliseconds }
    if !hasAskedKernel { return Self.quietMilliseconds }
    return connections.isEmpty ? -1 : Self.idleCheckMilliseconds
  }

  /// The stop pipe, the socket, and the connections, which are left out while the mailbox is full.
  private func descriptors() -> [pollfd] {
    var requests = [pollfd(fd: shared.stopDescriptor, events: Int16(POLLIN), revents: 0)]
    guard held == nil else { return requests }
    requests.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
    requests += connections.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    return requests
  }

  private func fail() {
    let reason = SystemError().description
    shared.update { $0.state = .failed(reason) }
  }

  private mutating func readStreams(_ requests: [pollfd]) {
    let now = clock()
    var batch = Batch()
    var closed: [Int] = []
    for index in connections.indices where requests[index + 2].revents != 0 {
      var connection = connections[index]
      if !read(&connection, now: now, into: &batch) { closed.append(index) }
      connections[index] = connection
    }
    for index in closed.reversed() { _ = close(connections.remove(at: index).descriptor) }
    if requests[1].revents != 0 { accept(now: now) }
    decoder.settle(arrival: now, into: &batch)
    hand(batch)
  }

  /// Reads once; false where the client has closed the connection.
  private mutating func read(
    _ connection: inout SocketConnection, now: Timestamp, into batch: inout Batch
  ) -> Bool {
    var count = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: SocketPlan.readSize) { buffer, filled in
      count = unsafe recv(connection.descriptor, buffer.baseAddress, SocketPlan.readSize, 0)
      filled = max(0, count)
    }
    if count < 0 { return errno == EAGAIN || errno == EINTR }
    guard count > 0 else {
      connection.finish(
        with: &decoder, lineLimit: plan.context.lineLimit, arrival: now, into: &batch)
      return false
    }
    connection.newest = now
    let format = connection.take(
      bytes, with: &decoder, lineLimit: plan.context.lineLimit, arrival: now, into: &batch)
    shared.update {
      $0.bytes += count
      $0.format = format ?? $0.format
    }
    return true
  }

  private mutating func accept(now: Timestamp) {
    while true {
      let connection = cs_accept(descriptor)
      if connection < 0 { return }
      if connections.count >= plan.connectionLimit {
        _ = close(connection)
        let limit = plan.connectionLimit
        shared.update { $0.note = "more than \(limit) connections; further ones are closed" }
      } else {
        connections.append(SocketConnection(descriptor: connection, now: now))
      }
    }
  }

  private mutating func closeIdle() {
    guard !connections.isEmpty else { return }
    let horizon = clock() - plan.idleMilliseconds
    for index in connections.indices.reversed() where connections[index].newest < horizon {
      _ = close(connections.remove(at: index).descriptor)
    }
  }

  /// Hands a batch to the driver, or holds or drops it where there is no room.
  ///
  /// Counted first, so that who has taken the batch finds it counted.
  mutating func hand(_ batch: Batch) {
    guard !batch.isEmpty else { return }
    var batch = batch
    batch.source = plan.context.source
    shared.update { status in
      status.rejects += batch.rejects.count
      status.samples += batch.samples.count
      status.events += batch.events.count
    }
    if mailbox.offer(batch) { return }
    if plan.address.isStream {
      held = batch
      return
    }
    shared.update { status in
      status.samples -= batch.samples.count
      status.events -= batch.events.count
      status.dropped += batch.samples.count + batch.events.count
    }
  }

  private mutating func offerHeld() {
    guard let batch = held, mailbox.offer(batch, isRetry: true) else { return }
    held = nil
  }
}
