/// The whole of what metric math does where a value is missing; nothing else decides it.
///
/// Missing is NaN, and so is every result that is no number (a division by zero, the logarithm of
/// zero): such a point is dropped.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
enum MissingData {
  /// One side of an operator at one timestamp.
  enum Operand: Hashable, Sendable {
    case scalar(Double)
    /// A point of a series; NaN where it is missing.
    case point(Double)
  }

  /// The numbers an operator works on; nil where there is no point.
  ///
  /// | left    | right   | worked on   |
  /// | ------- | ------- | ----------- |
  /// | missing | missing | no point    |
  /// | missing | point y | 0 and y     |
  /// | point x | missing | x and 0     |
  /// | missing | scalar  | no point    |
  /// | scalar  | missing | no point    |
  static func operands(_ left: Operand, _ right: Operand) -> (Double, Double)? {
    switch (left, right) {
    case (.point(let x), .point(let y)):
      x.isNaN && y.isNaN ? nil : (x.isNaN ? 0 : x, y.isNaN ? 0 : y)
    case (.scalar(let x), .point(let y)), (.point(let x), .scalar(let y)),
      (.scalar(let x), .scalar(let y)):
      x.isNaN || y.isNaN ? nil : (x, y)
    }
  }

  /// What a function over an array takes for a series that has no point at a timestamp.
  ///
  /// Where no series has one there is no point.
  enum Absence: Hashable, Sendable {
    case zero
    case skipped
  }

  static func absence(in function: MathFunction) -> Absence {
    switch function {
    case .average, .sum: .zero
    default: .skipped
    }
  }

  /// A branch of IF.
  enum Branch: Hashable, Sendable {
    case scalar(Double)
    /// A series' point at the timestamp; NaN where it is missing.
    case point(Double)
    /// The false branch is not written.
    case omitted
  }

  /// The point of `IF(series, a, b)` at one timestamp; NaN where it is dropped.
  ///
  /// | condition | true branch | false branch | point                        |
  /// | --------- | ----------- | ------------ | ---------------------------- |
  /// | missing   | any         | any          | dropped                      |
  /// | true      | scalar      | any          | the scalar                   |
  /// | true      | series      | any          | its point, 0 where missing   |
  /// | false     | any         | omitted      | dropped                      |
  /// | false     | any         | scalar       | the scalar                   |
  /// | false     | series      | series       | its point, 0 where missing   |
  /// | false     | scalar      | series       | its point, dropped if missing |
  static func choice(
    _ condition: Double, whenTrue: Branch, whenFalse: Branch
  ) -> Double {
    if condition.isNaN { return .nan }
    switch (condition != 0, whenTrue, whenFalse) {
    case (true, .scalar(let value), _), (false, _, .scalar(let value)): return value
    case (true, .point(let value), _): return value.isNaN ? 0 : value
    case (false, .point, .point(let value)): return value.isNaN ? 0 : value
    case (false, _, .point(let value)): return value
    case (true, .omitted, _), (false, _, .omitted): return .nan
    }
  }
}
