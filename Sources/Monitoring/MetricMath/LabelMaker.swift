import Telemetry

/// Makes the labels of an answer's series, dynamic expressions filled in.
struct LabelMaker: Sendable {
  /// Where metrics live that do not tell.
  let region: String?
  let times: LabelTimes

  /// The label of the one series of a query: its own, or the metric's name, or the Id.
  func label(of series: MathSeries, _ query: MetricDataQuery, _ grid: SlotGrid) -> String {
    let usual = query.metric?.metricName ?? (series.label.isEmpty ? query.id : series.label)
    guard let label = query.label else { return query.metric?.metricName ?? query.id }
    return filled(DynamicLabel(label), series, query, grid, usual: usual)
  }

  /// The label of a series out of several: the query's before that of the series, unless the query's
  /// tells it apart by itself.
  func label(
    ofElement series: MathSeries, _ query: MetricDataQuery, _ grid: SlotGrid
  ) -> String {
    let own = filled(
      DynamicLabel(series.label), series, query, grid,
      usual: series.origin?.metric.name ?? query.id)
    let dynamic = DynamicLabel(query.label ?? "")
    let before = filled(dynamic, series, query, grid, usual: own)
    let words = (dynamic.tellsSeriesApart ? [before] : [before, own]).filter { !$0.isEmpty }
    return words.isEmpty ? query.id : words.joined(separator: " ")
  }

  private func filled(
    _ label: DynamicLabel, _ series: MathSeries, _ query: MetricDataQuery, _ grid: SlotGrid,
    usual: String
  ) -> String {
    guard label.isDynamic else { return label.plainText }
    var times = times
    times.now = times.now ?? grid.boundaries.last
    let points = series.values.indices.filter { !series.values[$0].isNaN }.map { slot in
      (time: grid.start(slot), value: series.values[slot])
    }
    return label.filled(
      LabelSubject(
        label: usual, points: points, origin: series.origin, region: query.region ?? region,
        times: times))
  }
}
