import Telemetry

/// Numbers and outside text, as reports print them; no locale.
package enum Figures {
  /// `410 ms`, `60.4 s`, `12 min 40 s`, `3 h 5 min`, `2 d 4 h`; `--` when unknown.
  package static func duration(_ seconds: Double?) -> String {
    guard let seconds, seconds.isFinite else { return "--" }
    let sign = seconds < 0 ? "-" : ""
    let value = seconds.magnitude
    if value == 0 { return "0 s" }
    if value < 1 { return "\(sign)\(short(value * 1000)) ms" }
    if value < 180 { return "\(sign)\(short(value)) s" }
    let whole = Int(min(value, 1e12).rounded())
    if whole < 3600 { return sign + pair(whole / 60, "min", whole % 60, "s") }
    if whole < 86_400 { return sign + pair(whole / 3600, "h", whole % 3600 / 60, "min") }
    return sign + pair(whole / 86_400, "d", whole % 86_400 / 3600, "h")
  }

  private static func pair(_ large: Int, _ unit: String, _ small: Int, _ other: String) -> String {
    small == 0 ? "\(large) \(unit)" : "\(large) \(unit) \(small) \(other)"
  }

  /// At most one digit after the point.
  package static func short(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e15 else { return "--" }
    let tenths = (value * 10).rounded()
    let whole = Int(tenths.magnitude)
    let sign = tenths < 0 ? "-" : ""
    return sign + (whole % 10 == 0 ? "\(whole / 10)" : "\(whole / 10).\(whole % 10)")
  }

  /// `62 %`, `0.4 %`; `--` when unknown.
  package static func percent(_ ratio: Double?) -> String {
    guard let ratio, ratio.isFinite else { return "--" }
    return "\(short(ratio * 100)) %"
  }

  /// `2026-10-20 06:48:00`.
  package static func time(_ time: Timestamp) -> String { "\(time.dateText) \(time.clockText)" }

  /// Text from outside without what could command a terminal, a browser or the reading direction.
  package static func clean(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .lineSeparator, .paragraphSeparator,
        .unassigned:
        if scalar == "\n" || scalar == "\t" || scalar == "\r" {
          result += " "
        } else {
          result += "\u{FFFD}"
        }
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
