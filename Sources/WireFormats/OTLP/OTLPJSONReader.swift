import Documents
import Telemetry

/// Reads ExportMetricsServiceRequest in JSON: lowerCamelCase names, 64-bit numbers as texts or numbers,
/// enums as numbers or names; unknown members are ignored.
///
/// Source: OpenTelemetry, "OTLP Specification", JSON Protobuf Encoding.
struct OTLPJSONReader: Sendable {
  private var series: OTLPSeries
  private var faults: [String] = []

  init(context: DecodingContext) { series = OTLPSeries(context: context) }

  mutating func beginPiece() { series.beginPiece() }

  /// Reads a request; returns a sentence for each point that could not be read.
  mutating func read(
    _ request: Node, arrival: Timestamp?, into batch: inout Batch
  ) -> [String] {
    faults = []
    guard let resources = request["resourceMetrics"]?.elements else {
      return ["no list resourceMetrics"]
    }
    for entry in resources {
      let resource = resource(entry["resource"])
      for scope in entry["scopeMetrics"]?.elements ?? [] {
        let scopeName = scope["scope"]?["name"]?.text ?? ""
        for metric in scope["metrics"]?.elements ?? [] {
          read(metric, scope: scopeName, resource: resource, arrival: arrival, into: &batch)
        }
      }
    }
    return faults
  }

  private mutating func resource(_ node: Node?) -> OTLPResource {
    var labels: [Dimension] = []
    OTLPAttributes.read(json: node?["attributes"], into: &labels)
    let name = Array(labels.map { "\($0.name)=\($0.value)," }.joined().utf8)
    return series.resource(name) ?? series.addResource(name, labels: labels)
  }

  private mutating func read(
    _ node: Node, scope: String, resource: OTLPResource, arrival: Timestamp?,
    into batch: inout Batch
  ) {
    var metric = OTLPMetric(name: node["name"]?.text ?? "", unit: node["unit"]?.text ?? "")
    guard let (kind, data) = Self.data(of: node) else { return faults.append(metric.noKind) }
    metric.kind = kind
    metric.temporality = Self.temporality(data["aggregationTemporality"])
    metric.isMonotonic = data["isMonotonic"]?.text == "true"
    let head = Array("\(resource.number)\n\(scope)\n".utf8) + metric.key
    guard head.count <= InputLimits.seriesNameBytes else {
      return faults.append(
        "\(metric.name): named in more than \(InputLimits.seriesNameBytes) bytes")
    }
    for element in data["dataPoints"]?.elements ?? [] {
      guard let point = OTLPPoint(json: element, kind: kind) else {
        faults.append(
          "\(metric.name): a point has no value, or buckets that do not fit their bounds")
        continue
      }
      let names = point.attributes.map { "\($0.name)=\($0.value)," }.joined()
      let key = head + names.utf8
      append(point, of: metric, key, resource: resource, arrival: arrival, into: &batch)
    }
  }

  private mutating func append(
    _ point: OTLPPoint, of metric: OTLPMetric, _ key: [UInt8], resource: OTLPResource,
    arrival: Timestamp?, into batch: inout Batch
  ) {
    let found = series.find(key.span)
    guard
      let entry = found
        ?? series.insert(key.span, metric, resource: resource, attributes: point.attributes)
    else { return faults.append(series.refusal) }
    let fault = series.append(point, of: metric, to: entry, arrival: arrival, into: &batch)
    if let fault { faults.append(fault) }
  }

  private static func data(of node: Node) -> (OTLPMetric.Kind, Node)? {
    for (name, kind) in kinds {
      if let data = node[name] { return (kind, data) }
    }
    return nil
  }

  private static let kinds: [(String, OTLPMetric.Kind)] = [
    ("gauge", .gauge), ("sum", .sum), ("histogram", .histogram),
    ("exponentialHistogram", .exponential), ("summary", .summary),
  ]

  private static func temporality(_ node: Node?) -> OTLPMetric.Temporality {
    switch node?.text {
    case "1", "AGGREGATION_TEMPORALITY_DELTA": .delta
    case "2", "AGGREGATION_TEMPORALITY_CUMULATIVE": .cumulative
    default: .unspecified
    }
  }
}

extension OTLPPoint {
  /// Reads a data point; nil where it lacks what its kind needs.
  init?(json node: Node, kind: OTLPMetric.Kind) {
    OTLPAttributes.read(json: node["attributes"], into: &attributes)
    start = node["startTimeUnixNano"]?.whole ?? 0
    time = node["timeUnixNano"]?.whole ?? 0
    flags = node["flags"]?.whole ?? 0
    value = node["asDouble"]?.real ?? node["asInt"]?.real
    count = node["count"]?.real ?? 0
    // Zeros are not written, and the sum of a summary is not optional.
    sum = node["sum"]?.real ?? (kind == .summary ? 0 : nil)
    minimum = node["min"]?.real
    maximum = node["max"]?.real
    switch kind {
    case .gauge, .sum: guard value != nil || isGap else { return nil }
    case .histogram: guard readBuckets(node) else { return nil }
    case .exponential: exponential = ExponentialBuckets(json: node)
    case .summary:
      for entry in node["quantileValues"]?.elements ?? [] {
        quantiles.append((entry["quantile"]?.real ?? 0, entry["value"]?.real ?? 0))
      }
    }
  }

  private mutating func readBuckets(_ node: Node) -> Bool {
    let counts = node["bucketCounts"]?.elements?.compactMap(\.real) ?? []
    if counts.isEmpty { return true }
    let bounds = node["explicitBounds"]?.elements?.compactMap(\.real) ?? []
    guard counts.count == bounds.count + 1, zip(bounds, bounds.dropFirst()).allSatisfy(<) else {
      return false
    }
    buckets = Buckets(bounds: bounds, counts: counts)
    return true
  }
}

extension ExponentialBuckets {
  fileprivate init(json node: Node) {
    scale = Int(node["scale"]?.real ?? 0).clamped(to: Self.scales)
    zeroCount = node["zeroCount"]?.real ?? 0
    positive = Self.row(node["positive"])
    negative = Self.row(node["negative"])
  }

  private static func row(_ node: Node?) -> [Int: Double] {
    let offset = (node?["offset"]?.real ?? 0).clamped(to: -2e9...2e9)
    return row(
      offset: Int(offset), counts: node?["bucketCounts"]?.elements?.compactMap(\.real) ?? [])
  }
}

extension Node {
  /// A whole number of 64 bits, all of whose digits count.
  fileprivate var whole: UInt64? {
    guard let text else { return nil }
    if let number = UInt64(text) { return number }
    guard let number = Double(text), number >= 0, number < 0x1p63 else { return nil }
    return UInt64(number)
  }
}
