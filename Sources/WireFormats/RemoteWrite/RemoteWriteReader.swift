import Telemetry

/// Reads Prometheus remote write requests, 1.0 (WriteRequest) and 2.0 (Request).
///
/// Counters and histograms are known by metadata, which 1.0 sends in requests of its own, or else by
/// their names. A stale marker ends a series. Sources: "Prometheus Remote-Write 1.0" and "2.0"
/// specifications.
struct RemoteWriteReader: Sendable {
  private let context: DecodingContext
  var series: SeriesCache<MetricFamilies.Role>
  var families = MetricFamilies()
  var groups = HistogramGroups(mayBeCut: true)
  /// The symbols of a request of version 2.0.
  var symbols: [Range<Int>] = []
  private(set) var written = Written()
  private var hasNewTypes = false
  var faults: [String] = []

  /// What was taken of a request, for the headers of a 2.0 reply.
  struct Written: Hashable, Sendable {
    var samples = 0
    var histograms = 0
    var exemplars = 0
  }

  /// NaN with these bits: the series has ended.
  static let staleBits: UInt64 = 0x7FF0_0000_0000_0002

  init(context: DecodingContext) {
    self.context = context
    series = SeriesCache(limit: context.seriesLimit)
    families.trustsNames = true
  }

  /// Reads a decompressed request; returns what is wrong, a sentence each.
  mutating func read(
    _ bytes: Span<UInt8>, arrival: Timestamp?, into batch: inout Batch
  ) -> [String] {
    series.beginPiece()
    faults = []
    symbols = []
    written = Written()
    var reader = ProtobufReader(0..<bytes.count)
    var parts: [(field: Int, range: Range<Int>)] = []
    while let field = reader.field(in: bytes) {
      let range = reader.bytes(in: bytes)
      if field == 4 { symbols.append(range) } else { parts.append((field, range)) }
    }
    if reader.isDamaged { faults.append("the protobuf data are damaged") }
    for part in parts where part.field == 3 { readMetadata(part.range, in: bytes) }
    if hasNewTypes, !series.isEmpty {
      // What was known by its name may be something else: all series are looked at anew.
      series = SeriesCache(limit: series.limit)
      series.beginPiece()
      // Groups stay with what they have seen, but no sender may add to them for ever.
      if groups.count > series.limit { groups = HistogramGroups(mayBeCut: true) }
    }
    hasNewTypes = false
    for part in parts {
      switch part.field {
      case 1: readSeries(part.range, in: bytes, arrival: arrival, into: &batch)
      case 5: readSeries2(part.range, in: bytes, arrival: arrival, into: &batch)
      default: break
      }
    }
    groups.close(piece: series.piece, into: &batch)
    faults += groups.faults
    groups.faults = []
    return faults
  }

  /// MetricMetadata: type = 1, metric_family_name = 2, help = 4, unit = 5.
  private mutating func readMetadata(_ range: Range<Int>, in bytes: Span<UInt8>) {
    var reader = ProtobufReader(range)
    var (type, family, unit) = (0, "", "")
    while let field = reader.field(in: bytes) {
      switch field {
      case 1: type = Int(reader.integer(in: bytes) & 0xFF)
      case 2: family = reader.string(in: bytes)
      case 5: unit = reader.string(in: bytes)
      default: reader.skip(in: bytes)
      }
    }
    note(type: type, unit: unit, of: family)
  }

  mutating func note(type: Int, unit: String, of family: String) {
    guard !family.isEmpty else { return }
    if type > 0, type < Self.types.count, families.set(Self.types[type], of: family) {
      hasNewTypes = true
    }
    if !unit.isEmpty { families.set(unit: unit, of: family) }
  }

  /// MetricMetadata.MetricType, by number.
  private static let types: [MetricFamilies.FamilyType] = [
    .unknown, .counter, .gauge, .histogram, .gaugehistogram, .summary, .info, .stateset,
  ]

