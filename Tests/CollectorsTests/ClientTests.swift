import Foundation
import Telemetry
import Testing

@testable import Collectors
@testable import WireFormats

/// The clients that people use, as PyPI has them, against sockets of ours on loopback.
///
/// `make test` installs them and names their interpreter in MERIDIAN_CLIENTS; where that is not set the
/// tests are skipped and say so.
@Suite(
  .enabled(
    if: ProcessInfo.processInfo.environment["MERIDIAN_CLIENTS"] != nil,
    "MERIDIAN_CLIENTS names no Python with statsd, datadog, graphyte, influxdb-client and aws-embedded-metrics: run packaging/install-clients"
  ))
struct ClientTests {
  let scratch = Scratch()

  /// Runs a program in Python; its words on standard error when it fails.
  func run(_ program: String, environment: [String: String] = [:]) throws {
    let process = Process()
    let all = ProcessInfo.processInfo.environment
    process.executableURL = URL(fileURLWithPath: all["MERIDIAN_CLIENTS"]!)
    process.arguments = ["-c", program]
    process.environment = all.merging(environment) { _, new in new }
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let text = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(text)")
  }

  @Test
  func `statsd over UDP`() throws {
    let receiver = try Receiver.on(.udp)
    try run(
      """
      import statsd
      c = statsd.StatsClient('127.0.0.1', \(receiver.listener.port), prefix='orders')
      c.incr('req'); c.incr('req', 3); c.gauge('lag', -1.5); c.gauge('lag', 2, delta=True)
      c.timing('lat', 12.345); c.set('users', 'u1'); c.set('users', 'u1')
      with c.pipeline() as p:
          p.incr('a'); p.gauge('b', 3)
      """)
    #expect(receiver.take { $0.samples.count >= 8 })
    #expect(
      receiver.listing == [
        "orders.req 1.0", "orders.req 3.0", "orders.lag -1.5", "orders.lag 0.5",
        "orders.lat 12.345", "orders.users 1.0", "orders.a 1.0", "orders.b 3.0",
      ])
    #expect(receiver.batch.rejects.count == 0)
  }

  @Test
  func `statsd over TCP`() throws {
    let receiver = try Receiver.on(.tcp)
    try run(
      """
      import statsd
      c = statsd.TCPStatsClient('127.0.0.1', \(receiver.listener.port))
      c.incr('x'); c.gauge('y', -5); c.close()
      """)
    #expect(receiver.take { $0.samples.count >= 2 })
    #expect(receiver.listing == ["x 1.0", "y -5.0"])
  }

  @Test
  func `datadog over UDP`() throws {
    let receiver = try Receiver.on(.udp)
    try run(
      """
      from datadog.dogstatsd import DogStatsd
      c = DogStatsd(host='127.0.0.1', port=\(receiver.listener.port), disable_telemetry=True,
                    disable_buffering=True, constant_tags=['region:eu-west-1'])
      c.increment('req', tags=['az:a']); c.gauge('lag', -1.5); c.histogram('h', 3.2)
      c.distribution('dist', 4); c.timing('lat', 12); c.set('users', 'u1')
      c.gauge_with_timestamp('old', 2, 1795424400)
      c.event('Failover', 'promoted\\neu-west-1|x', alert_type='warning')
      c.service_check('db.ok', 1, message='m|n')
      """)
    #expect(receiver.take { $0.samples.count >= 8 && $0.events.count >= 2 })
    #expect(
      receiver.listing == [
        "req 1.0", "lag -1.5", "h 3.2", "dist 4.0", "lat 12.0", "users 1.0", "old 2.0", "db.ok 1.0",
      ])
    #expect(Set(receiver.batch.metrics.map(\.region)) == ["eu-west-1"])
    #expect(receiver.batch.events.map(\.message) == ["promoted\neu-west-1|x", "m|n"])
    #expect(receiver.batch.rejects.count == 0)
  }

  @Test(arguments: [SocketAddress.Transport.unixDatagram, .unixStream])
  func `datadog over a unix socket`(_ transport: SocketAddress.Transport) throws {
    let path = scratch.path(of: "d.sock")
    let receiver = try Receiver(SocketAddress(transport: transport, path: path))
    let scheme = transport == .unixStream ? "unixstream://" : "unixgram://"
    try run(
      """
      from datadog.dogstatsd import DogStatsd
      c = DogStatsd(socket_path='\(scheme)\(path)', disable_telemetry=True, disable_buffering=True)
      c.increment('uds', tags=['a:b']); c.gauge('g', 2)
      """)
    #expect(receiver.take { $0.samples.count >= 2 })
    #expect(receiver.listing == ["uds 1.0", "g 2.0"])
    #expect(receiver.batch.rejects.count == 0)
  }

  @Test(arguments: [SocketAddress.Transport.tcp, .udp])
  func `graphyte`(_ transport: SocketAddress.Transport) throws {
    let receiver = try Receiver.on(transport)
    try run(
      """
      import graphyte
      s = graphyte.Sender('127.0.0.1', port=\(receiver.listener.port), prefix='eu.db',
                          protocol='\(transport.rawValue)')
      s.send('orders.lag', 1.5, timestamp=1795424400)
      s.send('orders.lag', 2.5, timestamp=1795424460, tags={'region': 'eu-west-1'})
      """)
    #expect(receiver.take { $0.samples.count >= 2 })
    #expect(receiver.listing == ["eu.db.orders.lag 1.5", "eu.db.orders.lag 2.5"])
  }

  @Test(arguments: [SocketAddress.Transport.tcp, .udp])
  func `embedded metrics`(_ transport: SocketAddress.Transport) throws {
    let receiver = try Receiver.on(transport)
    try run(
      """
      import asyncio
      from aws_embedded_metrics import metric_scope
      @metric_scope
      def work(metrics):
          metrics.set_namespace('Orders/HA')
          metrics.set_dimensions({'Cluster': 'orders'})
          metrics.put_metric('ReplicaLag', 1.5, 'Seconds')
          metrics.put_metric('Latency', 10, 'Milliseconds')
          metrics.put_metric('Latency', 20, 'Milliseconds')
      work()
      """,
      environment: [
        "AWS_EMF_ENVIRONMENT": "agent", "AWS_EMF_SERVICE_NAME": "orders",
        "AWS_EMF_AGENT_ENDPOINT": "\(transport.rawValue)://127.0.0.1:\(receiver.listener.port)",
      ])
    #expect(receiver.take { $0.samples.count >= 2 })
    #expect(receiver.listing == ["ReplicaLag 1.5", "Latency 30.0"])
    #expect(receiver.batch.metrics.map(\.namespace) == ["Orders/HA", "Orders/HA"])
    #expect(receiver.batch.samples.map(\.statistics.count) == [1, 2])
  }

  @Test
  func `influx lines`() throws {
    let receiver = try Receiver.on(.udp)
    try run(
      """
      import socket
      from influxdb_client import Point
      p = Point('replica lag').tag('region', 'eu-west-1').field('lag', 1.5).field('n', 3).field('ok', True)
      p.field('s', 'q"u').time(1795424400250, 'ms')
      s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      s.sendto(p.to_line_protocol().encode(), ('127.0.0.1', \(receiver.listener.port)))
      """)
    #expect(receiver.take { $0.samples.count >= 3 })
    #expect(receiver.listing == ["replica lag_lag 1.5", "replica lag_n 3.0", "replica lag_ok 1.0"])
    #expect(
      Set(receiver.batch.samples.map(\.time)) == [Timestamp(milliseconds: 1_795_424_400_250)])
  }
}
