import Monitoring
import Telemetry

/// Why a region's health is what it is, and its numbers with their age.
struct RegionSentences {
  let region: RegionReading
  let situation: Situation

  func draw(in rect: Rect, boxed: Bool, on frame: inout Frame) {
    let standing = Standing(region.health)
    let since = situation.age(of: region.since).map { "for \(Quantities.duration($0))" }
    let inner = frame.part(
      rect,
      title: [
        Run(standing.glyph + " ", standing.role), Run(region.region + " ", .title),
        Run(standing.word, standing.role, .bold),
      ], note: [region.role.rawValue, since].compactMap { $0 }.joined(separator: " · "),
      boxed: boxed, role: standing.severity < .warning ? .border : standing.role)
    for (offset, line) in lines.prefix(inner.rows).enumerated() {
      frame.sentence(line, inner.row + offset, inner.column, end: inner.endColumn)
    }
  }

  var lines: [[Run]] { (reasons.isEmpty ? [calm] : reasons) + [sight, numbers] }

  private var reasons: [[Run]] {
    region.reasons.map { [Run("because ", .muted), Run($0, .text)] }
  }

  private var calm: [Run] { [Run("nothing speaks against it", .ok)] }

  private var sight: [Run] {
    guard let age = region.dataAgeSeconds else { return [Run("never seen", .unknown)] }
    let role = situation.ageRole(age)
    var runs = [Run("newest data ", .muted), Run("\(Quantities.age(age)) old", role)]
    if let freshness = region.freshness {
      runs.append(Run(", of what it always publishes ", .muted))
      runs.append(Run(Quantities.percent(freshness), freshness < 1 ? .stale : .text))
      runs.append(Run(" is fresh", .muted))
    }
    return runs
  }

  private var numbers: [Run] {
    let values = [
      ("traffic ", Quantities.percent(region.trafficShare)),
      ("rps ", Quantities.count(region.requestsPerSecond)),
      ("err ", Quantities.percent(region.errorRatio)),
      ("p99 ", Quantities.duration(region.latencySeconds)),
    ]
    return values.flatMap { name, value in
      [Run(name, .muted), Run(value + "   ", value == "--" ? .unknown : .text)]
    }
  }
}
