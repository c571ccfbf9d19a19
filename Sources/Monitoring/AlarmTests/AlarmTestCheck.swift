import Documents
import Telemetry

/// Compares one expectation with the engine at its instant.
struct AlarmTestCheck {
  let expectation: AlarmExpectation
  let engine: Engine
  /// The actions that run at exactly this instant.
  let actions: [AlarmAction]
  let pins: [AlarmPin]

  func failures() -> [AlarmTestFailure] {
    var failures: [AlarmTestFailure] = []
    if let name = expectation.alarm { failures += check(name) }
    if let expected = expectation.actions, expected != actions {
      failures.append(
        AlarmTestFailure(
          place: expectation.place,
          headline: "\(when): expected the actions \(expected.text), found \(actions.text)",
          explanation: [], paste: "- {at: \(expectation.offset), actions: \(actions.text)}"))
    }
    return failures
  }

  private func check(_ name: String) -> [AlarmTestFailure] {
    let readings = engine.moment().alarms.filter {
      $0.name == AlarmReference(name).name
        && (expectation.region == nil || $0.region == expectation.region)
    }
    let pinned = pins.state(of: name, at: expectation.time)
    guard let reading = readings.first else {
      return pinned.map { compare(name, $0, nil) } ?? [failure("\(name) exists in no such region")]
    }
    if readings.count > 1 {
      let regions = readings.map { $0.region ?? "no region" }.joined(separator: ", ")
      return [failure("\(name) exists in \(regions): say which with the key region")]
    }
    return compare(name, pinned ?? reading.state, pinned == nil ? reading : nil)
  }

  /// `reading` is nil for an alarm that is pinned: it has no reason and nothing to explain.
  private func compare(
    _ name: String, _ state: AlarmState, _ reading: AlarmReading?
  ) -> [AlarmTestFailure] {
    var claims: [String] = []
    if let expected = expectation.state, expected != state {
      claims.append("expected the state \(expected.rawValue), found \(state.rawValue)")
    }
    if let expected = expectation.reason, expected != reading?.stateReason {
      claims.append("expected the reason '\(expected)'")
    }
    let suppressor = reading?.actionsSuppressedBy
    if let expected = expectation.suppressor, expected?.rawValue != suppressor {
      claims.append(
        "expected suppressedBy \(expected?.rawValue ?? "null"), found \(suppressor ?? "null")")
    }
    if claims.isEmpty { return [] }
    return [
      failure(
        "\(when) \(name): " + claims.joined(separator: "; "),
        explanation: explanation(of: reading), paste: paste(name, state, reading))
    ]
  }

  private func failure(
    _ headline: String, explanation: [String] = [], paste: String = ""
  ) -> AlarmTestFailure {
    AlarmTestFailure(
      place: expectation.place, headline: headline, explanation: explanation, paste: paste)
  }

  private var when: String { "at \(expectation.offset) (\(expectation.time))" }

  private func explanation(of reading: AlarmReading?) -> [String] {
    guard let reading else { return ["the state is pinned under states"] }
    if reading.definition.composite != nil {
      return engine.alarms.compositeLines(
        reading.name, region: reading.region, at: expectation.time)
    }
    return engine.alarms.explain(
      reading.name, region: reading.region, at: expectation.time, store: engine.store)?
      .lines ?? []
  }

  private func paste(_ name: String, _ state: AlarmState, _ reading: AlarmReading?) -> String {
    var line =
      "- {at: \(expectation.offset), alarm: \(name.quotedIfNeeded), state: \(state.rawValue)"
    if let region = expectation.region { line += ", region: \(region)" }
    if expectation.reason != nil, let reason = reading?.stateReason {
      line += ", reason: \(reason.quoted)"
    }
    if expectation.suppressor != nil {
      line += ", suppressedBy: \(reading?.actionsSuppressedBy ?? "null")"
    }
    return line + "}"
  }
}

extension [AlarmAction] {
  fileprivate var text: String {
    let items = map { "{alarm: \($0.alarm.quotedIfNeeded), state: \($0.state.rawValue)}" }
    return "[" + items.joined(separator: ", ") + "]"
  }
}

extension String {
  /// In double quotes, as both JSON and YAML read it.
  fileprivate var quoted: String {
    var writer = JSONWriter()
    writer.string(self)
    return writer.text
  }

  /// Plain where YAML takes it for a word.
  fileprivate var quotedIfNeeded: String {
    let isWord = unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || "0123456789-_".unicodeScalars.contains(scalar))
    }
    return isWord && first?.isLetter == true ? self : quoted
  }
}
