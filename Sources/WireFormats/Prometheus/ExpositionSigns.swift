/// By what Prometheus text and OpenMetrics are known, and told apart.
///
/// Never by the size of a timestamp: by `# EOF` and `# UNIT`, by types that only OpenMetrics has, by a
/// counter whose family name lacks its `_total`, or by times with a fraction.
struct ExpositionSigns {
  private(set) var isOpenMetrics = false
  private var counters: Set<String> = []

  /// Looks at the beginning of an input; nil where it is neither.
  init?(_ beginning: InputBeginning) {
    let lines = beginning.bytes.split(separator: 10)
    guard let first = lines.first, Self.isExposition(Array(first), isOnly: lines.count == 1) else {
      return nil
    }
    for line in lines { take(Array(line)) }
  }

  private static func isExposition(_ line: [UInt8], isOnly: Bool) -> Bool {
    let words = String(decoding: line, as: UTF8.self).split(separator: " ", maxSplits: 3)
    if let first = words.first, first == "#" {
      return words.count > 1
        && (["TYPE", "HELP", "UNIT"].contains(words[1]) || words == ["#", "EOF"])
    }
    guard let sample = ExpositionLine(line.span), line.span.double(in: sample.value) != nil,
      ExpositionName(Array(line[sample.series])) != nil
    else { return false }
    if line[sample.series].last == UInt8(ascii: "}") { return true }
    // A plain name and a time in seconds is Graphite's; Prometheus has milliseconds, or no time.
    let time = line.span.integer(in: sample.time)
    return sample.time.isEmpty
      ? line[sample.series].allSatisfy(isNameByte) : (time ?? 0) >= 100_000_000_000
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":") || (48...57).contains(byte)
      || (97...122).contains(byte | 0x20)
  }

  private mutating func take(_ line: [UInt8]) {
    guard line.first == UInt8(ascii: "#") else {
      guard let sample = ExpositionLine(line.span) else { return }
      if !sample.time.isEmpty, line[sample.time].contains(UInt8(ascii: ".")) {
        isOpenMetrics = true
      }
      let name = String(
        decoding: line[sample.series].prefix { $0 != UInt8(ascii: "{") }, as: UTF8.self)
      if name.hasSuffix("_total"), counters.contains(String(name.dropLast(6))) {
        isOpenMetrics = true
      }
      return
    }
    let words = String(decoding: line, as: UTF8.self).split(separator: " ", maxSplits: 3)
    guard words.count > 1 else { return }
    if words == ["#", "EOF"] || words[1] == "UNIT" { isOpenMetrics = true }
    guard words.count == 4, words[1] == "TYPE" else { return }
    if ["unknown", "info", "stateset", "gaugehistogram"].contains(words[3]) {
      isOpenMetrics = true
    }
    if words[3] == "counter" { counters.insert(String(words[2])) }
  }
}
