/// The buckets of one metric: chunks of 128, found by arithmetic.
struct Series: Sendable {
  /// Milliseconds a bucket covers.
  var resolution = Series.standardResolution
  private(set) var freshness: Freshness?
  /// Those in which nothing is kept are absent, and take no memory of their own.
  private(set) var chunks: [Chunk] = []
  private(set) var firstChunk: Int64 = 0
  /// By bucket, the values of samples that a statistic set does not tell.
  var distributions: [Int64: ValueDistribution] = [:]
  /// Whether they are kept: from the first on that is needed.
  var keepsDistributions = false
  /// How many pairs the distributions hold, and what the lists take, in such pairs.
  var pairCount = 0

  /// CloudWatch's standard resolution: one minute.
  static let standardResolution: Int64 = 60_000
  /// Fine enough for alarms with periods of 10, 20 and 30 seconds.
  static let highResolution: Int64 = 10_000

  var isEmpty: Bool { freshness == nil }

  /// The start of the oldest chunk that is still kept.
  var oldestKept: Timestamp? {
    chunks.isEmpty ? nil : Timestamp(milliseconds: firstChunk * Chunk.size * resolution)
  }

  /// Stores samples and returns by how many the chunks grew.
  mutating func append(
    _ statistics: StatisticSet, values: ValueCounts?, at time: Timestamp, arrival: Timestamp,
    merging: Sample.Merging, retentionMilliseconds: Int64
  ) -> Int {
    let newest = max(freshness?.time ?? time, time)
    freshness = Freshness(time: newest, arrival: max(freshness?.arrival ?? arrival, arrival))
    guard time > newest - retentionMilliseconds else { return 0 }
    let bucket = floorDivide(time.milliseconds, resolution)
    let number = floorDivide(bucket, Chunk.size)
    // What is too old goes first, so that a time far ahead does not open a row of empty chunks.
    let growth =
      holdsChunk(number) ? 0 : -drop(before: newest - retentionMilliseconds) + addChunk(number)
    let isReplacing = merging == .replaces && time.milliseconds == bucket * resolution
    if !keepsDistributions, !isReplacing {
      keepsDistributions = needsDistributions(statistics, with: self.statistics(inBucket: bucket))
    }
    if keepsDistributions {
      keep(values, of: statistics, inBucket: bucket, replacing: isReplacing)
    }
    chunks[Int(number - firstChunk)].store(
      statistics, at: Int(bucket - number * Chunk.size), replacing: isReplacing)
    return growth
  }

  private func holdsChunk(_ number: Int64) -> Bool {
    let position = number - firstChunk
    return position >= 0 && position < chunks.count && chunks[Int(position)].isPresent
  }

  /// Drops whole chunks that end at or before `horizon` and returns how many.
  mutating func drop(before horizon: Timestamp) -> Int {
    let keepFrom = floorDivide(horizon.milliseconds, resolution * Chunk.size)
    guard keepFrom > firstChunk, !chunks.isEmpty else { return 0 }
    let removed = chunks.prefix(Int(clamping: keepFrom - firstChunk))
    let count = removed.count(where: \.isPresent)
    chunks.removeFirst(removed.count)
    firstChunk = keepFrom
    dropDistributions(before: firstChunk * Chunk.size)
    return count
  }

  func statistics(from start: Timestamp, to end: Timestamp) -> StatisticSet? {
    // A long range costs no more than what is kept of it.
    var bucket = max(floorDivide(start.milliseconds, resolution), firstChunk * Chunk.size)
    let last = min(
      floorDivide(end.milliseconds, resolution),
      (firstChunk + Int64(chunks.count)) * Chunk.size)
    var total: StatisticSet?
    while bucket < last {
      let number = floorDivide(bucket, Chunk.size)
      let stop = min(last, (number + 1) * Chunk.size)
      if holdsChunk(number) {
        let base = number * Chunk.size
        chunks.span[Int(number - firstChunk)].merge(
          from: Int(bucket - base), to: Int(stop - base), into: &total)
      }
      bucket = stop
    }
    return total
  }

  func newest(atOrBefore time: Timestamp, notBefore earliest: Timestamp) -> Datapoint? {
    guard let freshness else { return nil }
    var bucket = floorDivide(min(time, freshness.time).milliseconds, resolution)
    let first = floorDivide(earliest.milliseconds + resolution - 1, resolution)
    while bucket >= first {
      let number = floorDivide(bucket, Chunk.size)
      guard number >= firstChunk else { return nil }
      let base = number * Chunk.size
      if let offset = chunk(number)?.lastFilled(through: Int(bucket - base)) {
        guard base + Int64(offset) >= first else { return nil }
        return datapoint(in: number, at: offset)
      }
      bucket = base - 1
    }
    return nil
  }

