import Monitoring
import Telemetry
import WireFormats

/// One page of a GetMetricData answer.
///
/// The token names the last datapoint that was given (its result and time), so that data which come
/// between two pages neither repeat a datapoint nor lose one.
struct MetricDataPage {
  private(set) var results: [Result] = []
  private(set) var token: String?

  /// A time series, or the part of it that the page has.
  struct Result {
    var series: MetricDataAnswer.Result
    var isPartial = false
  }

  /// Datapoints of one call.
  static let limit = 100_800

  init(
    _ answer: MetricDataAnswer, isAscending: Bool, size: Int, token: String?
  ) throws(CloudWatchError) {
    let start = try token.map { (token) throws(CloudWatchError) in try Place(token) }
    let first = start?.result ?? 0
    guard first <= answer.results.count else { throw .unknownToken }
    var room = size
    for index in first..<answer.results.count {
      var series = answer.results[index]
      if isAscending { series = series.reversed }
      if let start, start.result == index {
        series = series.after(start.time, isAscending: isAscending)
        if series.values.isEmpty { continue }
      }
      if room == 0, !series.values.isEmpty { return }
      let isPartial = series.values.count > room
      if isPartial { series = series.prefix(room) }
      room -= series.values.count
      results.append(Result(series: series, isPartial: isPartial))
      self.token = series.timestamps.last.map { Place(result: index, time: $0).text } ?? self.token
      if isPartial { return }
    }
    self.token = nil
  }

  /// A datapoint that was given.
  private struct Place {
    var result: Int
    var time: Timestamp

    init(result: Int, time: Timestamp) { (self.result, self.time) = (result, time) }

    init(_ token: String) throws(CloudWatchError) {
      let parts = token.split(separator: "-", maxSplits: 1).map(String.init)
      guard parts.count == 2, let result = Int(parts[0]), let time = Int64(parts[1]), result >= 0
      else { throw .unknownToken }
      self.init(result: result, time: Timestamp(milliseconds: time))
    }

    var text: String { "\(result)-\(time.milliseconds)" }
  }
}

extension CloudWatchError {
  static let unknownToken = CloudWatchError(
    .invalidNextToken, "The token is not one that was given out.")
}

extension MetricDataAnswer.Result {
  fileprivate var reversed: Self {
    var copy = self
    copy.timestamps.reverse()
    copy.values.reverse()
    return copy
  }

  fileprivate func prefix(_ count: Int) -> Self {
    var copy = self
    copy.timestamps = Array(timestamps.prefix(count))
    copy.values = Array(values.prefix(count))
    return copy
  }

  /// Without the datapoints up to one that was given.
  fileprivate func after(_ time: Timestamp, isAscending: Bool) -> Self {
    var copy = self
    let first = timestamps.partitionIndex { isAscending ? $0 > time : $0 < time }
    copy.timestamps = Array(timestamps[first...])
    copy.values = Array(values[first...])
    return copy
  }
}
