import Telemetry

/// CloudWatch Metric Streams in OpenTelemetry 0.7 and 1.0: requests of OTLP, each after its length.
///
/// Source: CloudWatch User Guide, "CloudWatch metric stream output in OpenTelemetry 1.0.0 format".
package struct MetricStreamOpenTelemetry: WireFormat {
  package static let name = "metric-stream-opentelemetry"
  package static let summary = "CloudWatch Metric Streams in OpenTelemetry 0.7 or 1.0"

  private let context: DecodingContext
  private var reader: OTLPProtobufReader
  private var pending: [UInt8] = []
  private var frame = 0
  private var hasFailed = false

  /// The largest frame; Firehose's records are of 1 MB at most.
  static let frameLimit = 16 << 20

  package static func recognises(_ beginning: InputBeginning) -> Bool {
    let bytes = beginning.raw
    var length = ProtobufReader(0..<bytes.count)
    guard let count = length.varint(in: bytes.span), count > 2, count <= frameLimit else {
      return false
    }
    let end = length.position + Int(count)
    return ProtobufShape.isRequest(
      length.position..<end, in: bytes.span, mayBeCut: end > bytes.count)
  }

  package init(context: DecodingContext) {
    self.context = context
    reader = OTLPProtobufReader(context: context)
  }

  package mutating func decode(_ bytes: [UInt8], arrival: Timestamp?, into batch: inout Batch) {
    guard !hasFailed else { return }
    reader.beginPiece()
    var input: [UInt8] = []
    swap(&input, &pending)
    input += bytes
    var position = 0
    while let range = nextFrame(in: input.span, from: &position, into: &batch) {
      frame += 1
      for fault in reader.read(range, in: input.span, arrival: arrival, into: &batch) {
        reject(fault, into: &batch)
      }
    }
    input.removeFirst(position)
    pending = input
  }

  package mutating func finish(arrival: Timestamp?, into batch: inout Batch) {
    frame += 1
    if !pending.isEmpty, !hasFailed { reject("the frame ends before its end", into: &batch) }
    pending = []
    frame = 0
    hasFailed = false
  }

  /// The next whole frame; nil where more bytes must come first.
  private mutating func nextFrame(
    in input: Span<UInt8>, from position: inout Int, into batch: inout Batch
  ) -> Range<Int>? {
    guard position < input.count, !hasFailed else { return nil }
    var length = ProtobufReader(position..<input.count)
    let count = length.varint(in: input)
    let isCut = count == nil && input.count - position < 10
    if isCut { return nil }
    guard let count, count <= Self.frameLimit else {
      frame += 1
      hasFailed = true
      reject("no frame of at most \(Self.frameLimit) bytes; what follows is not read", into: &batch)
      position = input.count
      return nil
    }
    let end = length.position + Int(count)
    guard end <= input.count else { return nil }
    defer { position = end }
    return length.position..<end
  }

  private func reject(_ reason: String, into batch: inout Batch) {
    batch.rejects.append(
      Reject(source: context.source, line: frame, record: "", reason: reason))
  }
}
