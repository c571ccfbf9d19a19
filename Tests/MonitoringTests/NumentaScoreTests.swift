import Testing

@testable import Monitoring

/// The rules of the benchmark's sweeper: https://github.com/numenta/NAB (standard profile).
@Suite
struct NumentaScoreTests {
  /// 200 points, of which the first 30 are probation; one window of 20 points in the middle.
  private static let window = 100...119

  private func score(_ detections: Int..., threshold: Double = 1) -> NumentaScore? {
    var scores = [Double](repeating: 0, count: 200)
    for detection in detections { scores[detection] = 1 }
    return NumentaScore.at(
      threshold: threshold, [.init(scores: scores, windows: [Self.window])])
  }

  @Test
  func `the first point of every window is perfect, silence is nothing`() throws {
    #expect(try #require(score(100)).value == 100)
    #expect(try #require(score()).value == 0)
  }

  @Test
  func `the middle of a window counts less than its beginning, its end for little`() throws {
    let middle = try #require(score(110)).value
    let last = try #require(score(119)).value
    #expect(abs(middle - 92.98) < 0.01)
    #expect(abs(last - 56.30) < 0.01)
  }

  @Test
  func `only the earliest detection in a window counts`() throws {
    #expect(score(104)?.value == score(104, 105, 119)?.value)
  }

  @Test
  func `a false alarm far from any window costs 11 hundredths of a window`() throws {
    let value = try #require(score(100, 60)).value
    #expect(abs(value - (100 - 100 * 0.11 / 2)) < 1e-9)
    let after = try #require(score(100, 121)).value
    // Two points after the window, of 19: 0.11 * (2 / (1 + exp(5 * 2 / 19)) - 1).
    #expect(abs(after - 98.58515) < 1e-4)
  }

  @Test
  func `what happens in the probation counts neither way`() {
    #expect(score(100, 3)?.value == 100)
  }

  @Test
  func `one threshold serves all series`() throws {
    var early = [Double](repeating: 0, count: 200)
    var late = early
    (early[100], early[60], late[100]) = (0.9, 0.4, 0.5)
    let series = [early, late].map {
      NumentaScore.Series(scores: $0, windows: [Self.window])
    }
    let best = try #require(NumentaScore.best(series))
    #expect(best.value == 100)
    #expect(best.threshold == 0.5)
    #expect(best.windowsDetected == 2 && best.falseDetections == 0)
  }

  @Test
  func `without windows there is no score`() {
    #expect(NumentaScore.best([.init(scores: [1, 2, 3], windows: [])]) == nil)
  }
}
