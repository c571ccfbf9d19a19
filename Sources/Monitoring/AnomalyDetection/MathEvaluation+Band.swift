import Telemetry

extension MathEvaluation {
  /// ANOMALY_DETECTION_BAND: where a series was expected to be, the lower bound first.
  ///
  /// Up to two weeks before the first slot are learnt from too; a slot's own value never is before
  /// the slot is forecast.
  mutating func band(_ arguments: [MathExpression]) -> MathValue {
    var width = AnomalyBandSetting.defaultWidth
    if arguments.count > 1, case .scalar(let given) = value(of: arguments[1]) { width = given }
    var detector = AnomalyDetector(periodSeconds: grid.periodSeconds)
    if let past {
      var earlier = MathEvaluation(program: program, grid: past, data: data)
      let values = earlier.value(of: arguments[0]).list.first?.values ?? []
      for (slot, value) in values.enumerated() where !value.isNaN {
        detector.observe(value, at: past.start(slot))
      }
    }
    var (lower, upper) = (missing, missing)
    for (slot, value) in (value(of: arguments[0]).list.first?.values ?? []).enumerated() {
      let time = grid.start(slot)
      if let band = detector.forecast(at: time)?.band(width: width) {
        (lower[slot], upper[slot]) = (band.lower, band.upper)
      }
      if !value.isNaN { detector.observe(value, at: time) }
    }
    return .array([MathSeries(lower), MathSeries(upper)])
  }

  /// The slots before the grid that hold data, two weeks of them at most.
  private var past: SlotGrid? {
    guard grid.count > 0, grid.periodSeconds > 0 else { return nil }
    let end = grid.start(0)
    let limit = end - Int64(SeasonalMemory.days) * 86_400_000
    let firsts = data.series.compactMap { series in
      series.flatMap { data.store.datapoints(of: $0, from: limit, to: end).first?.time }
    }
    guard let first = firsts.min() else { return nil }
    let length = Int64(grid.periodSeconds) * 1000
    let count = (end - first + length - 1) / length
    guard count > 0 else { return nil }
    let boundaries = (0...count).map { end - (count - $0) * length }
    return SlotGrid(boundaries: boundaries, periodSeconds: grid.periodSeconds)
  }
}