  func datapoints(from start: Timestamp, to end: Timestamp) -> [Datapoint] {
    guard let freshness, !chunks.isEmpty else { return [] }
    var bucket = max(
      floorDivide(start.milliseconds + resolution - 1, resolution), firstChunk * Chunk.size)
    let last = min(
      floorDivide(end.milliseconds + resolution - 1, resolution),
      floorDivide(freshness.time.milliseconds, resolution) + 1)
    var result: [Datapoint] = []
    while bucket < last {
      let number = floorDivide(bucket, Chunk.size)
      if let point = datapoint(in: number, at: Int(bucket - number * Chunk.size)) {
        result.append(point)
      }
      bucket += 1
    }
    return result
  }

  private func datapoint(in number: Int64, at offset: Int) -> Datapoint? {
    guard let statistics = chunk(number)?.statistics(at: offset) else { return nil }
    let bucket = number * Chunk.size + Int64(offset)
    return Datapoint(time: Timestamp(milliseconds: bucket * resolution), statistics: statistics)
  }

  func statistics(inBucket bucket: Int64) -> StatisticSet? {
    let number = floorDivide(bucket, Chunk.size)
    return chunk(number)?.statistics(at: Int(bucket - number * Chunk.size))
  }

  private func chunk(_ number: Int64) -> Chunk? {
    holdsChunk(number) ? chunks[Int(number - firstChunk)] : nil
  }

  /// Adds an empty chunk, growing the row at either end; returns by how many chunks it grew.
  private mutating func addChunk(_ number: Int64) -> Int {
    if chunks.isEmpty { firstChunk = number }
    if number < firstChunk {
      chunks.insert(contentsOf: repeatElement(.absent, count: Int(firstChunk - number)), at: 0)
      firstChunk = number
    }
    let missing = Int(number - firstChunk) - chunks.count + 1
    if missing > 0 { chunks.append(contentsOf: repeatElement(.absent, count: missing)) }
    chunks[Int(number - firstChunk)] = Chunk()
    return 1
  }
}

/// 128 buckets: one number each while all are single samples, four columns after that.
struct Chunk: Sendable {
  /// Sums; then, once needed, counts, minima and maxima.
  ///
  /// An empty bucket has the sum NaN.
  private(set) var columns = [Double](repeating: .nan, count: Int(Chunk.size))

  /// A chunk of buckets that hold nothing.
  static let absent = Chunk(columns: [])
  var isPresent: Bool { !columns.isEmpty }

  static let size: Int64 = 128
  /// What a chunk with single samples takes; the accounting of the store.
  static let nominalBytes = Int(size) * 8 + 32
  static let spanMilliseconds = size * Series.standardResolution

  static var rows: Int { Int(size) }
  var isFull: Bool { columns.count > Chunk.rows }

  func statistics(at offset: Int) -> StatisticSet? {
    let sum = columns[offset]
    if sum.isNaN { return nil }
    guard isFull else { return StatisticSet(sum) }
    return StatisticSet(
      count: columns[Chunk.rows + offset], sum: sum, minimum: columns[2 * Chunk.rows + offset],
      maximum: columns[3 * Chunk.rows + offset])
  }

  mutating func store(_ statistics: StatisticSet, at offset: Int, replacing: Bool) {
    var result = statistics
    if !replacing, let present = self.statistics(at: offset) {
      result = present
      result.merge(statistics)
    }
    let isSingle =
      result.count == 1 && result.minimum == result.sum && result.maximum == result.sum
    if !isSingle && !isFull { widen() }
    columns[offset] = result.sum
    guard isFull else { return }
    columns[Chunk.rows + offset] = result.count
    columns[2 * Chunk.rows + offset] = result.minimum
    columns[3 * Chunk.rows + offset] = result.maximum
  }

  @inline(__always)
  func merge(from first: Int, to end: Int, into total: inout StatisticSet?) {
    for offset in first..<end {
      guard let statistics = statistics(at: offset) else { continue }
      if total == nil { total = statistics } else { total?.merge(statistics) }
    }
  }

  func lastFilled(through offset: Int) -> Int? {
    (0...offset).last { !columns[$0].isNaN }
  }

  private mutating func widen() {
    let sums = columns
    columns.reserveCapacity(4 * Chunk.rows)
    columns += sums.map { $0.isNaN ? 0 : 1 }
    columns += sums
    columns += sums
  }
}

/// Division that rounds down for negative numbers too.
func floorDivide(_ dividend: Int64, _ divisor: Int64) -> Int64 {
  let quotient = dividend / divisor
  return dividend % divisor < 0 ? quotient - 1 : quotient
}
