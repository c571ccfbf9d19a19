import Collectors
import Telemetry

extension Timeline {
  /// Spans in which nothing arrived: far longer than the recording's usual pause between arrivals.
  var gaps: [Range<Timestamp>] {
    var pauses: [(start: Timestamp, milliseconds: Int64)] = []
    var newest: Timestamp?
    for sample in samples where sample.arrival != newest {
      if let newest { pauses.append((newest, sample.arrival - newest)) }
      newest = sample.arrival
    }
    let usual = pauses.map(\.milliseconds).sorted()
    guard !usual.isEmpty else { return [] }
    let limit = max(usual[usual.count / 2] * Self.pausesInGap, Self.shortestGapMilliseconds)
    return pauses.filter { $0.milliseconds > limit }
      .map { $0.start..<($0.start + $0.milliseconds) }
  }

  /// As with alarms, a few missing points are no gap.
  private static let pausesInGap: Int64 = 5
  /// Metrics of one minute may come in one heap every minute, late by another.
  private static let shortestGapMilliseconds: Int64 = 180_000

  /// The first arrival of a sample or event after an instant.
  func arrival(after time: Timestamp) -> Timestamp? {
    let sample = samples[samples.partition(by: \.arrival, after: time)...].first?.arrival
    let event = events[events.partition(by: \.arrival, after: time)...].first?.arrival
    return [sample, event].compactMap { $0 }.min()
  }

  /// The last arrival of a sample or event before an instant.
  func arrival(before time: Timestamp) -> Timestamp? {
    let sample = samples[..<samples.partition(by: \.arrival, after: time - 1)].last?.arrival
    let event = events[..<events.partition(by: \.arrival, after: time - 1)].last?.arrival
    return [sample, event].compactMap { $0 }.max()
  }
}

extension Array {
  /// The index of the first element whose time is after `time`, in an array sorted by time.
  fileprivate func partition(by key: (Element) -> Timestamp, after time: Timestamp) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if key(self[middle]) <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
