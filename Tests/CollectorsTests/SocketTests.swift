import Foundation
import Telemetry
import Testing

@testable import Collectors
@testable import WireFormats

/// A listener with its mailbox, and what it has received.
final class Receiver {
  let mailbox: Mailbox
  let listener: SocketListener
  private(set) var batch = Batch()

  init(
    _ address: SocketAddress, format: String? = nil, limitBytes: Int = Mailbox.defaultLimitBytes,
    connectionLimit: Int = InputLimits.connections
  ) throws {
    mailbox = Mailbox(limitBytes: limitBytes)
    var plan = SocketPlan(
      address: address, format: format.flatMap(wireFormat(named:)),
      context: DecodingContext(source: "socket"))
    plan.connectionLimit = connectionLimit
    listener = try SocketListener(plan, mailbox: mailbox) { Timestamp(seconds: 1_795_424_400) }
  }

  static func on(_ transport: SocketAddress.Transport, format: String? = nil) throws -> Receiver {
    try Receiver(SocketAddress(transport: transport, host: "127.0.0.1", port: "0"), format: format)
  }

  /// Takes what arrives until a condition holds; false at the deadline.
  func take(seconds: Double = 20, until isEnough: (Batch) -> Bool) -> Bool {
    let deadline = Date(timeIntervalSinceNow: seconds)
    while !isEnough(batch) {
      let rest = deadline.timeIntervalSinceNow
      guard rest > 0 else { return false }
      var request = pollfd(fd: mailbox.wakeDescriptor, events: Int16(POLLIN), revents: 0)
      _ = unsafe poll(&request, 1, Int32(rest * 1000))
      for part in mailbox.take() { batch.append(part) }
    }
    return true
  }

  /// `name sum` of the samples, in the order in which they came.
  var listing: [String] {
    batch.samples.map { "\(batch.metrics[Int($0.metric)].name) \($0.statistics.sum)" }
  }
}

/// A client's end, as far as the tests need one.
final class Client {
  private let descriptor: Int32

  init(tcp port: UInt16) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    try connect(Self.loopback(port))
  }

  init(udp port: UInt16) throws {
    descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    try connect(Self.loopback(port))
  }

  init(unix path: String, isStream: Bool) throws {
    descriptor = socket(
      AF_UNIX, Int32((isStream ? SOCK_STREAM : SOCK_DGRAM).rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let result = unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe Glibc.connect(descriptor, $0, size)
      }
    }
    try #require(result == 0)
  }

  deinit { close(descriptor) }

  private static func loopback(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }

  private func connect(_ address: sockaddr_in) throws {
    var address = address
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe Glibc.connect(descriptor, $0, size)
      }
    }
    try #require(result == 0)
  }

  func send(_ bytes: [UInt8]) { _ = unsafe Glibc.send(descriptor, bytes, bytes.count, 0) }
  func send(_ text: String) { send(Array(text.utf8)) }

  /// Sends the same bytes over and over, as much as the peer takes without waiting; how much that was.
  ///
  /// `sent` is what went before: a piece that was cut is gone on with.
  func flood(_ bytes: [UInt8], after sent: Int, limit: Int) -> Int {
    var total = 0
    while total < limit {
      let rest = Array(bytes[((sent + total) % bytes.count)...])
      let count = unsafe Glibc.send(descriptor, rest, rest.count, Int32(MSG_DONTWAIT))
      if count <= 0 { break }
      total += count
    }
    return total
  }

  /// Whether the other side closes the connection within some seconds.
  func isClosedByPeer() -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&request, 1, 20_000) > 0 else { return false }
    var byte: UInt8 = 0
    return unsafe recv(descriptor, &byte, 1, 0) <= 0
  }
}

@Suite
struct SocketTests {
  let scratch = Scratch()

