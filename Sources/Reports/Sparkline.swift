#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A course in one line of block characters; a gap where nothing is known.
enum Sparkline {
  private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  private static let columns = 48

  static func text(_ points: [ReportPoint], isLogarithmic: Bool) -> String {
    let scaled = points.map { point in
      point.value.map { isLogarithmic ? log10(max($0, smallestLag)) : $0 }
    }
    let known = scaled.compactMap { $0 }
    guard let low = known.min(), let high = known.max() else { return "--" }
    var line = ""
    for column in 0..<min(columns, points.count) {
      let first = column * points.count / min(columns, points.count)
      let last = max(first + 1, (column + 1) * points.count / min(columns, points.count))
      let value = scaled[first..<min(last, points.count)].compactMap { $0 }.max()
      line.append(value.map { block($0, low, high) } ?? " ")
    }
    return line
  }

  private static func block(_ value: Double, _ low: Double, _ high: Double) -> Character {
    let share = (value - low) / (high - low)
    guard high > low, share.isFinite else { return blocks[0] }
    let step = Int(share * Double(blocks.count - 1) + 0.5)
    return blocks[min(blocks.count - 1, max(0, step))]
  }
}

/// Below this a lag is drawn as this: a hundredth of a second is nothing to lose.
let smallestLag = 0.01
