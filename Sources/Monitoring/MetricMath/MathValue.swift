import Telemetry

/// What a part of an expression comes to.
enum MathValue: Hashable, Sendable {
  case scalar(Double)
  case series(MathSeries)
  case array([MathSeries])

  /// The series of it; a number has none.
  var list: [MathSeries] {
    switch self {
    case .scalar: []
    case .series(let series): [series]
    case .array(let list): list
    }
  }
}

/// A time series over a grid: one value a slot, oldest first, NaN where it is missing.
package struct MathSeries: Hashable, Sendable {
  /// The name of the metric it comes from; empty for a computed one.
  package var label: String
  /// The one metric that it tells of; nil for a computed one.
  var origin: Origin?
  package var values: [Double]

  /// A metric and how it is read.
  struct Origin: Hashable, Sendable {
    var metric: MetricID
    var statistic: Statistic
    var periodSeconds: Int
  }

  init(label: String = "", origin: Origin? = nil, _ values: [Double]) {
    self.label = label
    self.origin = origin
    self.values = values.map { $0.isFinite ? $0 : .nan }
  }

  /// Other values of the same thing.
  func with(_ values: [Double]) -> MathSeries {
    MathSeries(label: label, origin: origin, values)
  }

  /// The values that are there.
  var points: [Double] { values.filter { !$0.isNaN } }
}