  @Test
  func `lines may be cut anywhere between two reads`() throws {
    let receiver = try Receiver.on(.tcp)
    let client = try Client(tcp: receiver.listener.port)
    client.send("orders.lag 1.5 17954")
    client.send("24400\norders.lag 2.5 1795424460\norders")
    #expect(receiver.take { $0.samples.count == 2 })
    client.send(".lag 3.5 1795424520\n")
    #expect(receiver.take { $0.samples.count == 3 })
    #expect(receiver.listing == ["orders.lag 1.5", "orders.lag 2.5", "orders.lag 3.5"])
    #expect(receiver.listener.status.format == "graphite")
    #expect(receiver.listener.status.samples == 3)
  }

  @Test
  func `a gauge is known across connections`() throws {
    let receiver = try Receiver.on(.tcp, format: "statsd")
    do {
      let first = try Client(tcp: receiver.listener.port)
      first.send("q:5|g\n")
      #expect(receiver.take { $0.samples.count == 1 })
    }
    let second = try Client(tcp: receiver.listener.port)
    second.send("q:+2|g\n")
    #expect(receiver.take { $0.samples.count == 2 })
    #expect(receiver.listing == ["q 5.0", "q 7.0"])
  }

  @Test
  func `a datagram needs no line feed and a bad one costs itself`() throws {
    let receiver = try Receiver.on(.udp)
    let client = try Client(udp: receiver.listener.port)
    client.send("a:1|c")
    client.send("nothing that anybody knows")
    client.send("b:2|c\nc:0|g\nc:-3|g")
    #expect(receiver.take { $0.samples.count == 3 && $0.rejects.count == 1 })
    #expect(receiver.listing == ["a 1.0", "b 2.0", "c -3.0"])
    #expect(receiver.listener.status.rejects == 1)
  }

  @Test
  func `different formats may come to one socket`() throws {
    let receiver = try Receiver.on(.udp)
    let client = try Client(udp: receiver.listener.port)
    client.send("a:1|c")
    #expect(receiver.take { $0.samples.count == 1 })
    client.send("m,host=a v=2 1795424400")
    #expect(receiver.take { $0.samples.count == 2 })
    client.send("c:3|c")
    #expect(receiver.take { $0.samples.count == 3 })
    #expect(receiver.listing == ["a 1.0", "m_v 2.0", "c 3.0"])
  }

