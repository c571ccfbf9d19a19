import Telemetry

extension InfluxPoint {
  /// The measurement and the tags, escapes undone.
  static func names(
    in line: Span<UInt8>, series: Range<Int>
  ) -> (measurement: String, tags: [Dimension]) {
    var position = series.lowerBound
    let measurement = part(in: line, from: &position, to: series.upperBound, stop: nil)
    var tags: [Dimension] = []
    while position < series.upperBound {
      position += 1
      let key = part(
        in: line, from: &position, to: series.upperBound, stop: UInt8(ascii: "="))
      if position < series.upperBound, line[position] == UInt8(ascii: "=") { position += 1 }
      let value = part(in: line, from: &position, to: series.upperBound, stop: nil)
      if !key.isEmpty { tags.append(Dimension(name: key, value: value)) }
    }
    return (measurement, tags)
  }

  /// The text up to the next comma, or `stop`, that is not escaped.
  private static func part(
    in line: Span<UInt8>, from position: inout Int, to end: Int, stop: UInt8?
  ) -> String {
    let start = position
    while position < end, line[position] != UInt8(ascii: ","), line[position] != stop {
      position += line[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    position = min(position, end)
    return unescaped(line, start..<position)
  }

  /// A name without the backslashes before commas, equal signs and spaces; others stand for themselves.
  static func unescaped(_ line: Span<UInt8>, _ range: Range<Int>) -> String {
    var bytes: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound {
      if line[index] == UInt8(ascii: "\\"), index + 1 < range.upperBound,
        [UInt8(ascii: ","), UInt8(ascii: "="), 32].contains(line[index + 1])
      {
        index += 1
      }
      bytes.append(line[index])
      index += 1
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
