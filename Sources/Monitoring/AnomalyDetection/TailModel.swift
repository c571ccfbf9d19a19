/// How large the deviations of a series get: the largest of each block of time, and what follows for
/// larger ones.
///
/// The largest deviations of blocks are fitted with a generalised Pareto distribution by
/// probability-weighted moments (Hosking and Wallis, 1987), so that a series with a heavy tail needs
/// more to be called odd than one that never strays. Blocks begin short, so that something is known
/// within hours, and are merged two by two until they are as long as the tuning says.
struct TailModel: Sendable {
  private let tuning: AnomalyTuning
  /// The largest deviations of closed blocks, oldest first.
  private var blocks: [Double] = []
  private var merged = 1
  private var pending = 0
  private var open = 0.0
  private var fit: Fit?

  /// The shortest block, of which a block has a power of two.
  static let shortestBlockHours = 0.5
  private static let leastBlocks = 6
  /// So many blocks are merged to half as many while they are short.
  private static let mergingCount = 24

  private struct Fit: Sendable {
    /// Where the tail begins.
    var start: Double
    var scale: Double
    var shape: Double
  }

  init(tuning: AnomalyTuning) { self.tuning = tuning }

  mutating func record(_ deviation: Double) { open = max(open, deviation) }

  /// Ends a shortest block; `noise` is what the series does when nothing happens.
  mutating func closeBlock(noise: Double) {
    pending += 1
    guard pending >= merged else { return }
    blocks.append(open)
    (open, pending) = (0, 0)
    let hours = Double(merged) * Self.shortestBlockHours
    if blocks.count >= Self.mergingCount, hours < tuning.blockHours { mergeBlocks() }
    if blocks.count > tuning.blocks { blocks.removeFirst() }
    refit(leastScale: tuning.leastTailShare * noise)
  }

  private mutating func mergeBlocks() {
    blocks = stride(from: 0, to: blocks.count - 1, by: 2).map { max(blocks[$0], blocks[$0 + 1]) }
    merged *= 2
  }

  private mutating func refit(leastScale: Double) {
    guard blocks.count >= Self.leastBlocks else { return }
    let sorted = blocks.sorted()
    let count = max(4, Int(Double(sorted.count) * tuning.tailShare))
    let start = sorted[max(0, sorted.count - count - 1)]
    let excesses = sorted.suffix(count).map { $0 - start }
    let mean = excesses.reduce(0, +) / Double(count)
    var weighted = 0.0
    for (rank, excess) in excesses.enumerated() {
      weighted += (1 - (Double(rank) + 0.65) / Double(count)) * excess
    }
    weighted /= Double(count)
    let difference = mean - 2 * weighted
    let found = difference > 1e-12 * mean ? 2 - mean / difference : 0
    let belief = tuning.shapeWeight
    let shape = (Double(count) * found + belief * tuning.shape) / (Double(count) + belief)
    let kept = min(max(shape, 0.01), 0.6)
    fit = Fit(start: start, scale: max(mean * (1 - kept), leastScale), shape: kept)
  }

  /// Minus the logarithm (base 10) of the chance that a block of full length holds a deviation as
  /// large; 0 for what is nothing special.
  func surprise(of deviation: Double) -> Double {
    guard let fit, deviation > fit.start else { return 0 }
    let growth = 1 + fit.shape * (deviation - fit.start) / fit.scale
    return max(0, logarithm(growth) / (fit.shape * Self.ten) + tailSurprise)
  }

  /// The deviation that is this surprising; nil while too little is known.
  func deviation(ofSurprise surprise: Double) -> Double? {
    guard let fit else { return nil }
    let beyond = max(0, surprise - tailSurprise)
    let growth = exponential(beyond * Self.ten * fit.shape)
    return fit.start + (growth - 1) * fit.scale / fit.shape
  }

  /// How surprising it is to be in the tail at all; less while blocks are short.
  private var tailSurprise: Double {
    let ratio = tuning.blockHours / (Double(merged) * Self.shortestBlockHours)
    return 0.5 - logarithm(ratio) / Self.ten
  }

  private static let ten = 2.302585092994046
}
