/// FILL: what stands where a series has no value.
extension MathEvaluation {
  mutating func fill(_ arguments: [MathExpression]) -> MathValue {
    let filled = value(of: arguments[0])
    let filler = filler(arguments[1])
    switch filled {
    case .scalar: return filled
    case .series(let series): return .series(series.filled(with: filler))
    case .array(let list): return .array(list.map { $0.filled(with: filler) })
    }
  }

  private mutating func filler(_ argument: MathExpression) -> MathFiller {
    switch argument.kind {
    case .word("REPEAT"): return .last
    case .word("LINEAR"): return .line
    default:
      switch value(of: argument) {
      case .scalar(let number): return .number(number)
      case .series(let series): return .series(series.values)
      case .array: return .number(.nan)
      }
    }
  }
}

/// What FILL puts into a gap.
private enum MathFiller {
  case number(Double)
  /// The value of another series in the same slot, where it has one.
  case series([Double])
  /// REPEAT: the last value before the gap; a gap at the beginning stays.
  case last
  /// LINEAR: the straight line over the gap; a gap at either end stays.
  case line
}

extension MathSeries {
  fileprivate func filled(with filler: MathFiller) -> MathSeries {
    var result = values
    switch filler {
    case .number(let number):
      for slot in values.indices where values[slot].isNaN { result[slot] = number }
    case .series(let others):
      for slot in values.indices where values[slot].isNaN { result[slot] = others[slot] }
    case .last:
      for slot in values.indices.dropFirst() where result[slot].isNaN {
        result[slot] = result[slot - 1]
      }
    case .line: drawLines(in: &result)
    }
    return with(result)
  }

  private func drawLines(in result: inout [Double]) {
    var former: Int?
    for slot in values.indices where !values[slot].isNaN {
      if let former, slot > former + 1 {
        let slope = (values[slot] - values[former]) / Double(slot - former)
        for gap in former + 1..<slot {
          result[gap] = values[former] + slope * Double(gap - former)
        }
      }
      former = slot
    }
  }
}
