import Telemetry
import WireFormats

/// The decoders of a listener: one for each format that its clients speak.
///
/// Lines of all clients go to one decoder, which thus knows the last value of a gauge whoever sent it.
/// Formats whose records may span lines get one decoder a connection.
struct SocketDecoder {
  private let format: (any WireFormat.Type)?
  private let context: DecodingContext
  private var shared: [String: any WireFormat] = [:]
  /// The format of the last datagram.
  private var last: (any WireFormat.Type)?

  init(format: (any WireFormat.Type)?, context: DecodingContext) {
    self.format = format
    self.context = context
  }

  /// The format of lines that begin an input; nil where none recognises them.
  func detect(_ bytes: [UInt8]) -> (any WireFormat.Type)? {
    format ?? detectWireFormat(InputBeginning(bytes))
  }

  func makeDecoder(_ type: any WireFormat.Type) -> any WireFormat { type.init(context: context) }

  /// Whether lines of several clients may go to one decoder.
  static func isShared(_ type: any WireFormat.Type) -> Bool { type is any LineFormat.Type }

  /// Decodes whole lines.
  mutating func decode(
    _ lines: [UInt8], as type: any WireFormat.Type, arrival: Timestamp, into batch: inout Batch
  ) {
    if shared[type.name] == nil { shared[type.name] = makeDecoder(type) }
    shared[type.name]?.decode(lines, arrival: arrival, into: &batch)
  }

  /// Nothing more waits: what was held back is read.
  mutating func settle(arrival: Timestamp, into batch: inout Batch) {
    for name in shared.keys.sorted() { shared[name]?.settle(arrival: arrival, into: &batch) }
  }

  /// Decodes one datagram, which is whole; returns its format's name.
  mutating func decode(
    datagram: [UInt8], arrival: Timestamp, into batch: inout Batch
  ) -> String? {
    guard let type = format ?? last ?? detect(datagram) else {
      reject(datagram, "no format recognises it", into: &batch)
      return nil
    }
    var part = Batch()
    decode(datagram, whole: type, arrival: arrival, into: &part)
    if format == nil, part.samples.isEmpty, part.events.isEmpty, part.rejects.count > 0,
      let other = detect(datagram), other.name != type.name
    {
      part = Batch()
      decode(datagram, whole: other, arrival: arrival, into: &part)
      last = other
    } else {
      last = type
    }
    batch.append(part)
    return last?.name
  }

  private mutating func decode(
    _ datagram: [UInt8], whole type: any WireFormat.Type, arrival: Timestamp,
    into batch: inout Batch
  ) {
    guard Self.isShared(type) else {
      var decoder = makeDecoder(type)
      decoder.decode(datagram, arrival: arrival, into: &batch)
      return decoder.finish(arrival: arrival, into: &batch)
    }
    let lines = datagram.last == 10 ? datagram : datagram + [10]
    decode(lines, as: type, arrival: arrival, into: &batch)
    shared[type.name]?.settle(arrival: arrival, into: &batch)
  }

  func reject(_ bytes: [UInt8], _ reason: String, into batch: inout Batch) {
    let excerpt = String(decoding: bytes.prefix(4 * Reject.recordLimit), as: UTF8.self)
    batch.rejects.append(
      Reject(source: context.source, line: 0, record: excerpt, reason: reason))
  }
}
