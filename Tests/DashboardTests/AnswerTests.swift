import Telemetry
import Testing

@testable import Dashboard
@testable import Monitoring

/// What a woken engineer reads first: here what a loss now would cost.
@Suite
struct AnswerTests {
  /// The failing shop after `orders` has moved to eu-west-1, which replicates to ap-southeast-1.
  private static func moved(lag: Double?) -> Situation {
    var situation = Fixtures.failing()
    situation.failovers[0].primary = "eu-west-1"
    situation.failovers[0].rpoNowSeconds = lag
    var onward = LinkReading(
      service: "orders-db", kind: "aurora-global-database", from: "eu-west-1", to: "ap-southeast-1",
      state: lag == nil ? .stale : .ok)
    onward.rpoSeconds = 60
    onward.lagSeconds = lag
    onward.ageSeconds = lag.map { _ in 0 }
    onward.rpoNowSeconds = lag
    situation.links.append(onward)
    situation.sortWorstFirst()
    return situation
  }

  private static func loss(_ situation: Situation) -> String {
    let answer = situation.answers.first { $0.question == "lost now" }
    return (answer?.standing.glyph ?? "") + " " + (answer?.words.map(\.text).joined() ?? "")
  }

  @Test
  func `a loss is one of the region that writes, and other links over their RPO are counted`() {
    #expect(
      Self.loss(Self.moved(lag: 2))
        == "■ at most 2.0s of orders-db, RPO 60s kept (EUW1 > APS1 lag 2.0s, sample 0s old)"
        + " · 1 other link over RPO or broken · 1 of 5 links without data · RTO 15m")
  }

  @Test
  func `while the link from the writer does not tell its lag, the loss is unknown`() {
    #expect(
      Self.loss(Self.moved(lag: nil)).hasPrefix(
        "■ unknown: orders-db EUW1 > APS1 does not tell its lag · 1 other link"))
  }

  @Test
  func `without deployments the most exposed link answers`() {
    var situation = Fixtures.failing()
    situation.failovers = []
    #expect(Self.loss(situation).hasPrefix("■ at most 1m41s of orders-db, RPO 60s BROKEN"))
  }
}
