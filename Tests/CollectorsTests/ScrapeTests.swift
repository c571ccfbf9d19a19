import Foundation
import Telemetry
import Testing

@testable import Collectors
@testable import WireFormats

struct ScrapeTests {
  @Test(arguments: [
    ("http://127.0.0.1:9100", "http://127.0.0.1:9100/metrics", 15_000),
    ("http://node/probe?target=a&x=1#interval=1m", "http://node:80/probe?target=a&x=1", 60_000),
    ("http://[::1]:9100/m#interval=5s&region=eu-west-1", "http://[::1]:9100/m", 5000),
  ])
  func `a page is a source`(text: String, description: String, interval: Int64) throws {
    let source = try SourceSpecification(text)
    guard case .page(let target) = source.location else {
      Issue.record("no page: \(source)")
      return
    }
    #expect(target.description == description && target.intervalMilliseconds == interval)
  }

  @Test(arguments: [
    ("http://:9100/metrics", "is not an address"), ("http://h:x/", "is not an address"),
    ("http://h/#interval=10ms", "not a duration of 1s or more"),
    ("http://h/#color=red", "settings are account, interval"), ("https://h/", "https:// sources"),
  ])
  func `what is no page is told`(text: String, words: String) {
    let error = #expect(throws: InputError.self) { try SourceSpecification(text) }
    #expect(error?.description.contains(words) == true, "\(String(describing: error))")
  }

  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloX",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n",
    "HTTP/1.0 200 OK\r\n\r\nhello",
  ])
  func `a body has a length, chunks, or an end`(answer: String) throws {
    #expect(try HTTPResponse(Array(answer.utf8)).body == Array("hello".utf8))
  }

  @Test
  func `an answer that is cut anywhere is a fault, and never a trap`() {
    for whole in [
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n",
    ] {
      let bytes = Array(whole.utf8)
      for count in 0..<(bytes.count - 3) {
        #expect(throws: HTTPResponse.Fault.self, "\(count) bytes") {
          try HTTPResponse(Array(bytes[..<count]))
        }
      }
    }
    #expect(throws: HTTPResponse.Fault.self) {
      try HTTPResponse(
        Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\nx".utf8))
    }
  }

  @Test
  func `counters become differences from page to page, and up tells of failures`() throws {
    let target = try ScrapeTarget("10.0.0.5:9100/metrics#region=eu-west-1")
    var reader = ScrapeReader(target, options: InputOptions())
    func page(_ text: String) throws -> Result<HTTPResponse, HTTPResponse.Fault> {
      let head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\n\r\n"
      return .success(try HTTPResponse(Array((head + text).utf8)))
    }
    func listing(_ batch: Batch) -> [String] {
      batch.samples.map { "\(batch.metrics[Int($0.metric)].name) \($0.statistics.sum)" }
    }
    let counter = "# TYPE sent_total counter\nsent_total"
    let time = Timestamp(seconds: 1_795_424_400)
    let first = reader.read(try page("\(counter) 10\nlag 2\n"), arrival: time)
    #expect(listing(first) == ["lag 2.0", "up 1.0"])
    #expect(
      first.metrics.allSatisfy {
        $0.region == "eu-west-1"
          && $0.dimensions == [Dimension(name: "instance", value: "10.0.0.5:9100")]
      })
    let second = reader.read(try page("\(counter) 17\nlag 3\n"), arrival: time + 15_000)
    #expect(listing(second) == ["sent_total 7.0", "lag 3.0", "up 1.0"])
    let failure = HTTPResponse.Fault(sentence: "it answers with the status 500")
    #expect(listing(reader.read(.failure(failure), arrival: time + 30_000)) == ["up 0.0"])
    let page404 = reader.read(try page("<html>\n"), arrival: time + 45_000)
    #expect(listing(page404) == ["up 0.0"] && page404.rejects.count == 1)
  }

  @Test
  func `a target that refuses the connection is down, and is told of`() throws {
    // A socket that is bound and does not listen refuses every connection.
    let bound = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(bound) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    unsafe withUnsafeMutablePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = unsafe bind(bound, $0, size)
        _ = unsafe getsockname(bound, $0, &size)
      }
    }
    let port = UInt16(bigEndian: address.sin_port)
    let mailbox = Mailbox()
    let target = try ScrapeTarget("127.0.0.1:\(port)/metrics#interval=1h&timeout=5s")
    let scraper = Scraper(target, options: InputOptions(), mailbox: mailbox) {
      Timestamp(seconds: 1_795_424_400)
    }
    var request = pollfd(fd: mailbox.wakeDescriptor, events: Int16(POLLIN), revents: 0)
    #expect(unsafe poll(&request, 1, 20_000) == 1)
    #expect(mailbox.take().flatMap(\.samples).map(\.statistics.sum) == [0])
    #expect(scraper.status.note != nil)
  }
}
