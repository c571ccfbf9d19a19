/// Where the bytes stand that name a series in a record: up to three places, and a number.
///
/// StatsD writes name, type and tags apart; Influx a measurement with its tags and a field. Two keys
/// are equal when all their bytes and their numbers are.
struct SeriesKey {
  var first: Range<Int>
  var second = 0..<0
  var third = 0..<0
  /// What the bytes do not say, as the type of a metric.
  var tag: UInt8 = 0

  init(_ first: Range<Int>, _ second: Range<Int> = 0..<0, _ third: Range<Int> = 0..<0) {
    self.first = first
    self.second = second
    self.third = third
  }

  var byteCount: Int { first.count + second.count + third.count }

  func hash(in bytes: Span<UInt8>) -> UInt64 {
    var hash = ByteHash()
    hash.combine(first, of: bytes)
    if !second.isEmpty { hash.combine(second, of: bytes) }
    if !third.isEmpty { hash.combine(third, of: bytes) }
    hash.combine(UInt64(tag))
    return hash.value
  }
}
