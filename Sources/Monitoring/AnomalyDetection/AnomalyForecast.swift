/// What a detector expects of the next datapoint, from those before it alone.
package struct AnomalyForecast: Hashable, Sendable {
  /// The likeliest value.
  package var centre: Double
  /// Bounds on the datapoint at width 2, one for each way in which it can be odd.
  var bounds: [Bound] = []
  /// No datapoint of the series was ever below 0.
  var isNeverNegative: Bool

  /// One way of being odd: as far from `centre` as `reach` in one direction.
  struct Bound: Hashable, Sendable {
    var centre: Double
    var reach: Double
    var isUpper: Bool
  }

  /// The band of `width` standard deviations, as ANOMALY_DETECTION_BAND counts them; nil while too
  /// little is known.
  package func band(width: Double) -> AnomalyBand? {
    if bounds.isEmpty { return nil }
    var band = AnomalyBand(lower: -.infinity, upper: .infinity)
    for bound in bounds {
      let reach = bound.reach * width / 2
      if bound.isUpper {
        band.upper = min(band.upper, bound.centre + reach)
      } else {
        band.lower = max(band.lower, bound.centre - reach)
      }
    }
    if band.lower > band.upper { band = AnomalyBand(lower: band.upper, upper: band.lower) }
    if isNeverNegative { band.lower = max(0, band.lower) }
    return band
  }
}

/// Where a metric is expected to be.
package struct AnomalyBand: Hashable, Sendable {
  package var lower: Double
  package var upper: Double

  package init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }
}
