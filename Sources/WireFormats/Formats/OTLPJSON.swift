import Documents
import Telemetry

/// ExportMetricsServiceRequests of OTLP in JSON: one, as a request's body, or one after another, as the
/// Collector's file exporter writes them.
package struct OTLPJSON: WireFormat {
  package static let name = "otlp-json"
  package static let summary = "OTLP metrics in JSON"

  private let context: DecodingContext
  private var values = JSONSplitter()
  private var reader: OTLPJSONReader

  package static func recognises(_ beginning: InputBeginning) -> Bool {
    beginning.has("resourceMetrics")
  }

  package init(context: DecodingContext) {
    self.context = context
    reader = OTLPJSONReader(context: context)
  }

  package mutating func decode(_ bytes: [UInt8], arrival: Timestamp?, into batch: inout Batch) {
    reader.beginPiece()
    let span = bytes.span
    var position = 0
    while let part = values.next(in: span, from: &position) {
      read(part, arrival: arrival, into: &batch)
    }
  }

  package mutating func finish(arrival: Timestamp?, into batch: inout Batch) {
    reader.beginPiece()
    if let part = values.finish() { read(part, arrival: arrival, into: &batch) }
  }

  private mutating func read(
    _ part: JSONSplitter.Part, arrival: Timestamp?, into batch: inout Batch
  ) {
    switch part {
    case .garbage(let beginning, let line, let reason):
      reject(beginning, line: line, reason, into: &batch)
    case .value(let value, let line):
      do throws(Fault) {
        let request = try Node.json(value, file: context.source)
        for fault in reader.read(request, arrival: arrival, into: &batch) {
          reject([], line: line, fault, into: &batch)
        }
      } catch {
        reject(
          value, line: line, "'\(error.value ?? "nothing")' is not \(error.expected)", into: &batch)
      }
    }
  }

  private func reject(
    _ record: [UInt8], line: Int, _ reason: String, into batch: inout Batch
  ) {
    let excerpt = String(decoding: record.prefix(4 * Reject.recordLimit), as: UTF8.self)
    batch.rejects.append(
      Reject(source: context.source, line: line, record: excerpt, reason: reason))
  }
}