  @Test
  func `a unix socket is its owner's alone and goes with its listener`() throws {
    let path = scratch.path(of: "m.sock")
    do {
      let receiver = try Receiver(SocketAddress(transport: .unixDatagram, path: path))
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      let client = try Client(unix: path, isStream: false)
      client.send("a:1|c")
      #expect(receiver.take { $0.samples.count == 1 })
      #expect(throws: InputError.self) {
        try Receiver(SocketAddress(transport: .unixDatagram, path: path))
      }
    }
    let deadline = Date(timeIntervalSinceNow: 20)
    while FileManager.default.fileExists(atPath: path), deadline.timeIntervalSinceNow > 0 {
      sched_yield()
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test
  func `a file that is no socket is not replaced`() throws {
    let path = scratch.write("precious", to: "file")
    #expect(throws: InputError.self) {
      try Receiver(SocketAddress(transport: .unixStream, path: path))
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
  }

  /// Bytes of datadog's Python client: a length of four bytes, least first, before each message.
  @Test
  func `frames of DogStatsD are read from a stream`() throws {
    let path = scratch.path(of: "s.sock")
    let receiver = try Receiver(SocketAddress(transport: .unixStream, path: path))
    let client = try Client(unix: path, isStream: true)
    let message = Array("uds.stream:1|c|#a:b\n".utf8)
    client.send([20, 0])
    client.send([0, 0] + message.prefix(5))
    client.send(message.dropFirst(5) + [5, 0, 0, 0] + Array("b:2|c".utf8))
    #expect(receiver.take { $0.samples.count == 2 })
    #expect(receiver.listing == ["uds.stream 1.0", "b 2.0"])
  }

  @Test
  func `a full mailbox stops the reading of streams and loses nothing`() throws {
    let receiver = try Receiver(
      SocketAddress(transport: .tcp, host: "127.0.0.1", port: "0"), format: "graphite",
      limitBytes: 100_000)
    let client = try Client(tcp: receiver.listener.port)
    let line = Array("orders.lag 1.5 1795424400\n".utf8)
    let piece = Array(repeating: line, count: 100).flatMap { $0 }
    // Far more than the mailbox, the connection's buffers and the listener hold together.
    var sent = 0
    var stalls = 0
    while sent < 64 << 20, stalls < 50 {
      let count = client.flood(piece, after: sent, limit: 1 << 20)
      stalls = count == 0 ? stalls + 1 : 0
      sent += count
      if count == 0 { sched_yield() }
    }
    #expect(receiver.mailbox.bytes <= 200_000)
    let whole = sent / line.count
    #expect(receiver.take { $0.samples.count >= whole })
    #expect(receiver.batch.samples.count == whole)
    #expect(receiver.listener.status.dropped == 0)
  }

  @Test
  func `a full mailbox drops datagrams and counts them`() throws {
    let receiver = try Receiver(
      SocketAddress(transport: .udp, host: "127.0.0.1", port: "0"), format: "statsd",
      limitBytes: 20_000)
    let client = try Client(udp: receiver.listener.port)
    var sent = 0
    let deadline = Date(timeIntervalSinceNow: 20)
    while receiver.listener.status.dropped == 0, deadline.timeIntervalSinceNow > 0 {
      client.send("a:1|c")
      sent += 1
    }
    #expect(receiver.listener.status.dropped > 0)
    #expect(receiver.mailbox.bytes <= 40_000)
  }

  @Test
  func `connections beyond the limit are closed`() throws {
    let receiver = try Receiver(
      SocketAddress(transport: .tcp, host: "127.0.0.1", port: "0"), format: "graphite",
      connectionLimit: 1)
    let first = try Client(tcp: receiver.listener.port)
    first.send("a 1 1\n")
    #expect(receiver.take { $0.samples.count == 1 })
    let second = try Client(tcp: receiver.listener.port)
    #expect(second.isClosedByPeer())
    first.send("a 2 2\n")
    #expect(receiver.take { $0.samples.count == 2 })
    #expect(receiver.listener.status.note?.contains("more than 1 connections") == true)
  }

  @Test
  func `a line without an end is given up`() throws {
    let receiver = try Receiver.on(.tcp, format: "graphite")
    let client = try Client(tcp: receiver.listener.port)
    let part = [UInt8](repeating: 97, count: 1 << 16)
    for _ in 0...(InputLimits.socketLineBytes >> 16) { client.send(part) }
    client.send("\na 1 1\n")
    #expect(receiver.take { $0.samples.count == 1 })
    #expect(receiver.batch.rejects.count == 1)
  }

  @Test(
    arguments: [
      ("tcp://127.0.0.1:8125", "tcp://127.0.0.1:8125"), ("udp://:8125", "udp://127.0.0.1:8125"),
      ("tcp://[::1]:2003?format=graphite", "tcp://[::1]:2003"),
      ("unix:///run/m.sock?type=datagram&region=eu-west-1", "unix:///run/m.sock"),
      ("udp://0.0.0.0:8125?exposed=yes", "udp://0.0.0.0:8125"),
    ])
  func `a socket is written as a URL`(_ text: String, _ description: String) throws {
    #expect(try SourceSpecification(text).description == description)
  }

  @Test(
    arguments: [
      ("udp://0.0.0.0:8125", "has no password"), ("tcp://127.0.0.1", "has no port"),
      ("tcp://127.0.0.1:x", "has no port"), ("unix://m.sock", "names no path"),
      ("tcp://127.0.0.1:1?format=nope", "is not one of the formats"),
      ("tcp://127.0.0.1:1?color=red", "is not a setting"),
      ("unix:///m?type=seqpacket", "is not what type can be"),
      ("https://localhost:80", "not in this version"),
    ])
  func `a mistake in a socket is one sentence`(_ text: String, _ sentence: String) {
    let error = #expect(throws: InputError.self) { try SourceSpecification(text) }
    #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
  }

  @Test
  func `a live source is no file`() {
    #expect(throws: InputError.self) { try load("tcp://127.0.0.1:0") }
  }
}
