import Telemetry

/// The fields of one data point in protobuf.
///
/// The numbers of fields differ from kind to kind: metrics.proto.
struct OTLPPointFields {
  private(set) var point = OTLPPoint()
  /// Where attributes, and the labels of version 0.7, stand.
  private(set) var attributes: [Range<Int>] = []
  private(set) var labels: [Range<Int>] = []
  private let kind: OTLPMetric.Kind
  private var bounds: [Double] = []
  private var counts: [UInt64] = []

  init(kind: OTLPMetric.Kind) {
    self.kind = kind
    // Zeros are not written, and the sum of a summary is not optional.
    if kind == .summary { point.sum = 0 }
  }

  /// Reads a point; false where it is broken.
  mutating func read(_ range: Range<Int>, in bytes: Span<UInt8>) -> Bool {
    var reader = ProtobufReader(range)
    while let field = reader.field(in: bytes) {
      switch (kind, field) {
      case (_, 2): point.start = reader.integer(in: bytes)
      case (_, 3): point.time = reader.integer(in: bytes)
      case (.gauge, _), (.sum, _): readNumber(field, &reader, in: bytes)
      case (.histogram, _): readHistogram(field, &reader, in: bytes)
      case (.exponential, _): readExponential(field, &reader, in: bytes)
      case (.summary, _): readSummary(field, &reader, in: bytes)
      }
    }
    guard !reader.isDamaged else { return false }
    return kind != .histogram || takeBuckets()
  }

  func dimensions(in bytes: Span<UInt8>) -> [Dimension] {
    var list: [Dimension] = []
    for range in attributes { OTLPAttributes.read(keyValue: range, in: bytes, into: &list) }
    for range in labels { OTLPAttributes.read(label: range, in: bytes, into: &list) }
    return list
  }

  private mutating func readNumber(
    _ field: Int, _ reader: inout ProtobufReader, in bytes: Span<UInt8>
  ) {
    switch field {
    case 1: labels.append(reader.bytes(in: bytes))
    case 4: point.value = reader.double(in: bytes)
    case 6: point.value = Double(Int64(bitPattern: reader.integer(in: bytes)))
    case 7: attributes.append(reader.bytes(in: bytes))
    case 8: point.flags = reader.integer(in: bytes)
    default: reader.skip(in: bytes)
    }
  }

  private mutating func readHistogram(
    _ field: Int, _ reader: inout ProtobufReader, in bytes: Span<UInt8>
  ) {
    switch field {
    case 1: labels.append(reader.bytes(in: bytes))
    case 4: point.count = Double(reader.integer(in: bytes))
    case 5: point.sum = reader.double(in: bytes)
    case 6: reader.fixedIntegers(in: bytes, into: &counts)
    case 7: reader.doubles(in: bytes, into: &bounds)
    case 9: attributes.append(reader.bytes(in: bytes))
    case 10: point.flags = reader.integer(in: bytes)
    case 11: point.minimum = reader.double(in: bytes)
    case 12: point.maximum = reader.double(in: bytes)
    default: reader.skip(in: bytes)
    }
  }

  /// False where there is not one more count than bounds, or the bounds do not ascend.
  private mutating func takeBuckets() -> Bool {
    if counts.isEmpty { return true }
    guard counts.count == bounds.count + 1, zip(bounds, bounds.dropFirst()).allSatisfy(<) else {
      return false
    }
    point.buckets = Buckets(bounds: bounds, counts: counts.map { Double($0) })
    return true
  }

  private mutating func readExponential(
    _ field: Int, _ reader: inout ProtobufReader, in bytes: Span<UInt8>
  ) {
    if point.exponential == nil { point.exponential = ExponentialBuckets() }
    switch field {
    case 1: attributes.append(reader.bytes(in: bytes))
    case 4: point.count = Double(reader.integer(in: bytes))
    case 5: point.sum = reader.double(in: bytes)
    case 6:
      let scale = reader.signedInteger(in: bytes)
      point.exponential?.scale = Int(scale).clamped(to: ExponentialBuckets.scales)
    case 7: point.exponential?.zeroCount = Double(reader.integer(in: bytes))
    case 8: point.exponential?.positive = Self.buckets(reader.bytes(in: bytes), in: bytes)
    case 9: point.exponential?.negative = Self.buckets(reader.bytes(in: bytes), in: bytes)
    case 10: point.flags = reader.integer(in: bytes)
    case 12: point.minimum = reader.double(in: bytes)
    case 13: point.maximum = reader.double(in: bytes)
    default: reader.skip(in: bytes)
    }
  }

  private static func buckets(_ range: Range<Int>, in bytes: Span<UInt8>) -> [Int: Double] {
    var reader = ProtobufReader(range)
    var offset = 0
    var counts: [UInt64] = []
    while let field = reader.field(in: bytes) {
      switch field {
      case 1: offset = Int(Int32(truncatingIfNeeded: reader.signedInteger(in: bytes)))
      case 2: reader.varints(in: bytes, into: &counts)
      default: reader.skip(in: bytes)
      }
    }
    return ExponentialBuckets.row(offset: offset, counts: counts.map { Double($0) })
  }

  private mutating func readSummary(
    _ field: Int, _ reader: inout ProtobufReader, in bytes: Span<UInt8>
  ) {
    switch field {
    case 1: labels.append(reader.bytes(in: bytes))
    case 4: point.count = Double(reader.integer(in: bytes))
    case 5: point.sum = reader.double(in: bytes)
    case 6: point.quantiles.append(Self.quantile(reader.bytes(in: bytes), in: bytes))
    case 7: attributes.append(reader.bytes(in: bytes))
    case 8: point.flags = reader.integer(in: bytes)
    default: reader.skip(in: bytes)
    }
  }

  /// Zeros are not written, so an empty message is quantile 0 of value 0.
  private static func quantile(
    _ range: Range<Int>, in bytes: Span<UInt8>
  ) -> (quantile: Double, value: Double) {
    var reader = ProtobufReader(range)
    var result = (quantile: 0.0, value: 0.0)
    while let field = reader.field(in: bytes) {
      switch field {
      case 1: result.quantile = reader.double(in: bytes)
      case 2: result.value = reader.double(in: bytes)
      default: reader.skip(in: bytes)
      }
    }
    return result
  }
}

extension ExponentialBuckets {
  /// Counts of neighbouring buckets by index, empty ones left out.
  static func row(offset: Int, counts: [Double]) -> [Int: Double] {
    var row: [Int: Double] = [:]
    for (index, count) in counts.prefix(bucketLimit).enumerated() where count > 0 {
      row[offset + index] = count
    }
    return row
  }
}

extension Comparable {
  func clamped(to range: ClosedRange<Self>) -> Self {
    min(max(self, range.lowerBound), range.upperBound)
  }
}
