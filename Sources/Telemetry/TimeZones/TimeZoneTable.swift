/// What the clocks of one time zone have shown, and will show: offsets from UTC by instant.
///
/// A plain value: the bytes of a zone file come from outside, so the core needs no file and gives
/// the same answer on any machine with the same data.
package struct TimeZoneTable: Hashable, Sendable {
  /// Seconds since the epoch at which the offset changes, ascending.
  let changes: [Int64]
  /// The offset from each change on, in seconds east of UTC.
  let offsets: [Int64]
  /// The offset before the first change.
  let first: Int64

  init(changes: [Int64], offsets: [Int64], first: Int64) {
    self.changes = changes
    self.offsets = offsets
    self.first = first
  }

  /// A zone whose clocks never change.
  package init(fixedOffsetSeconds: Int64) {
    self.init(changes: [], offsets: [], first: fixedOffsetSeconds)
  }

  package static let utc = TimeZoneTable(fixedOffsetSeconds: 0)

  /// Seconds east of UTC at an instant.
  package func offsetSeconds(at time: Timestamp) -> Int64 { offset(at: time.wholeSeconds) }

  /// The newest offset that is known.
  package var lastOffsetSeconds: Int64 { offsets.last ?? first }

  /// What a clock on the wall shows at an instant.
  package func civilTime(at time: Timestamp) -> CivilTime {
    CivilTime(time + offsetSeconds(at: time) * 1000)
  }

  /// The first instant at which clocks show a time.
  ///
  /// A time that clocks skip (spring) stands for the instant at which they skip it; one that they
  /// show twice (autumn) for the first of the two.
  package func instant(_ civil: CivilTime) -> Timestamp {
    let local = civil.timestamp.wholeSeconds
    let around = [offset(at: local - 86_400), offset(at: local + 86_400)]
    let shown = around.map { local - $0 }.filter { $0 + offset(at: $0) == local }
    if let earliest = shown.min() { return Timestamp(seconds: earliest) }
    let latest = local - (around.min() ?? 0)
    return Timestamp(seconds: lastChange(through: latest) ?? latest)
  }

  /// The last instant at or before `time` at which clocks show a whole multiple of some seconds
  /// past midnight: with 3600, the top of the local hour.
  package func floored(_ time: Timestamp, toSeconds step: Int64) -> Timestamp {
    var instant = time.wholeSeconds
    while true {
      let offset = offset(at: instant)
      let floored = instant - ((instant + offset) % step + step) % step
      guard let change = lastChange(through: instant), change > floored else {
        return Timestamp(seconds: floored)
      }
      if (change + offset) % step == 0 { return Timestamp(seconds: change) }
      instant = change - 1
    }
  }

  private func offset(at seconds: Int64) -> Int64 {
    let count = changeCount(through: seconds)
    return count > 0 ? offsets[count - 1] : first
  }

  private func lastChange(through seconds: Int64) -> Int64? {
    let count = changeCount(through: seconds)
    return count > 0 ? changes[count - 1] : nil
  }

  private func changeCount(through seconds: Int64) -> Int {
    var low = 0
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if changes[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension Timestamp {
  fileprivate var wholeSeconds: Int64 { floored(toMilliseconds: 1000).milliseconds / 1000 }
}
