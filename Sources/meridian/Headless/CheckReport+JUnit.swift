import Monitoring
import Telemetry

extension CheckReport {
  /// JUnit XML for build servers: a case per alarm, region, link and deployment.
  var junit: String {
    let suites = [
      suite("alarms", alarms.map(\.junitCase)), suite("regions", regions.map(\.junitCase)),
      suite("links", links.map(\.junitCase)), suite("failover", failovers.map(\.junitCase)),
      suite("verdict", [junitCase]),
    ].compactMap { $0 }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="meridian">
      \(suites.joined(separator: "\n"))
      </testsuites>

      """
  }

  private func suite(_ name: String, _ cases: [JUnitCase]) -> String? {
    guard !cases.isEmpty else { return nil }
    let failures = cases.count { $0.outcome == .failure }
    let errors = cases.count { $0.outcome == .error }
    let stamp = at.description.prefix(19)
    let head =
      "<testsuite name=\"\(name)\" tests=\"\(cases.count)\" failures=\"\(failures)\" "
      + "errors=\"\(errors)\" skipped=\"0\" timestamp=\"\(stamp)\">"
    return head + "\n" + cases.map { $0.xml(suite: name) }.joined(separator: "\n")
      + "\n</testsuite>"
  }

  private var junitCase: JUnitCase {
    let outcome: JUnitCase.Outcome =
      switch verdict.level {
      case .ok: .success
      case .warning, .critical: .failure
      case .unknown: .error
      }
    let text = verdict.reasons.map { "\($0.level.rawValue): \($0.text)" }.joined(separator: "\n")
    return JUnitCase(
      name: "verdict", outcome: outcome, word: verdict.level.rawValue, text: text)
  }
}

/// One `testcase`.
private struct JUnitCase {
  var name: String
  var outcome: Outcome
  /// The state word.
  var word: String
  var text: String

  enum Outcome { case success, failure, error }

  func xml(suite: String) -> String {
    let head = "<testcase classname=\"meridian.\(suite)\" name=\"\(Self.escaped(name))\""
    let element: String
    switch outcome {
    case .success: return head + "/>"
    case .failure: element = "failure"
    case .error: element = "error"
    }
    return head + "><\(element) message=\"\(word)\" type=\"\(word)\">\(Self.escaped(text))"
      + "</\(element)></testcase>"
  }

  /// XML 1.0 cannot carry control characters at all.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case _ where scalar.value < 32: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension AlarmReading {
  fileprivate var junitCase: JUnitCase {
    let outcome: JUnitCase.Outcome =
      switch state {
      case .ok: .success
      case .alarm: .failure
      case .insufficientData: .error
      }
    return JUnitCase(
      name: name + (region.map { " \($0)" } ?? ""), outcome: outcome, word: state.rawValue,
      text: stateReason)
  }
}

extension RegionReading {
  fileprivate var junitCase: JUnitCase {
    let outcome: JUnitCase.Outcome =
      switch health {
      case .healthy, .maintenance: .success
      case .degraded, .impaired, .down: .failure
      case .blind: .error
      }
    return JUnitCase(
      name: region, outcome: outcome, word: health.rawValue,
      text: reasons.joined(separator: "\n"))
  }
}

extension LinkReading {
  fileprivate var junitCase: JUnitCase {
    let outcome: JUnitCase.Outcome =
      switch state {
      case .ok, .warn, .stale: .success
      case .breached, .broken: .failure
      }
    return JUnitCase(
      name: "\(service) \(from) \(to)", outcome: outcome, word: state.rawValue,
      text: reasons.joined(separator: "\n"))
  }
}

extension FailoverReading {
  fileprivate var junitCase: JUnitCase {
    let outcome: JUnitCase.Outcome =
      switch state {
      case .steady, .steadySwapped, .failedOver: .success
      case .detecting, .failingOver, .failingBack, .stuck, .splitBrain: .failure
      case .blind: .error
      }
    return JUnitCase(
      name: group, outcome: outcome, word: state.rawValue,
      text: evidence.map(\.text).joined(separator: "\n"))
  }
}
