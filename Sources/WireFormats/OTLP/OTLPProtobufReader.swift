import Telemetry

/// Reads ExportMetricsServiceRequest in protobuf, versions 0.7 (labels) and 1.x (attributes).
///
/// Source: open-telemetry/opentelemetry-proto, metrics/v1/metrics.proto.
struct OTLPProtobufReader: Sendable {
  private var series: OTLPSeries
  private var key: [UInt8] = []
  /// Points that could not be stored, with the reasons of the first few.
  private(set) var faults: [String] = []
  private var isDamaged = false

  init(context: DecodingContext) { series = OTLPSeries(context: context) }

  mutating func beginPiece() { series.beginPiece() }

  /// Reads a request; returns what is wrong, a sentence for each point and one for a broken end.
  mutating func read(
    _ range: Range<Int>, in bytes: Span<UInt8>, arrival: Timestamp?, into batch: inout Batch
  ) -> [String] {
    faults = []
    isDamaged = false
    var reader = ProtobufReader(range)
    while let field = reader.field(in: bytes) {
      guard field == 1 else {
        reader.skip(in: bytes)
        continue
      }
      readResourceMetrics(reader.bytes(in: bytes), in: bytes, arrival: arrival, into: &batch)
    }
    if isDamaged || reader.isDamaged { faults.append("the protobuf data are damaged") }
    return faults
  }

  private mutating func readResourceMetrics(
    _ range: Range<Int>, in bytes: Span<UInt8>, arrival: Timestamp?, into batch: inout Batch
  ) {
    var resource = OTLPResource()
    var scopes: [Range<Int>] = []
    var reader = ProtobufReader(range)
    while let field = reader.field(in: bytes) {
      switch field {
      case 1: resource = self.resource(reader.bytes(in: bytes), in: bytes)
      case 2: scopes.append(reader.bytes(in: bytes))
      default: reader.skip(in: bytes)
      }
    }
    if reader.isDamaged { isDamaged = true }
    for scope in scopes {
      readScopeMetrics(scope, in: bytes, resource: resource, arrival: arrival, into: &batch)
    }
  }

  private mutating func resource(_ range: Range<Int>, in bytes: Span<UInt8>) -> OTLPResource {
    let name = Array(copying: bytes.extracting(range))
    if let known = series.resource(name) { return known }
    var labels: [Dimension] = []
    var reader = ProtobufReader(range)
    while let field = reader.field(in: bytes) {
      guard field == 1 else {
        reader.skip(in: bytes)
        continue
      }
      OTLPAttributes.read(
        keyValue: reader.bytes(in: bytes), in: bytes, into: &labels)
    }
    if reader.isDamaged { isDamaged = true }
    return series.addResource(name, labels: labels)
  }

  private mutating func readScopeMetrics(
    _ range: Range<Int>, in bytes: Span<UInt8>, resource: OTLPResource, arrival: Timestamp?,
    into batch: inout Batch
  ) {
    var scope = 0..<0
    var metrics: [Range<Int>] = []
    var reader = ProtobufReader(range)
    while let field = reader.field(in: bytes) {
      switch field {
      case 1: scope = reader.bytes(in: bytes)
      case 2: metrics.append(reader.bytes(in: bytes))
      default: reader.skip(in: bytes)
      }
    }
    if reader.isDamaged { isDamaged = true }
    guard scope.count <= InputLimits.seriesNameBytes else {
      return note("a scope of more than \(InputLimits.seriesNameBytes) bytes")
    }
    for metric in metrics {
      key.removeAll(keepingCapacity: true)
      key.append(copying: bytes.extracting(scope))
      for shift in stride(from: 0, to: 32, by: 8) {
        key.append(UInt8(truncatingIfNeeded: resource.number >> shift))
      }
      readMetric(metric, in: bytes, resource: resource, arrival: arrival, into: &batch)
    }
  }

  private mutating func readMetric(
    _ range: Range<Int>, in bytes: Span<UInt8>, resource: OTLPResource, arrival: Timestamp?,
    into batch: inout Batch
  ) {
    var metric = OTLPMetric()
    var data: Range<Int>?
    var reader = ProtobufReader(range)
    while let field = reader.field(in: bytes) {
      switch field {
      case 1: metric.name = reader.string(in: bytes)
      case 3: metric.unit = reader.string(in: bytes)
      case 5, 7, 9, 10, 11:
        metric.kind = Self.kinds[field] ?? .gauge
        data = reader.bytes(in: bytes)
      default: reader.skip(in: bytes)
      }
    }
    guard let data else {
      if reader.isDamaged { isDamaged = true } else { note(metric.noKind) }
      return
    }
    var points: [Range<Int>] = []
    var fields = ProtobufReader(data)
    while let field = fields.field(in: bytes) {
      switch field {
      case 1: points.append(fields.bytes(in: bytes))
      case 2: metric.temporality = .init(rawValue: fields.integer(in: bytes)) ?? .unspecified
      case 3: metric.isMonotonic = fields.integer(in: bytes) != 0
      default: fields.skip(in: bytes)
      }
    }
    if reader.isDamaged || fields.isDamaged { isDamaged = true }
    key += metric.key
    let prefix = key.count
    for point in points {
      key.removeSubrange(prefix...)
      readPoint(point, of: metric, in: bytes, resource: resource, arrival: arrival, into: &batch)
    }
  }

  private static let kinds: [Int: OTLPMetric.Kind] = [
    5: .gauge, 7: .sum, 9: .histogram, 10: .exponential, 11: .summary,
  ]

  private mutating func readPoint(
    _ range: Range<Int>, of metric: OTLPMetric, in bytes: Span<UInt8>, resource: OTLPResource,
    arrival: Timestamp?, into batch: inout Batch
  ) {
    var fields = OTLPPointFields(kind: metric.kind)
    guard fields.read(range, in: bytes) else {
      isDamaged = true
      return
    }
    for attribute in fields.attributes + fields.labels {
      key.append(copying: bytes.extracting(attribute))
      key.append(0)
    }
    guard key.count <= InputLimits.seriesNameBytes else {
      return note("\(metric.name): named in more than \(InputLimits.seriesNameBytes) bytes")
    }
    var scratch: [UInt8] = []
    swap(&scratch, &key)
    defer { swap(&scratch, &key) }
    var entry = series.find(scratch.span)
    if entry == nil {
      entry = series.insert(
        scratch.span, metric, resource: resource, attributes: fields.dimensions(in: bytes))
    }
    guard let entry else { return note(series.refusal) }
    let fault = series.append(
      fields.point, of: metric, to: entry, arrival: arrival, into: &batch)
    if let fault { note(fault) }
  }

  private mutating func note(_ fault: String) { faults.append(fault) }
}

extension OTLPMetric {
  /// What tells its streams from those of other metrics.
  var key: [UInt8] {
    Array(name.utf8) + [0] + Array(unit.utf8)
      + [0, kind.rawValue, UInt8(temporality.rawValue), isMonotonic ? 1 : 0]
  }
}
