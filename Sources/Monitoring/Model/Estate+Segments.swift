import Telemetry

extension Estate {
  /// The life of a link's role up to an instant, epoch by epoch, oldest first.
  ///
  /// Before the primary moved, what is now replicated into a region was replicated from the former
  /// primary; where the region was the primary itself, the two have changed places.
  func segments(
    of link: LinkWatch, moves: Bool, at time: Timestamp, store: SeriesStore
  ) -> [LinkReading.Segment] {
    guard moves else {
      let series = series(from: link.from, to: link.to, of: link.service, nil, nil, time, store)
      return [
        LinkReading.Segment(
          epoch: 1, from: name(link.from), to: name(link.to), start: nil, end: nil, series: series)
      ]
    }
    var segments: [LinkReading.Segment] = []
    var pair = (from: link.from, to: link.to)
    var end: Timestamp?
    let entries = primaries[link.service].entries.filter { $0.time <= time }
    for (index, entry) in entries.enumerated().reversed() {
      let primary = entry.value.region
      if primary != pair.from {
        pair = (primary, pair.to == primary ? pair.from : pair.to)
      }
      let start = entry.value.since
      segments.append(
        LinkReading.Segment(
          epoch: index + 1, from: name(pair.from), to: name(pair.to), start: start, end: end,
          series: series(
            from: pair.from, to: pair.to, of: link.service, start, end, time, store)))
      end = start ?? entry.time
    }
    return segments.reversed()
  }

  /// The series that answered for a pair of regions when a segment ended.
  private func series(
    from: Int, to: Int, of service: Int, _ start: Timestamp?, _ end: Timestamp?, _ time: Timestamp,
    _ store: SeriesStore
  ) -> SeriesID? {
    guard
      let link = links.first(where: { $0.service == service && $0.from == from && $0.to == to })
    else { return nil }
    let view = LinkWatch.View(time: end ?? time, start: start, board: board, store: store)
    return link.answer(view).found?.series
  }
}
