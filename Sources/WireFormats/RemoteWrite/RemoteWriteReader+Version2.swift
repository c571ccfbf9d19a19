import Telemetry

extension RemoteWriteReader {
  /// TimeSeries of 2.0: labels_refs = 1, samples = 2, histograms = 3, exemplars = 4, metadata = 5.
  mutating func readSeries2(
    _ range: Range<Int>, in bytes: Span<UInt8>, arrival: Timestamp?, into batch: inout Batch
  ) {
    var references: [UInt64] = []
    var samples: [Range<Int>] = []
    var metadata = 0..<0
    var reader = ProtobufReader(range)
    while let field = reader.field(in: bytes) {
      switch field {
      case 1: reader.varints(in: bytes, into: &references)
      case 2: samples.append(reader.bytes(in: bytes))
      case 3: refuseNativeHistogram(&reader, in: bytes)
      case 5: metadata = reader.bytes(in: bytes)
      default: reader.skip(in: bytes)
      }
    }
    if reader.isDamaged { return faults.append("a time series is damaged") }
    guard references.count % 2 == 0, !references.isEmpty else {
      return faults.append("a time series has an odd number of label references")
    }
    guard references.allSatisfy({ $0 < UInt64(symbols.count) }) else {
      return faults.append("a label refers to a symbol that is not there")
    }
    // A short reference may stand for a long symbol, and a thousand of them for a thousand.
    let size = references.reduce(0) { $0 + symbols[Int($1)].count + 1 }
    guard size <= InputLimits.seriesNameBytes else {
      return faults.append("a series is named in more than \(InputLimits.seriesNameBytes) bytes")
    }
    var labels: [Dimension] = []
    for index in stride(from: 0, to: references.count, by: 2) {
      labels.append(
        Dimension(
          name: symbol(references[index], in: bytes),
          value: symbol(references[index + 1], in: bytes)))
    }
    readMetadata2(metadata, of: labels, in: bytes)
    guard let entry = entry(of: labels) else { return }
    for sample in samples {
      readSample(sample, of: entry, in: bytes, arrival: arrival, into: &batch)
    }
  }

  private func symbol(_ reference: UInt64, in bytes: Span<UInt8>) -> String {
    bytes.text(in: symbols[Int(reference)])
  }

  /// Symbols differ from request to request, so series are known by their labels' texts.
  private mutating func entry(of labels: [Dimension]) -> Int? {
    var name: [UInt8] = []
    for label in labels {
      name += label.name.utf8
      name.append(0)
      name += label.value.utf8
      name.append(0)
    }
    var key = SeriesKey(0..<name.count)
    key.tag = 2
    let hash = key.hash(in: name.span)
    if let known = series.find(key, hash: hash, in: name.span) { return known }
    return add(key, hash: hash, in: name.span, labels: labels)
  }

  /// Metadata of 2.0: type = 1, help_ref = 3, unit_ref = 4.
  private mutating func readMetadata2(
    _ range: Range<Int>, of labels: [Dimension], in bytes: Span<UInt8>
  ) {
    var reader = ProtobufReader(range)
    var (type, unit) = (0, UInt64(0))
    while let field = reader.field(in: bytes) {
      switch field {
      case 1: type = Int(reader.integer(in: bytes) & 0xFF)
      case 4: unit = reader.integer(in: bytes)
      default: reader.skip(in: bytes)
      }
    }
    guard var family = labels.first(where: { $0.name == "__name__" })?.value else { return }
    // Types 3 to 5 are histograms and summaries, whose series have the family's name and a suffix.
    let suffixes = ["_bucket", "_sum", "_count"]
    if (3...5).contains(type), let suffix = suffixes.first(where: family.hasSuffix) {
      family.removeLast(suffix.count)
    }
    note(
      type: type, unit: unit < UInt64(symbols.count) ? symbol(unit, in: bytes) : "", of: family)
  }
}
