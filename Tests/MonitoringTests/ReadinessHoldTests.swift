import Telemetry
import Testing

@testable import Monitoring

/// A lost sample is no news, and sight takes a quiet time to be believed.
@Suite
struct ReadinessHoldTests {
  /// A verdict a minute, as letters: G is GO, N is NO_GO, U is UNKNOWN.
  private func said(_ measured: String, of check: Readiness.Check) -> String {
    var hold = ReadinessHold()
    var said = ""
    for (minute, letter) in measured.enumerated() {
      let verdict: ReadinessReading.CheckVerdict =
        letter == "G" ? .go : letter == "N" ? .noGo : .unknown
      var gauges = [Readiness.Gauge(check: check, verdict: verdict)]
      hold.hold(&gauges, Story.minute(Double(minute)))
      said += gauges[0].verdict == .go ? "G" : gauges[0].verdict == .noGo ? "N" : "U"
    }
    return said
  }

  @Test(arguments: [
    ("UGG", "UGG"),  // the first GO needs no waiting
    ("GUGUUG", "GGGGGG"),  // a sample or two that are lost
    ("GUUUUU", "GGGGUU"),  // three minutes are more than that
    ("GUUUUUGGGGGGG", "GGGGUUUUUUUGG"),
    ("GNGNG", "GNGNG"),  // what is measured is said at once
    ("GUUUUNG", "GGGGUNG"),
  ])
  func `single samples do not move a check`(measured: String, want: String) {
    #expect(said(measured, of: .lag(0)) == want)
    #expect(said(measured, of: .writer) == want)
  }

  @Test(arguments: [Readiness.Check.freshness, .health, .alarm(0)])
  func `what has a hysteresis of its own is taken as it is`(check: Readiness.Check) {
    #expect(said("GUGNG", of: check) == "GUGNG")
  }
}
