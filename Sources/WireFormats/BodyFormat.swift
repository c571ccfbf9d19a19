import Telemetry

/// A format of which an input is one whole, as the body of a request: what such formats share.
///
/// An instance reads one body after another (`decode`, then `finish`) and remembers between them what
/// differences need.
package protocol BodyFormat: WireFormat {
  var context: DecodingContext { get }
  var body: BodyBuffer { get set }

  /// Reads a whole body; returns what is wrong with it as a whole.
  mutating func read(_ body: Span<UInt8>, arrival: Timestamp?, into batch: inout Batch) -> String?
}

/// The body that is being received.
package struct BodyBuffer: Sendable {
  fileprivate var bytes: [UInt8] = []
  fileprivate var isTooLong = false

  package init() {}
}

extension BodyFormat {
  package mutating func decode(_ bytes: [UInt8], arrival: Timestamp?, into batch: inout Batch) {
    guard !body.isTooLong, body.bytes.count + bytes.count <= InputLimits.bodyBytes else {
      body.isTooLong = true
      body.bytes = []
      return
    }
    body.bytes += bytes
  }

  package mutating func finish(arrival: Timestamp?, into batch: inout Batch) {
    let (bytes, isTooLong) = (body.bytes, body.isTooLong)
    body = BodyBuffer()
    if isTooLong {
      reject("larger than \(InputLimits.bodyBytes) bytes", into: &batch)
    } else if !bytes.isEmpty, let fault = read(bytes.span, arrival: arrival, into: &batch) {
      reject(fault, into: &batch)
    }
  }

  /// Notes that something could not be read; binary records have no text to show.
  func reject(_ reason: String, record: String = "", into batch: inout Batch) {
    batch.rejects.append(
      Reject(source: context.source, line: 0, record: record, reason: reason))
  }
}
