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
  private var last = Plan(number: -1)
  /// What names the series of a document: its region, the dimensions of each set, and a number.
  private var keys: [UInt8] = []
  private var sets: [KeyedSet] = []

  /// What marks a document within a line.
  static let marker: StaticString = "_aws"

  /// More spellings than a fleet of programs has; past it the table starts anew.
  private static let planLimit = 4096
  /// Values of one metric in one document.
  static let valueLimit = 100

  /// What one spelling of `CloudWatchMetrics` says.
  private final class Plan: Sendable {
    let number: Int
    let directives: [EMFDirective]
    let fault: String?

    init(number: Int, directives: [EMFDirective] = [], fault: String? = nil) {
      self.number = number
      self.directives = directives
      self.fault = fault
    }
  }

  /// The values of a set of dimensions, as they stand in `keys`; or what is wrong with them.
  private struct KeyedSet {
    var range: Range<Int>
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
    _ document: inout EMFDocument, in bytes: Span<UInt8>, arrival: Timestamp?,
    into batch: inout Batch
  ) -> String? {
    guard document.isMetadataSound else { return "_aws is not an object" }
    guard !document.directives.isEmpty else { return nil }
    guard let time = document.timestamp.flatMap(Timestamp.init(recordableMilliseconds:)) else {
      return "_aws.Timestamp is not a number of milliseconds"
    }
    if !document.isSpelledAsBefore || last.number < 0 {
      document.spelling = Array(copying: bytes.extracting(document.directives))
      last = plan(for: document.spelling)
    }
    keys.removeAll(keepingCapacity: true)
    let region = region(of: document, in: bytes)
    keys.append(copying: bytes.extracting(region))
    let plan = last
    var fault = plan.fault
    // The number of the first series of the directive.
    var first = plan.number << 32
    for directive in plan.directives {
      let source = Source(
        time: time, arrival: arrival ?? time, region: region, regionKey: 0..<region.count,
        firstSeries: first)
      fault = read(directive, of: document, source, in: bytes, into: &batch) ?? fault
      first += directive.metrics.count * directive.dimensionSets.count
    }
    return fault
  }

  private mutating func plan(for spelling: [UInt8]) -> Plan {
    if let plan = known[spelling] { return plan }
    if known.count >= Self.planLimit {
      known = [:]
      series = SeriesCache(limit: context.seriesLimit)
    }
    let read = (try? Node.json(spelling)).map(EMFDirective.directives)
    let plan = Plan(
      number: known.count, directives: read?.directives ?? [],
      fault: read == nil ? "CloudWatchMetrics is not JSON" : read?.fault)
    known[spelling] = plan
    return plan
  }

  /// What all series of a directive in a document share.
  private struct Source {
    var time: Timestamp
    var arrival: Timestamp
    /// Where the region stands in the document, and in `keys`.
    var region: Range<Int>
    var regionKey: Range<Int>
    var firstSeries: Int
  }

  private mutating func read(
    _ directive: EMFDirective, of document: EMFDocument, _ source: Source, in bytes: Span<UInt8>,
    into batch: inout Batch
  ) -> String? {
    keySets(of: directive, in: document, bytes)
    var fault: String?
    var number = source.firstSeries
    for metric in directive.metrics {
      defer { number += directive.dimensionSets.count }
      guard let range = document.value(of: metric.name.key, in: bytes) else {
        fault = "the metric \(metric.name.text) is not a member of the document"
        continue
      }
      guard let value = Self.value(bytes, at: range) else {
        fault =
          "\(metric.name.text) is neither a number nor a list of at most \(Self.valueLimit), within "
          + "±2^360"
        continue
      }
      if case .list(let values) = value, values.isEmpty { continue }
      for set in sets.indices {
        if let problem = sets[set].fault {
          fault = problem
          continue
        }
        guard let entry = entry(metric, set, number + set, directive, document, source, in: bytes)
        else {
          fault = series.refusal
          continue
        }
        // First the index: as an argument of a method it would make a copy of all series.
        let index = series.batchIndex(of: entry, in: &batch)
        Self.append(value, index, source, to: &batch)
      }
    }
    return fault
  }

  /// Writes the dimensions of each set behind the region in `keys`.
  private mutating func keySets(
    of directive: EMFDirective, in document: EMFDocument, _ bytes: Span<UInt8>
  ) {
    sets.removeAll(keepingCapacity: true)
    for set in directive.dimensionSets {
      let start = keys.count
      var fault: String?
      for name in set {
        guard let range = document.value(of: name.key, in: bytes), range.count >= 2,
          bytes[range.lowerBound] == UInt8(ascii: "\"")
        else {
          fault = "the dimension \(name.text) is not a member that is a string"
          break
        }
        keys.append(copying: bytes.extracting(range))
      }
      sets.append(KeyedSet(range: start..<keys.count, fault: fault))
    }
  }

  /// The series of a metric in a set of dimensions; nil where there is no room for another.
  private mutating func entry(
    _ metric: EMFDirective.Metric, _ set: Int, _ number: Int, _ directive: EMFDirective,
    _ document: EMFDocument, _ source: Source, in bytes: Span<UInt8>
  ) -> Int? {
    // A span of a member would hold the whole of self.
    var keys: [UInt8] = []
    swap(&keys, &self.keys)
    let end = keys.count
    defer {
      keys.removeLast(8)
      swap(&keys, &self.keys)
    }
    unsafe withUnsafeBytes(of: number.littleEndian) { unsafe keys.append(contentsOf: $0) }
    let key = SeriesKey(sets[set].range, source.regionKey, end..<keys.count)
    let hash = key.hash(in: keys.span)
    if let entry = series.find(key, hash: hash, in: keys.span) { return entry }
    let name = identity(
      metric, directive.dimensionSets[set], directive, document, source.region, in: bytes)
    return series.insert(key, hash: hash, in: keys.span, metric: name, state: ())
  }

  private static func append(
    _ value: Value, _ metric: Int32, _ source: Source, to batch: inout Batch
  ) {
    switch value {
    case .number(let number):
      batch.samples.append(
        Sample(
          metric: metric, time: source.time, arrival: source.arrival,
          statistics: StatisticSet(number)))
    case .list(let values):
      let histogram = Histogram(count: Double(values.count), values: values.map { ($0, 1) })
      // At most a hundred storable values have storable statistics.
      _ = batch.append(histogram, metric: metric, time: source.time, arrival: source.arrival)
    }
  }

  private func identity(
    _ metric: EMFDirective.Metric, _ set: [EMFDirective.Name], _ directive: EMFDirective,
    _ document: EMFDocument, _ region: Range<Int>, in bytes: Span<UInt8>
  ) -> MetricID {
    let dimensions = set.map { name in
      let range = document.value(of: name.key, in: bytes) ?? 0..<0
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

  /// What a metric may be in a document.
  private enum Value {
    case number(Double)
    /// Not of one value alone, which is a number.
    case list([Double])
  }

  /// A number or a list of numbers; nil where it is neither or too long a list.
  private static func value(_ bytes: Span<UInt8>, at range: Range<Int>) -> Value? {
    var cursor = JSONCursor()
    cursor.position = range.lowerBound
    guard cursor.skip(UInt8(ascii: "["), in: bytes) else {
      guard let value = cursor.number(in: bytes), value.isStorable else { return nil }
      return .number(value)
    }
    if cursor.skip(UInt8(ascii: "]"), in: bytes) { return .list([]) }
    var values: [Double] = []
    repeat {
      guard let value = cursor.number(in: bytes), value.isStorable, values.count < valueLimit
      else { return nil }
      values.append(value)
    } while cursor.skip(UInt8(ascii: ","), in: bytes)
    guard cursor.skip(UInt8(ascii: "]"), in: bytes) else { return nil }
    return values.count == 1 ? .number(values[0]) : .list(values)
  }
}
