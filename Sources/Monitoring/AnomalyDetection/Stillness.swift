/// How much calmer than usual a series has become: what no band can show.
///
/// A metric that hangs at one value, or has lost its daily wave, stays inside any band. Its steps
/// from datapoint to datapoint tell: their mean over the last two dozen against that of three days.
struct Stillness: Sendable {
  private let rate: Double
  private var last = Double.nan
  private var count = 0
  private var usual = 0.0
  private var recent = 0.0
  private var tail: TailModel

  /// So many steps are recent.
  private static let recentCount = 24
  private static let usualHours = 72.0
  /// No calm is greater than this share of the usual.
  private static let floor = 0.01
  /// A tail of ratios spreads at least so far.
  private static let leastSpread = 0.3

  init(periodMilliseconds: Int64, blockHours: Double) {
    rate = Double(periodMilliseconds) / 3_600_000 / Self.usualHours
    tail = TailModel(shortestHours: blockHours)
  }

  /// Takes in a value and returns how surprising the calm is.
  mutating func observe(_ value: Double) -> Double {
    defer { last = value }
    if last.isNaN { return 0 }
    count += 1
    let step = abs(value - last)
    usual += max(rate, 1 / Double(count)) * (step - usual)
    recent += 1 / Double(min(count, Self.recentCount)) * (step - recent)
    let calm = usual / (recent + Self.floor * usual)
    guard calm.isFinite else { return 0 }
    defer { tail.record(calm) }
    return tail.surprise(of: calm) * AnomalyTuning.calmWeight
  }

  mutating func closeBlock() { tail.closeBlock(noise: Self.leastSpread) }
}
