import Telemetry

/// The series a decoder has seen, found by the bytes that name them, each with what the format must
/// remember of it.
///
/// A record of a series seen before costs a hash and a comparison of bytes; no string is built.
struct SeriesCache<State: Sendable>: Sendable {
  private var slots: [Int32] = Array(repeating: -1, count: 64)
  private var entries: [Entry] = []
  private var keys: [UInt8] = []
  private(set) var piece = 0
  /// How many series are taken; a flood of new ones cannot push out those that are known.
  let limit: Int

  init(limit: Int) { self.limit = limit }

  /// Why the last series that was not added was not.
  private(set) var refusal = ""

  var isEmpty: Bool { entries.isEmpty }
  var count: Int { entries.count }

  private struct Entry {
    var slot: BatchSlot
    var hash: UInt64
    var key: Int
    var lengths: (Int32, Int32, Int32)
    var tag: UInt8
    var state: State
  }

  /// Must be called before the first look-up of each piece of input.
  mutating func beginPiece() { piece += 1 }

  /// The number of a series that was seen before.
  func find(_ key: SeriesKey, hash: UInt64, in bytes: Span<UInt8>) -> Int? {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let entry = Int(slots[slot])
      if entries[entry].hash == hash, matches(entry, key, in: bytes) { return entry }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Whether another series may be added, of this name; if not, `refusal` says why.
  mutating func hasRoom(for key: SeriesKey) -> Bool {
    let names = limit * InputLimits.averageNameBytes + InputLimits.seriesNameBytes
    if key.byteCount > InputLimits.seriesNameBytes {
      refusal = "a series is named in more than \(InputLimits.seriesNameBytes) bytes"
    } else if entries.count >= limit {
      refusal = "more than \(limit) series"
    } else if keys.count + key.byteCount > names {
      refusal = "more than \(names) bytes of names of series"
    } else {
      return true
    }
    return false
  }

  /// Adds a series that `find` did not find; nil where there is no room for another.
  mutating func insert(
    _ key: SeriesKey, hash: UInt64, in bytes: Span<UInt8>, metric: MetricID, state: State
  ) -> Int? {
    guard hasRoom(for: key) else { return nil }
    entries.append(
      Entry(
        slot: BatchSlot(metric), hash: hash, key: keys.count,
        lengths: (Int32(key.first.count), Int32(key.second.count), Int32(key.third.count)),
        tag: key.tag, state: state))
    for part in [key.first, key.second, key.third] { keys.append(copying: bytes.extracting(part)) }
    if entries.count * 2 > slots.count {
      slots = Array(repeating: -1, count: slots.count * 2)
      for entry in entries.indices { place(entry) }
    } else {
      place(entries.count - 1)
    }
    return entries.count - 1
  }

  /// What the format remembers of a series.
  subscript(entry: Int) -> State {
    get { entries[entry].state }
    _modify { yield &entries[entry].state }
  }

  /// The index in `batch.metrics` of a series' metric.
  mutating func batchIndex(of entry: Int, in batch: inout Batch) -> Int32 {
    entries[entry].slot.index(in: &batch, piece: piece)
  }

  private func matches(_ entry: Int, _ key: SeriesKey, in bytes: Span<UInt8>) -> Bool {
    let lengths = entries[entry].lengths
    guard entries[entry].tag == key.tag, Int(lengths.0) == key.first.count,
      Int(lengths.1) == key.second.count, Int(lengths.2) == key.third.count
    else { return false }
    let start = entries[entry].key
    let (second, third) = (start + key.first.count, start + key.first.count + key.second.count)
    let keys = keys.span
    return bytes.matches(key.first, keys.extracting(start..<second))
      && bytes.matches(key.second, keys.extracting(second..<third))
      && bytes.matches(key.third, keys.extracting(third..<(third + key.third.count)))
  }

  private mutating func place(_ entry: Int) {
    var slot = Int(truncatingIfNeeded: entries[entry].hash) & (slots.count - 1)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = Int32(entry)
  }
}
