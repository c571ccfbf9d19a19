import Telemetry

/// An ExportMetricsServiceRequest of OTLP in protobuf: the body of `POST /v1/metrics`.
package struct OTLPProtobuf: BodyFormat {
  package static let name = "otlp-protobuf"
  package static let summary = "OTLP metrics in protobuf"

  package let context: DecodingContext
  package var body = BodyBuffer()
  private var reader: OTLPProtobufReader

  package static func recognises(_ beginning: InputBeginning) -> Bool {
    let bytes = beginning.raw
    return ProtobufShape.isRequest(0..<bytes.count, in: bytes.span, mayBeCut: true)
  }

  package init(context: DecodingContext) {
    self.context = context
    reader = OTLPProtobufReader(context: context)
  }

  package mutating func read(
    _ body: Span<UInt8>, arrival: Timestamp?, into batch: inout Batch
  ) -> String? {
    reader.beginPiece()
    for fault in reader.read(0..<body.count, in: body, arrival: arrival, into: &batch) {
      reject(fault, into: &batch)
    }
    return nil
  }
}
