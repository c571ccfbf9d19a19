import Telemetry

extension Estate {
  /// The observed part of all requests by region; nil where it, or any other region's part of the whole,
  /// is unknown: a share of a part of the requests says nothing.
  func trafficShares(at time: Timestamp, store: SeriesStore) -> [Double?] {
    let rates = regions.indices.map { arrivals(at: $0, time, store) }
    guard !rates.contains(.unknown) else { return rates.map { _ in nil } }
    let total = rates.reduce(0) { $0 + $1.requests }
    return rates.map { $0 == .none || total == 0 ? nil : $0.requests / total }
  }

  /// The requests that come to a region's doors.
  private enum Arrivals: Equatable {
    /// It has no door that was ever seen, or none that is asked any more.
    case none
    case unknown
    case known(Double)

    var requests: Double { if case .known(let requests) = self { requests } else { 0 } }
  }

  private func arrivals(at region: Int, _ time: Timestamp, _ store: SeriesStore) -> Arrivals {
    var result = Arrivals.none
    for number in senses[region].fronts.compactMap(\.requests) {
      switch arrivals(of: number, to: region, time, store) {
      case .none: continue
      case .unknown: return .unknown
      case .known(let requests): result = .known(result.requests + requests)
      }
    }
    return result
  }

  private func arrivals(
    of number: Int, to region: Int, _ time: Timestamp, _ store: SeriesStore
  ) -> Arrivals {
    let signal = board.signals[number]
    guard let known = signal.known(at: time) else { return .none }
    // A minute or two that were lost on the way take nothing from the newest one that was not.
    if time - known <= signal.endedAfter { return .known(sum(number, known, store)) }
    switch absence(of: number, at: time)?.meaning {
    case .zero: return .known(0)
    case .roleMoved: return .none
    default: return regions[region].history.at(time)?.state == .down ? .none : .unknown
    }
  }
}
