import Documents
import Telemetry

/// Reads documents of the embedded metric format: each is as many series as it has sets of dimensions
/// times metrics.
///
/// Dimensions are CloudWatch's own and stay as they are; the region, which a document has not, is that
/// of a root member named like a region label, or of a member `Region` or `AWS_REGION`.
struct EMFReader: Sendable {
  private let context: DecodingContext
  private let regionKeys: [[UInt8]]
  private var series: SeriesCache<Void>
  /// Directives by the bytes that spell them: a program writes the same ones again and again.
  private var known: [[UInt8]: Plan] = [:]
  private var last: (bytes: [UInt8], plan: Plan)?
  private var scratch: [UInt8] = []

  /// What marks a document within a line.
  static let marker: StaticString = "_aws"

  /// More spellings than a fleet of programs has; past it the table starts anew.
  private static let planLimit = 4096
  /// Values of one metric in one document.
  static let valueLimit = 100

  private struct Plan: Sendable {
    var number: Int
    var directives: [EMFDirective]
    var fault: String?
  }

  init(context: DecodingContext) {
    self.context = context
    series = SeriesCache(limit: context.seriesLimit)
    regionKeys = (context.naming.regionLabels + ["Region", "AWS_REGION"]).map { Array($0.utf8) }
  }

  mutating func beginPiece() { series.beginPiece() }

  /// Reads one document; returns what is wrong with it.
  mutating func read(
    _ document: EMFDocument, in bytes: Span<UInt8>, arrival: Timestamp?, into batch: inout Batch
  ) -> String? {
    guard let metadata = EMFMetadata(bytes, at: document.metadata) else {
      return "_aws is not an object"
    }
    guard !metadata.directives.isEmpty else { return nil }
    guard let time = metadata.timestamp.flatMap(Timestamp.init(epochMilliseconds:)) else {
      return "_aws.Timestamp is not a number of milliseconds"
    }
    let plan = plan(for: metadata.directives, in: bytes)
    var fault = plan.fault
    for (number, directive) in plan.directives.enumerated() {
      let source = Source(
        document: document, time: time, arrival: arrival ?? time,
        tag: UInt64(plan.number) << 32 | UInt64(number) << 16)
      fault = read(directive, of: source, in: bytes, into: &batch) ?? fault
    }
    return fault
  }

  private mutating func plan(for range: Range<Int>, in bytes: Span<UInt8>) -> Plan {
    if let last, bytes.matches(range, last.bytes.span) { return last.plan }
    let key = Array(copying: bytes.extracting(range))
    if let plan = known[key] {
      last = (key, plan)
      return plan
    }
    if known.count >= Self.planLimit {
      known = [:]
      series = SeriesCache(limit: context.seriesLimit)
    }
    let read = (try? Node.json(key)).map(EMFDirective.directives)
    let plan = Plan(
      number: known.count, directives: read?.directives ?? [],
      fault: read == nil ? "CloudWatchMetrics is not JSON" : read?.fault)
    known[key] = plan
    last = (key, plan)
    return plan
  }

  /// A document that is being read.
  private struct Source {
    var document: EMFDocument
    var time: Timestamp
    var arrival: Timestamp
    /// Names the directive in keys of series.
    var tag: UInt64
  }

  private mutating func read(
    _ directive: EMFDirective, of source: Source, in bytes: Span<UInt8>, into batch: inout Batch
  ) -> String? {
    var fault: String?
    for metric in directive.metrics {
      guard let range = source.document.value(of: metric.name.key, in: bytes) else {
        fault = "the metric \(metric.name.text) is not a member of the document"
        continue
      }
      guard let values = Self.values(bytes, at: range) else {
        fault = "\(metric.name.text) is neither a number nor a list of at most \(Self.valueLimit)"
        continue
      }
      for (number, set) in directive.dimensionSets.enumerated() {
        fault =
          append(values, metric, set, number, of: directive, source, in: bytes, into: &batch)
          ?? fault
      }
    }
    return fault
  }

