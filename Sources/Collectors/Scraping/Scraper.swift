import Dispatch
import Telemetry
import WireFormats

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Fetches a page of metrics at an interval, on a thread of its own, into a mailbox.
///
/// Each fetch gives, beside the page's metrics, the metric `up` as Prometheus has it: 1, or 0 where the
/// page could not be fetched or read. All carry the dimension `instance`.
package final class Scraper: Sendable {
  package let target: ScrapeTarget
  private let shared: SocketLoop.Shared

  /// `clock` says when a page arrived.
  package init(
    _ target: ScrapeTarget, options: InputOptions, mailbox: Mailbox,
    clock: @escaping @Sendable () -> Timestamp
  ) {
    self.target = target
    shared = SocketLoop.Shared(source: target.description)
    let shared = shared
    DispatchQueue(label: "meridian \(target)").async {
      var reader = ScrapeReader(target, options: options)
      repeat {
        let start = clock()
        let result = Result { () throws(HTTPResponse.Fault) in try HTTPFetch(target: target).run() }
        let batch = reader.read(result, arrival: clock())
        Self.count(batch, result, of: reader, in: shared)
        if !mailbox.offer(batch) {
          shared.update { $0.dropped += batch.samples.count }
        }
        Self.wait(target.intervalMilliseconds - (clock() - start), shared.stopDescriptor)
      } while !shared.isStopped
    }
  }

  deinit { stop() }

  package func stop() { shared.stop() }

  /// How it is doing.
  package var status: SourceStatus { shared.status }

  private static func count(
    _ batch: Batch, _ result: Result<HTTPResponse, HTTPResponse.Fault>, of reader: ScrapeReader,
    in shared: SocketLoop.Shared
  ) {
    shared.update { status in
      status.samples += batch.samples.count
      status.rejects += batch.rejects.count
      status.format = reader.formatName ?? status.format
      switch result {
      case .success(let response):
        status.bytes += response.body.count
        status.note = nil
      case .failure(let fault): status.note = fault.sentence
      }
    }
  }

  /// Until the next fetch is due, or the scraper is stopped.
  private static func wait(_ milliseconds: Int64, _ descriptor: Int32) {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    _ = unsafe poll(&request, 1, Int32(clamping: max(milliseconds, 0)))
  }
}

/// Decodes one page after another; remembers what differences need.
struct ScrapeReader {
  private let context: DecodingContext
  private var text: PrometheusText
  private var openMetrics: OpenMetrics
  /// The format of the last page.
  private(set) var formatName: String?

  init(_ target: ScrapeTarget, options: InputOptions) {
    var context = DecodingContext(
      source: target.description, identity: target.identity.completed(by: options.identity))
    context.naming = options.naming
    context.identity.dimensions.append(Dimension(name: "instance", value: target.instance))
    self.context = context
    text = PrometheusText(context: context)
    openMetrics = OpenMetrics(context: context)
  }

  mutating func read(
    _ result: Result<HTTPResponse, HTTPResponse.Fault>, arrival: Timestamp
  ) -> Batch {
    var batch = Batch()
    batch.source = context.source
    if case .success(let response) = result {
      let type = response.headers["content-type"] ?? ""
      if type.lowercased().hasPrefix("application/openmetrics-text") {
        Self.decode(response.body, with: &openMetrics, arrival, &batch)
        formatName = OpenMetrics.name
      } else {
        Self.decode(response.body, with: &text, arrival, &batch)
        formatName = PrometheusText.name
      }
    }
    let isUp = (try? result.get()) != nil && (batch.rejects.count == 0 || !batch.samples.isEmpty)
    append("up", isUp ? 1 : 0, arrival, to: &batch)
    return batch
  }

  private static func decode<Format: WireFormat>(
    _ body: [UInt8], with format: inout Format, _ arrival: Timestamp, _ batch: inout Batch
  ) {
    format.decode(body, arrival: arrival, into: &batch)
    format.finish(arrival: arrival, into: &batch)
  }

  private func append(
    _ name: String, _ value: Double, _ time: Timestamp, to batch: inout Batch
  ) {
    let identity = context.identity
    let metric = MetricID(
      region: identity.region ?? "", account: identity.account ?? "",
      namespace: identity.namespace ?? context.naming.defaultNamespace, name: name,
      dimensions: identity.dimensions)
    batch.samples.append(
      Sample(
        metric: Int32(batch.metrics.count), time: time, arrival: time,
        statistics: StatisticSet(value)))
    batch.metrics.append(metric)
  }
}
