import Monitoring
import Telemetry

extension Situation {
  /// Whether it is only the monitoring.
  var dataAnswer: Answer {
    let age = dataAgeSeconds
    let blind = regions.filter { $0.health == .blind }
    var words: [Run] = []
    var standing = Standing(.fine, "●", .ok, "OK")
    if let age {
      words.append(Run("newest data ", .muted))
      words.append(
        Run("\(Quantities.age(age)) old", ageRole(age), ageRole(age) == .text ? [] : .bold))
      if age >= Self.lateSeconds { standing = .init(.warning, "▲", .warn, "LATE") }
      if age >= Self.silentSeconds { standing = .init(.unknown, "?", .unknown, "SILENT") }
    } else {
      words.append(Run("waiting for the first sample", .unknown, .bold))
      standing = .init(.unknown, "?", .unknown, "NONE")
    }
    if !blind.isEmpty {
      standing = .init(.unknown, "?", .unknown, "BLIND")
      words.append(
        Run(" · cannot see \(blind.map(\.region).joined(separator: ", "))", .unknown, .bold))
    }
    let (more, worse) = sourceWords
    words += more
    if worse, standing.severity < .warning { standing = .init(.warning, "▲", .warn, "SOURCES") }
    return Answer("our eyes", standing, words)
  }

  private var sourceWords: ([Run], Bool) {
    var words: [Run] = []
    let ill = sources.filter { $0.problem != nil }
    if !sources.isEmpty {
      words.append(Run(" · sources \(sources.count - ill.count)/\(sources.count)", .muted))
    }
    if let first = ill.first {
      words.append(Run(" \(first.name): \(first.problem ?? "")", .warn))
    }
    if rejects > 0 {
      let records = rejects == 1 ? "record" : "records"
      words.append(Run(" · \(Quantities.count(Double(rejects))) \(records) rejected", .warn))
    }
    return (words, !ill.isEmpty)
  }

  /// The age of the newest data of anything; nil before the first.
  package var dataAgeSeconds: Double? {
    if let youngest = regions.compactMap(\.dataAgeSeconds).min() { return youngest }
    return age(of: store.newestTime(atOrBefore: time))
  }

  /// CloudWatch is late after three minutes and silent after ten.
  package static let lateSeconds = 180.0
  package static let silentSeconds = 600.0

  /// How an age is drawn.
  package func ageRole(_ age: Double?) -> Role {
    guard let age else { return .unknown }
    return age >= Self.silentSeconds ? .crit : age >= Self.lateSeconds ? .warn : .text
  }

  /// The strictest objective of all deployments.
  package func tightest(_ objective: (Deployment) -> Double?) -> Double? {
    topology.deployments.compactMap(objective).min()
  }
}