  /// TimeSeries: labels = 1, samples = 2, exemplars = 3, histograms = 4.
  private mutating func readSeries(
    _ range: Range<Int>, in bytes: Span<UInt8>, arrival: Timestamp?, into batch: inout Batch
  ) {
    var labels: [Range<Int>] = []
    var samples: [Range<Int>] = []
    var reader = ProtobufReader(range)
    while let field = reader.field(in: bytes) {
      switch field {
      case 1: labels.append(reader.bytes(in: bytes))
      case 2: samples.append(reader.bytes(in: bytes))
      case 4: refuseNativeHistogram(&reader, in: bytes)
      default: reader.skip(in: bytes)
      }
    }
    if reader.isDamaged { return faults.append("a time series is damaged") }
    guard let first = labels.first, let last = labels.last else {
      return faults.append("a time series has no labels")
    }
    // Labels stand together, as one key.
    let key = SeriesKey(first.lowerBound..<last.upperBound)
    let hash = key.hash(in: bytes)
    var entry = series.find(key, hash: hash, in: bytes)
    if entry == nil {
      let pairs = labels.map { Self.label($0, in: bytes) }
      entry = add(key, hash: hash, in: bytes, labels: pairs)
    }
    guard let entry else { return }
    for sample in samples {
      readSample(sample, of: entry, in: bytes, arrival: arrival, into: &batch)
    }
  }

  /// Counts a native histogram, whose buckets are not read.
  mutating func refuseNativeHistogram(_ reader: inout ProtobufReader, in bytes: Span<UInt8>) {
    reader.skip(in: bytes)
    faults.append("a native histogram; send classic ones (send_native_histograms: false)")
  }

  private static func label(_ range: Range<Int>, in bytes: Span<UInt8>) -> Dimension {
    var reader = ProtobufReader(range)
    var label = Dimension(name: "", value: "")
    while let field = reader.field(in: bytes) {
      switch field {
      case 1: label.name = reader.string(in: bytes)
      case 2: label.value = reader.string(in: bytes)
      default: reader.skip(in: bytes)
      }
    }
    return label
  }

  /// Adds a series; nil, with a fault noted, where it has no name or there is no room.
  mutating func add(
    _ key: SeriesKey, hash: UInt64, in bytes: Span<UInt8>, labels: [Dimension]
  ) -> Int? {
    guard let name = labels.first(where: { $0.name == "__name__" })?.value, !name.isEmpty else {
      faults.append("a time series has no label __name__")
      return nil
    }
    let reading = families.reading(name: name, labels: labels.filter { $0.name != "__name__" })
    let metric = context.naming.metric(
      name: reading.name, labels: reading.labels, unit: reading.unit, identity: context.identity)
    guard series.hasRoom(for: key) else {
      faults.append(series.refusal)
      return nil
    }
    let role = groups.role(of: reading, metric: metric)
    return series.insert(key, hash: hash, in: bytes, metric: metric, state: role)
  }

  /// Sample: value = 1, timestamp = 2 in milliseconds.
  mutating func readSample(
    _ range: Range<Int>, of entry: Int, in bytes: Span<UInt8>, arrival: Timestamp?,
    into batch: inout Batch
  ) {
    var reader = ProtobufReader(range)
    var (value, milliseconds) = (0.0, Int64(0))
    while let field = reader.field(in: bytes) {
      switch field {
      case 1: value = reader.double(in: bytes)
      case 2: milliseconds = Int64(bitPattern: reader.integer(in: bytes))
      default: reader.skip(in: bytes)
      }
    }
    guard !reader.isDamaged, let time = Timestamp(recordableMilliseconds: milliseconds) else {
      return faults.append(
        reader.isDamaged
          ? "a sample is damaged" : "the time of a sample is not within the years 1 to 9999")
    }
    written.samples += 1
    if value.bitPattern == Self.staleBits { return series[entry].end() }
    take(value, of: entry, time: time, arrival: arrival ?? time, into: &batch)
  }

  private mutating func take(
    _ value: Double, of entry: Int, time: Timestamp, arrival: Timestamp, into batch: inout Batch
  ) {
    if case .part(let part, let group) = series[entry] {
      return groups.take(
        part, of: group, value: value, time: time, arrival: arrival, piece: series.piece,
        into: &batch)
    }
    if value.isNaN { return }
    guard value.isStorable else {
      written.samples -= 1
      return faults.append("a value is not \(Double.storableExpectation)")
    }
    guard let value = series[entry].value(value, at: time) else { return }
    batch.samples.append(
      Sample(
        metric: series.batchIndex(of: entry, in: &batch), time: time, arrival: arrival,
        statistics: StatisticSet(value)))
  }
}

extension MetricFamilies.Role {
  /// The series has ended: a counter that comes again begins with a first look.
  mutating func end() {
    if case .counter(var counter) = self {
      counter.forget()
      self = .counter(counter)
    }
  }
}
