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
  package var values: [Double]

  init(label: String = "", _ values: [Double]) {
    self.label = label
    self.values = values.map { $0.isFinite ? $0 : .nan }
  }

  /// The values that are there.
  var points: [Double] { values.filter { !$0.isNaN } }
}
