import Telemetry
import WireFormats

/// From an input's raw bytes to batches: decompresses, finds out the format, decodes.
struct InputDecoder {
  var status: SourceStatus
  private var context: DecodingContext
  private var decoder: (any WireFormat)?
  private var inflater: Inflater?
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
    if let inflater {
      inflate(bytes, with: inflater, arrival: arrival, into: &batch)
    } else if isPlain {
      decodePlain(bytes, arrival: arrival, into: &batch)
    } else {
      beginning += bytes
      if beginning.count >= 2 { start(arrival: arrival, into: &batch) }
    }
    status.count(since: counts, in: batch)
  }

  mutating func finish(arrival: Timestamp?, into batch: inout Batch) {
    let counts = Counts(batch)
    if inflater == nil, !isPlain { start(arrival: arrival, into: &batch) }
    if let inflater, inflater.fault == nil, !inflater.isComplete {
      reject("the gzip data end before their end", into: &batch)
    }
    if decoder == nil, !beginning.isEmpty { detect(isFinal: true, arrival: arrival, into: &batch) }
    decoder?.finish(arrival: arrival, into: &batch)
    status.count(since: counts, in: batch)
  }

  private mutating func start(arrival: Timestamp?, into batch: inout Batch) {
    let bytes = beginning
    beginning = []
    if bytes.starts(with: [0x1F, 0x8B]) {
      let inflater = Inflater()
      self.inflater = inflater
      inflate(bytes, with: inflater, arrival: arrival, into: &batch)
    } else {
      isPlain = true
      decodePlain(bytes, arrival: arrival, into: &batch)
    }
  }

  private mutating func inflate(
    _ bytes: [UInt8], with inflater: Inflater, arrival: Timestamp?, into batch: inout Batch
  ) {
    guard inflater.fault == nil else { return }
    inflater.inflate(bytes) { decodePlain($0, arrival: arrival, into: &batch) }
    if let fault = inflater.fault { reject(fault, into: &batch) }
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
    detect(isFinal: false, arrival: arrival, into: &batch)
  }

  private mutating func detect(isFinal: Bool, arrival: Timestamp?, into batch: inout Batch) {
    let isEnough = beginning.count >= InputBeginning.limit || beginning.contains(10)
    guard isFinal || isEnough else { return }
    let bytes = beginning
    if let format = detectWireFormat(InputBeginning(bytes)) {
      begin(format)
      beginning = []
      decoder?.decode(bytes, arrival: arrival, into: &batch)
    } else if isFinal || bytes.count >= InputBeginning.limit {
      let isBlank = bytes.allSatisfy { $0 == 32 || (9...13).contains($0) }
      beginning = []
      if isBlank { return }
      let isZstandard = bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
      let reason = isZstandard ? "zstd files are not read in this version" : Self.unrecognised
      refusal = reason
      status.state = .failed(reason)
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
