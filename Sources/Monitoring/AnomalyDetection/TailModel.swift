/// How large the deviations of a series get: the largest of each block of time, and what follows for
/// larger ones.
///
/// The largest deviations of blocks have a generalised Pareto tail of a fixed, heavy shape, whose
/// scale is that of the series: one with wild bursts needs more to be called odd than one that never
/// strays. Blocks begin short, so that something is known within hours, and are merged two by two
/// until they are as long as the tuning says.
struct TailModel: Sendable {
  private let shortestHours: Double
  /// The largest deviations of closed blocks, oldest first.
  private var blocks: [Double] = []
  private var merged = 1
  private var pending = 0
  private var open = 0.0
  private var fit: Fit?

  private static let leastBlocks = 6
  /// So many blocks are merged to half as many while they are short.
  private static let mergingCount = 24

  private struct Fit: Sendable {
    /// Where the tail begins.
    var start: Double
    var scale: Double
    /// How surprising it is to be in the tail at all; less while blocks are short.
    var surprise: Double
  }

  /// The shortest block lasts `shortestHours`; a block is a power of two of them.
  init(shortestHours: Double) { self.shortestHours = shortestHours }

  mutating func record(_ deviation: Double) {
    if deviation > open, deviation.isFinite { open = deviation }
  }

  /// Ends a shortest block; `noise` is what the series does when nothing happens.
  mutating func closeBlock(noise: Double) {
    pending += 1
    guard pending >= merged else { return }
    blocks.append(open)
    (open, pending) = (0, 0)
    if blocks.count >= Self.mergingCount, blockHours < AnomalyTuning.blockHours { mergeBlocks() }
    if blocks.count > AnomalyTuning.blocks { blocks.removeFirst() }
    refit(leastScale: AnomalyTuning.leastTailShare * noise)
  }

  private var blockHours: Double { Double(merged) * shortestHours }

  private mutating func mergeBlocks() {
    blocks = stride(from: 0, to: blocks.count - 1, by: 2).map { max(blocks[$0], blocks[$0 + 1]) }
    merged *= 2
  }

  private mutating func refit(leastScale: Double) {
    guard blocks.count >= Self.leastBlocks else { return }
    let sorted = blocks.sorted()
    let count = max(4, Int(Double(sorted.count) * AnomalyTuning.tailShare))
    let start = sorted[max(0, sorted.count - count - 1)]
    let mean = sorted.suffix(count).reduce(0) { $0 + ($1 - start) } / Double(count)
    fit = Fit(
      start: start, scale: max(mean * (1 - Self.shape), leastScale),
      surprise: 0.5 - logarithm(AnomalyTuning.blockHours / blockHours) / Self.ten)
  }

  /// Minus the logarithm (base 10) of the chance that a block of full length holds a deviation as
  /// large; 0 for what is nothing special.
  func surprise(of deviation: Double) -> Double {
    guard let fit, deviation > fit.start else { return 0 }
    guard fit.scale > 0 else { return AnomalyTuning.surpriseLimit }
    let growth = 1 + Self.shape * (deviation - fit.start) / fit.scale
    let surprise = logarithm(growth) / (Self.shape * Self.ten) + fit.surprise
    return min(max(0, surprise), AnomalyTuning.surpriseLimit)
  }

  /// The deviation that is this surprising; nil while too little is known.
  func deviation(ofSurprise surprise: Double) -> Double? {
    guard let fit else { return nil }
    let beyond = max(0, surprise - fit.surprise)
    let growth = exponential(beyond * Self.ten * Self.shape)
    return growth.isFinite ? fit.start + (growth - 1) * fit.scale / Self.shape : .infinity
  }

  private static let shape = AnomalyTuning.shape
  private static let ten = 2.302585092994046
}
