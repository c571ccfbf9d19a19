import Telemetry

extension Estate {
  /// The matrix at an instant at or before the last evaluation.
  func vantage(at time: Timestamp, store: SeriesStore) -> Vantage {
    let codes = topology.regions.map(\.code)
    var sights: [[[Sight]]] = codes.map { _ in codes.map { _ in [] } }
    for link in links.indices {
      if let (from, to, sight) = replicationSight(link, at: time, store: store) {
        sights[from][to].append(sight)
      }
    }
    for number in board.signals.indices where board.signals[number].role == .canary {
      let signal = board.signals[number]
      guard signal.source != signal.target else { continue }
      sights[signal.target][signal.source].append(canarySight(number, at: time, store: store))
    }
    let cells = codes.indices.map { from in
      codes.indices.map { to in cell(sights[from][to], codes[from], codes[to]) }
    }
    let isBlind = regions.map { $0.history.at(time)?.state == .blind }
    return Vantage(
      regions: codes, cells: cells,
      verdicts: Vantage.verdicts(cells, codes, isBlind: isBlind))
  }

  /// One way in which a region looks at another.
  private struct Sight {
    var state: Vantage.Cell.State
    var sentence: String
  }

  private func cell(_ sights: [Sight], _ from: String, _ to: String) -> Vantage.Cell {
    var cell = Vantage.Cell()
    guard from != to else { return cell }
    cell.roundTripMilliseconds = RegionAtlas.roundTripMilliseconds(from, to)
    cell.sights = sights.map(\.sentence)
    let known = sights.filter { $0.state != .unknown }
    let dark = known.count { $0.state == .dark }
    if sights.isEmpty {
      cell.state = .none
    } else if known.isEmpty {
      cell.state = .unknown
    } else if dark == known.count {
      cell.state = .dark
    } else if dark > 0 {
      cell.state = .partly
    } else {
      cell.state = known.contains { $0.state == .slow } ? .slow : .sees
    }
    return cell
  }

  /// What a link's lag tells: the region that publishes it looks at the other end.
  private func replicationSight(
    _ index: Int, at time: Timestamp, store: SeriesStore
  ) -> (Int, Int, Sight)? {
    guard let reading = linkReading(index, at: time, store: store) else { return nil }
    let link = links[index]
    let publisher = board.signals[link.answering(board)].place
    let (observer, observed) =
      publisher == link.from ? (link.from, link.to) : (link.to, link.from)
    guard publisher == link.from || publisher == link.to else { return nil }
    let what = "replication of \(reading.service)"
    // What an ill region does not tell is no proof that it cannot see.
    let health = regions[observer].history.at(time)?.state
    let isTrusted = health == .healthy || health == .degraded
    let sight =
      switch reading.state {
      case .broken: Sight(state: .dark, sentence: "\(what) has stopped")
      case .ok: Sight(state: .sees, sentence: "\(what) works")
      case .warn: Sight(state: .slow, sentence: "\(what) is slow: \(lagText(reading))")
      case .breached where reading.lagSeconds.map({ $0 > reading.rpoSeconds ?? .infinity }) ?? false:
        Sight(state: .slow, sentence: "\(what) is slow: \(lagText(reading))")
      case .stale, .breached:
        Sight(
          state: isTrusted && reading.ageSeconds != nil ? .dark : .unknown,
          sentence: "\(what) has told nothing for \(reading.ageSeconds.map(secondsText) ?? "ever")")
      }
    return (observer, observed, sight)
  }

  private func lagText(_ reading: LinkReading) -> String {
    reading.lagSeconds.map(secondsText) ?? "--"
  }

  private func canarySight(_ number: Int, at time: Timestamp, store: SeriesStore) -> Sight {
    let signal = board.signals[number]
    let name = topology.services[signal.service].name
    guard let known = signal.known(at: time), time - known <= signal.overdueAfter,
      let found = LinkWatch.newest(of: signal, at: time, since: nil, store: store)
    else { return Sight(state: .unknown, sentence: "the canary of \(name) tells nothing") }
    let value = found.point.statistics.value(of: signal.metric.statistic)
    let sentence = "\(numberText(value)) % of the canary runs of \(name) succeed"
    if let critical = signal.metric.critical, value <= critical {
      return Sight(state: .dark, sentence: sentence)
    }
    if let warn = signal.metric.warn, value < warn {
      return Sight(state: .slow, sentence: sentence)
    }
    return Sight(state: .sees, sentence: sentence)
  }
}
