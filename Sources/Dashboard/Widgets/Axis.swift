#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The vertical scale of a graph: what value stands in which row of dots.
package struct Axis: Hashable, Sendable {
  package var low: Double
  package var high: Double
  package var isLogarithmic: Bool

  /// A range that holds all values and limits, with ends at 1, 2 or 5 times a power of ten.
  ///
  /// Linear axes start at zero unless values are negative; logarithmic ones keep above `floor`.
  package init(
    covering values: [Double], limits: [Double] = [], isLogarithmic: Bool, floor: Double = 0.01
  ) {
    let all = (values + limits).filter(\.isFinite)
    let top = all.max() ?? 1
    let bottom = all.min() ?? 0
    self.isLogarithmic = isLogarithmic
    if isLogarithmic {
      high = Self.niceAbove(max(top, floor * 10))
      low = min(max(Self.niceBelow(max(bottom, floor)), floor), high / 10)
    } else {
      high = top <= 0 ? (bottom < 0 ? 0 : 1) : Self.niceAbove(top)
      low = bottom < 0 ? -Self.niceAbove(-bottom) : 0
    }
  }

  /// The place of a value from 0 (low) to 1 (high), cut to that range.
  package func share(of value: Double) -> Double {
    let share: Double
    if isLogarithmic {
      guard value > low else { return 0 }
      share = log(value / low) / log(high / low)
    } else {
      share = (value - low) / (high - low)
    }
    return share.isFinite ? min(max(share, 0), 1) : 0
  }

  /// The row of text for a value, counted from the top.
  package func row(of value: Double, rows: Int) -> Int {
    rows - 1 - min(Int(share(of: value) * Double(rows)), rows - 1)
  }

  /// Values to label, the highest first: at most one in three rows, the ends included.
  package func ticks(rows: Int) -> [Double] {
    guard rows > 0 else { return [] }
    let wanted = max(rows / 3, 1)
    var candidates = isLogarithmic ? decades : steps(wanted)
    while candidates.count > wanted + 1, candidates.count > 2 {
      candidates = candidates.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    }
    return candidates.reversed()
  }

  private var decades: [Double] {
    var value = pow(10, (log10(low) - 1e-9).rounded(.up))
    var result: [Double] = []
    while value <= high * 1.000001, result.count < 40 {
      result.append(value)
      value *= 10
    }
    return result
  }

  private func steps(_ wanted: Int) -> [Double] {
    let step = Self.niceAbove((high - low) / Double(max(wanted, 1)))
    var result: [Double] = []
    var index = (low / step - 1e-9).rounded(.up)
    while index * step <= high + step * 1e-6, result.count < 200 {
      result.append(index * step)
      index += 1
    }
    return result
  }

  /// The least of 1, 2 and 5 times a power of ten that is not below a positive value.
  package static func niceAbove(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return 1 }
    let power = pow(10, log10(value).rounded(.down))
    let factor = value / power
    return power * (factor <= 1.000001 ? 1 : factor <= 2.000001 ? 2 : factor <= 5.000001 ? 5 : 10)
  }

  static func niceBelow(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return 1 }
    let power = pow(10, log10(value).rounded(.down))
    let factor = value / power
    return power * (factor >= 4.999999 ? 5 : factor >= 1.999999 ? 2 : 1)
  }
}
