import Documents
import Telemetry

/// One request of Firehose to an HTTP endpoint: records, each of which holds a part of a stream.
///
/// Source: Firehose Developer Guide, "HTTP endpoint delivery request and response specifications".
package struct FirehoseDelivery: Hashable, Sendable {
  /// The same when a delivery is tried again.
  package var requestID: String
  package var records: [[UInt8]]

  /// Reads a body that has been decompressed; throws a sentence.
  package init(_ body: [UInt8]) throws(Fault) {
    let node = try Node.json(body)
    requestID = try node.required("requestId").string()
    records = []
    for record in try node.required("records").list() {
      let data = try record.required("data")
      let text = Array(try data.string().utf8)
      guard let bytes = Base64.decode(text.span) else { throw data.fault("Base64") }
      records.append(bytes)
    }
  }

  /// The reply that Firehose wants, whose status tells success; `error` says what was wrong.
  package static func reply(to requestID: String, at time: Timestamp, error: String?) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("requestId", requestID)
      writer.member("timestamp", Double(time.milliseconds))
      if let error {
        writer.member("errorMessage", error)
      }
    }
    return Array(writer.text.utf8)
  }
}