  private mutating func append(
    _ values: [Double], _ metric: EMFDirective.Metric, _ set: [EMFDirective.Name], _ number: Int,
    of directive: EMFDirective, _ source: Source, in bytes: Span<UInt8>, into batch: inout Batch
  ) -> String? {
    guard let first = values.first else { return nil }
    var scratch: [UInt8] = []
    swap(&scratch, &self.scratch)
    defer { swap(&scratch, &self.scratch) }
    scratch.removeAll(keepingCapacity: true)
    for name in set {
      guard let range = source.document.value(of: name.key, in: bytes), range.count >= 2,
        bytes[range.lowerBound] == UInt8(ascii: "\"")
      else { return "the dimension \(name.text) is not a member that is a string" }
      scratch.append(copying: bytes.extracting(range))
    }
    let end = scratch.count
    scratch += metric.name.key
    let tag = source.tag | UInt64(number)
    for shift in stride(from: 0, to: 64, by: 8) {
      scratch.append(UInt8(truncatingIfNeeded: tag >> shift))
    }
    let region = region(of: source.document, in: bytes)
    scratch.append(copying: bytes.extracting(region))
    let key = SeriesKey(0..<end, end..<scratch.count)
    let hash = key.hash(in: scratch.span)
    var entry = series.find(key, hash: hash, in: scratch.span)
    if entry == nil {
      let name = identity(metric, set, directive, source, region: region, in: bytes)
      entry = series.insert(key, hash: hash, in: scratch.span, metric: name, state: ())
    }
    guard let entry else { return "more than \(series.limit) series" }
    let index = series.batchIndex(of: entry, in: &batch)
    if values.count == 1 {
      batch.samples.append(
        Sample(
          metric: index, time: source.time, arrival: source.arrival,
          statistics: StatisticSet(first)))
    } else {
      let histogram = Histogram(
        count: Double(values.count), values: values.map { ($0, 1) })
      batch.append(histogram, metric: index, time: source.time, arrival: source.arrival)
    }
    return nil
  }

  private func identity(
    _ metric: EMFDirective.Metric, _ set: [EMFDirective.Name], _ directive: EMFDirective,
    _ source: Source, region: Range<Int>, in bytes: Span<UInt8>
  ) -> MetricID {
    let dimensions = set.map { name in
      let range = source.document.value(of: name.key, in: bytes) ?? 0..<0
      return Dimension(name: name.text, value: Self.string(bytes, at: range))
    }
    let told = Self.string(bytes, at: region)
    return MetricID(
      region: told.isEmpty ? context.identity.region ?? "" : told,
      account: context.identity.account ?? "", namespace: directive.namespace,
      name: metric.name.text, dimensions: dimensions, unit: metric.unit)
  }

  /// Where the region stands; empty where no member tells it.
  private func region(of document: EMFDocument, in bytes: Span<UInt8>) -> Range<Int> {
    for key in regionKeys {
      if let range = document.value(of: key, in: bytes),
        bytes[range.lowerBound] == UInt8(ascii: "\"")
      {
        return range
      }
    }
    return 0..<0
  }

  private static func string(_ bytes: Span<UInt8>, at range: Range<Int>) -> String {
    guard !range.isEmpty else { return "" }
    return (try? Node.json(Array(copying: bytes.extracting(range))))?.text ?? ""
  }

  /// A number or a list of numbers; nil where it is neither or too long a list.
  private static func values(_ bytes: Span<UInt8>, at range: Range<Int>) -> [Double]? {
    var cursor = JSONCursor()
    cursor.position = range.lowerBound
    guard cursor.skip(UInt8(ascii: "["), in: bytes) else {
      return cursor.number(in: bytes).map { [$0] }
    }
    if cursor.skip(UInt8(ascii: "]"), in: bytes) { return [] }
    var values: [Double] = []
    repeat {
      guard let value = cursor.number(in: bytes), values.count < valueLimit else { return nil }
      values.append(value)
    } while cursor.skip(UInt8(ascii: ","), in: bytes)
    return cursor.skip(UInt8(ascii: "]"), in: bytes) ? values : nil
  }
}
