import Documents
import Telemetry

/// Firehose's HTTP delivery of a metric stream, in JSON or in OpenTelemetry.
///
/// A delivery that comes again is known by its `requestId` and is not read twice.
package struct Firehose: BodyFormat {
  package static let name = "firehose"
  package static let summary = "Firehose HTTP deliveries of a metric stream"

  package let context: DecodingContext
  package var body = BodyBuffer()
  /// The request that was read last, whatever came of it.
  package private(set) var requestID = ""
  private var json: MetricStreamJSON
  private var openTelemetry: MetricStreamOpenTelemetry
  /// The requests that were taken, newest last.
  private var taken: [String] = []

  /// Firehose tries again for two hours at most; more requests than come in that time at one a second.
  private static let memory = 8192
  /// Firehose's ids are UUIDs of 36 bytes.
  private static let requestIDLimit = 256

  package static func recognises(_ beginning: InputBeginning) -> Bool {
    beginning.has("requestId") && beginning.has("records")
  }

  package init(context: DecodingContext) {
    self.context = context
    json = MetricStreamJSON(context: context)
    openTelemetry = MetricStreamOpenTelemetry(context: context)
  }

  package mutating func read(
    _ body: Span<UInt8>, arrival: Timestamp?, into batch: inout Batch
  ) -> String? {
    let delivery: FirehoseDelivery
    do throws(Fault) {
      delivery = try FirehoseDelivery(Array(copying: body))
    } catch {
      requestID = ""
      return error.description
    }
    requestID = delivery.requestID
    guard requestID.utf8.count <= Self.requestIDLimit else {
      requestID = ""
      return "requestId has more than \(Self.requestIDLimit) bytes"
    }
    guard !taken.contains(delivery.requestID) else { return nil }
    var fault: String?
    for (index, record) in delivery.records.enumerated() where !record.isEmpty {
      guard read(record, arrival: arrival, into: &batch) else {
        fault = "record \(index + 1) is neither a metric stream in JSON nor in OpenTelemetry"
        continue
      }
    }
    taken.append(delivery.requestID)
    if taken.count > 2 * Self.memory { taken.removeFirst(Self.memory) }
    return fault
  }

  /// Reads a record, which is of a format of its own; false where it is of neither.
  private mutating func read(
    _ record: [UInt8], arrival: Timestamp?, into batch: inout Batch
  ) -> Bool {
    let beginning = InputBeginning(record)
    if MetricStreamOpenTelemetry.recognises(beginning) {
      openTelemetry.decode(record, arrival: arrival, into: &batch)
      openTelemetry.finish(arrival: arrival, into: &batch)
    } else if beginning.bytes.first == UInt8(ascii: "{") {
      json.decode(record, arrival: arrival, into: &batch)
      json.finish(arrival: arrival, into: &batch)
    } else {
      return false
    }
    return true
  }
}
