import Telemetry
import WireFormats

/// From an input's raw bytes to batches: decompresses, finds out the format, decodes.
struct InputDecoder {
  var status: SourceStatus
  private var context: DecodingContext
  private var decoder: (any WireFormat)?
  private var decompressor: (any Decompressor)?
  private var isPlain = false
  private var beginning: [UInt8] = []

  /// `status` is what is known from before the input was rotated or truncated.
  init(
    context: DecodingContext, format: (any WireFormat.Type)?, status: SourceStatus? = nil
  ) {
    self.context = context
    self.status = status ?? SourceStatus(source: context.source)
    if let format { begin(format) }
  }

  var header: RecordingHeader? { decoder?.header }

  /// Why the input is skipped: no format recognised it.
  private(set) var refusal: String?

  mutating func decode(_ bytes: [UInt8], arrival: Timestamp?, into batch: inout Batch) {
    status.bytes += bytes.count
    let counts = Counts(batch)
    if let decompressor {
      decompress(bytes, with: decompressor, arrival: arrival, into: &batch)
    } else if isPlain {
      decodePlain(bytes, arrival: arrival, into: &batch)
    } else {
      beginning += bytes
      if beginning.count >= longestMagic { start(arrival: arrival, into: &batch) }
    }
    status.count(since: counts, in: batch)
  }

  /// The input pauses: what was held back for bytes that could have followed is read.
  mutating func settle(arrival: Timestamp?, into batch: inout Batch) {
    let counts = Counts(batch)
    if decoder == nil, isPlain || decompressor != nil, beginning.contains(10) {
      detect(isSettled: true, isFinal: false, arrival: arrival, into: &batch)
    }
    decoder?.settle(arrival: arrival, into: &batch)
    status.count(since: counts, in: batch)
  }

  mutating func finish(arrival: Timestamp?, into batch: inout Batch) {
    let counts = Counts(batch)
    if decompressor == nil, !isPlain { start(arrival: arrival, into: &batch) }
    if let decompressor, decompressor.fault == nil, !decompressor.isComplete {
      reject("the \(type(of: decompressor).name) data end before their end", into: &batch)
    }
    if decoder == nil, !beginning.isEmpty {
      detect(isSettled: true, isFinal: true, arrival: arrival, into: &batch)
    }
    decoder?.finish(arrival: arrival, into: &batch)
    status.count(since: counts, in: batch)
  }

  private mutating func start(arrival: Timestamp?, into batch: inout Batch) {
    let bytes = beginning
    beginning = []
    if let kind = allDecompressors.first(where: { bytes.starts(with: $0.magic) }) {
      let decompressor = kind.init()
      self.decompressor = decompressor
      decompress(bytes, with: decompressor, arrival: arrival, into: &batch)
    } else {
      isPlain = true
      decodePlain(bytes, arrival: arrival, into: &batch)
    }
  }

  private mutating func decompress(
    _ bytes: [UInt8], with decompressor: any Decompressor, arrival: Timestamp?,
    into batch: inout Batch
  ) {
    guard decompressor.fault == nil else { return }
    decompressor.decompress(bytes) { decodePlain($0, arrival: arrival, into: &batch) }
    if let fault = decompressor.fault { reject(fault, into: &batch) }
  }

  private mutating func decodePlain(
    _ bytes: [UInt8], arrival: Timestamp?, into batch: inout Batch
  ) {
    if refusal != nil { return }
    guard decoder == nil else {
      decoder?.decode(bytes, arrival: arrival, into: &batch)
      return
    }
    beginning += bytes
    detect(isSettled: false, isFinal: false, arrival: arrival, into: &batch)
  }

  /// Looks for the format once enough of the input is there.
  ///
  /// A line is enough, but for formats that more lines could tell apart; those wait until the input
  /// pauses (`isSettled`) or ends.
  private mutating func detect(
    isSettled: Bool, isFinal: Bool, arrival: Timestamp?, into batch: inout Batch
  ) {
    let isFull = beginning.count >= InputBeginning.limit
    guard isFinal || isFull || beginning.contains(10) else { return }
    let bytes = beginning
    if let format = detectWireFormat(InputBeginning(bytes)) {
      if format.needsWholeBeginning, !isSettled, !isFull { return }
      begin(format)
      beginning = []
      decoder?.decode(bytes, arrival: arrival, into: &batch)
    } else if isFinal || isFull {
      beginning = []
      if bytes.allSatisfy({ $0 == 32 || (9...13).contains($0) }) { return }
      refusal = Self.unrecognised
      status.state = .failed(Self.unrecognised)
    }
  }

  private mutating func begin(_ format: any WireFormat.Type) {
    decoder = format.init(context: context)
    status.format = format.name
  }

  private mutating func reject(_ reason: String, into batch: inout Batch) {
    status.state = .failed(reason)
    batch.rejects.append(Reject(source: context.source, line: 0, record: "", reason: reason))
  }

  /// What was looked for.
  static var unrecognised: String {
    "no format recognises it; looked for "
      + allWireFormats.map { "\($0.summary) (\($0.name))" }.joined(separator: ", ")
  }
}
