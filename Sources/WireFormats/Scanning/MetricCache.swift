import Documents
import Telemetry

/// The metrics a decoder has seen, found by the bytes that name them.
///
/// A record of a metric seen before costs a hash and a comparison of bytes; no string is built. Since
/// a batch may be emptied or exchanged between two pieces of input, a metric's index in the batch is
/// checked once a piece.
struct MetricCache: Sendable {
  private var slots: [Int32] = Array(repeating: -1, count: 64)
  private var entries: [Entry] = []
  private var keys: [UInt8] = []
  private var piece: Int
  /// The entry of the line before.
  private var last = -1

  /// More spellings of metrics than any account has; past it the cache starts anew.
  static let limit = 1 << 21
  /// What the spellings take at most: a line may be long.
  private static let byteLimit = 512 << 20

  init(piece: Int = 0) { self.piece = piece }

  private struct Entry {
    var metric: MetricID
    var hash: UInt64
    var key: Int
    /// The bytes up to the timestamp in `keys`; empty when they hold more than the name.
    var head: Range<Int>
    /// The value of `unit` in `keys`.
    var unit: Range<Int>
    /// The entry that followed this one last time.
    var next = -1
    /// The metric's index in the batch of `piece`.
    var index: Int32
    var piece: Int
  }

  /// Must be called before the first look-up of each piece of input.
  mutating func beginPiece() { piece += 1 }

  /// The line, when it begins as the line that followed the one before it last time.
  ///
  /// Streams send their metrics in the same order again and again; then one comparison stands for
  /// reading all the names. What it says is what reading the whole line would: equal bytes name an
  /// equal metric, and a line that names parts of it after its timestamp is read as a whole.
  mutating func guess(
    _ bytes: Span<UInt8>, into line: inout MetricLine, batch: inout Batch
  ) -> Int32? {
    guard last >= 0, entries[last].next >= 0 else { return nil }
    let entry = entries[last].next
    guard reads(bytes, as: entry, into: &line) else { return nil }
    last = entry
    return batchIndex(of: entry, in: &batch)
  }

  private func reads(_ bytes: Span<UInt8>, as entry: Int, into line: inout MetricLine) -> Bool {
    let (head, unit) = (entries[entry].head, entries[entry].unit)
    let keys = keys.span
    return !head.isEmpty && bytes.count > head.count
      && bytes.matches(0..<head.count, keys.extracting(head))
      && line.readTail(of: bytes, from: head.count) && line.identity.isOnlyUnit
      && bytes.matches(line.identity.unit, keys.extracting(unit))
  }

  /// The index in `batch.metrics` of the metric a line names; nil where its name cannot be read.
  mutating func index(
    of line: MetricLine, in bytes: Span<UInt8>, batch: inout Batch
  ) -> Int32? {
    let hash = line.identity.hash(in: bytes)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let entry = Int(slots[slot])
      if entries[entry].hash == hash, matches(entry, line.identity, in: bytes) {
        follow(entry, line, in: bytes)
        return batchIndex(of: entry, in: &batch)
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    guard let metric = MetricID(bytes) else { return nil }
    insert(metric, hash: hash, identity: line.identity, in: bytes)
    follow(entries.count - 1, line, in: bytes)
    return batchIndex(of: entries.count - 1, in: &batch)
  }

  /// Notes which entry followed the one before, and how its lines begin.
  private mutating func follow(_ entry: Int, _ line: MetricLine, in bytes: Span<UInt8>) {
    if last >= 0 { entries[last].next = entry }
    last = entry
    guard line.headEnd > 0, line.identity.ends(before: line.headEnd), entries[entry].head.isEmpty
    else { return }
    let start = keys.count
    keys.append(copying: bytes.extracting(0..<line.headEnd))
    entries[entry].head = start..<keys.count
  }

  private mutating func batchIndex(of entry: Int, in batch: inout Batch) -> Int32 {
    let index = Int(entries[entry].index)
    if entries[entry].piece == piece { return entries[entry].index }
    entries[entry].piece = piece
    if index < 0 || index >= batch.metrics.count || batch.metrics[index] != entries[entry].metric {
      entries[entry].index = Int32(batch.metrics.count)
      batch.metrics.append(entries[entry].metric)
    }
    return entries[entry].index
  }

  private func matches(
    _ entry: Int, _ identity: MetricLine.Identity, in bytes: Span<UInt8>
  ) -> Bool {
    var position = entries[entry].key
    let keys = keys.span
    for number in 0..<MetricLine.Identity.partCount {
      let range = identity.part(number)
      guard position + range.count < keys.count, keys[position + range.count] == 10,
        bytes.matches(range, keys.extracting(position..<(position + range.count)))
      else { return false }
      position += range.count + 1
    }
    return true
  }

  private mutating func insert(
    _ metric: MetricID, hash: UInt64, identity: MetricLine.Identity, in bytes: Span<UInt8>
  ) {
    if entries.count >= Self.limit || keys.count >= Self.byteLimit {
      self = MetricCache(piece: piece)
    }
    var entry = Entry(
      metric: metric, hash: hash, key: keys.count, head: 0..<0, unit: 0..<0, index: -1, piece: 0)
    for number in 0..<MetricLine.Identity.partCount {
      let start = keys.count
      keys.append(copying: bytes.extracting(identity.part(number)))
      if number == MetricLine.Identity.unitPart { entry.unit = start..<keys.count }
      keys.append(10)
    }
    entries.append(entry)
    if entries.count * 2 > slots.count {
      slots = Array(repeating: -1, count: slots.count * 2)
      for entry in entries.indices { place(entry) }
    } else {
      place(entries.count - 1)
    }
  }

  private mutating func place(_ entry: Int) {
    var slot = Int(truncatingIfNeeded: entries[entry].hash) & (slots.count - 1)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = Int32(entry)
  }
}
