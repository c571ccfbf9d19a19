/// How values are written everywhere: short, with the unit glued on, `--` for what is unknown.
package enum Quantities {
  /// `412ms`, `6.8s`, `45s`, `1m34s`, `1h31m`, `12d 04h`; `--` when unknown.
  package static func duration(_ seconds: Double?) -> String {
    guard let seconds, seconds.isFinite, seconds.magnitude < 1e12 else { return "--" }
    if seconds < 0 { return "-" + duration(-seconds) }
    if seconds < 0.9995 { return milliseconds(seconds) }
    if seconds < 9.95 { return Decimals.text(seconds, places: 1) + "s" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole)s" }
    if whole < 3600 { return "\(whole / 60)m\(Decimals.two(whole % 60))s" }
    let minutes = Int((seconds / 60).rounded())
    if minutes < 1440 { return "\(minutes / 60)h\(Decimals.two(minutes % 60))m" }
    let hours = Int((seconds / 3600).rounded())
    return "\(hours / 24)d \(Decimals.two(hours % 24))h"
  }

  /// An age: whole seconds, since none is known more exactly.
  package static func age(_ seconds: Double?) -> String {
    guard let seconds, seconds.magnitude < 9.5 else { return duration(seconds) }
    return "\(Int(seconds.rounded()))s"
  }

  /// A threshold or a tick of an axis, as people would write it: `60s`, `5s`, `60k`, `0.5%`.
  package static func limit(_ value: Double, unit: String?) -> String {
    switch unit {
    case "Seconds": return limit(seconds: value)
    case "Milliseconds": return limit(seconds: value / 1000)
    case "Microseconds": return limit(seconds: value / 1_000_000)
    case "Percent": return Decimals.plain(value) + "%"
    default:
      for (scale, prefix) in [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")]
      where value.magnitude >= scale {
        return Decimals.plain(value / scale) + prefix + (unit == "Bytes" ? "B" : "")
      }
      return Decimals.plain(value) + (unit == "Bytes" ? "B" : "")
    }
  }

  private static func limit(seconds: Double) -> String {
    if seconds == 0 { return "0s" }
    if seconds < 1 { return Decimals.plain(seconds * 1000) + "ms" }
    if seconds < 60 { return Decimals.plain(seconds) + "s" }
    return objective(seconds)
  }

  private static func milliseconds(_ seconds: Double) -> String {
    let whole = Int((seconds * 1000).rounded())
    return whole == 0 && seconds > 0 ? "<1ms" : "\(whole)ms"
  }

  /// An objective as people say it: `60s`, `90s`, `5m`, `15m`, `1h`, `1h30m`.
  package static func objective(_ seconds: Double?) -> String {
    guard let seconds, seconds.isFinite, seconds.magnitude < 1e12 else { return "--" }
    let whole = Int(seconds.rounded())
    guard Double(whole) == seconds else { return duration(seconds) }
    if (1...90).contains(whole) { return "\(whole)s" }
    if whole % 86_400 == 0 { return "\(whole / 86_400)d" }
    if whole % 3600 == 0 { return "\(whole / 3600)h" }
    if whole % 60 == 0, whole < 3600 { return "\(whole / 60)m" }
    return duration(seconds)
  }

  /// A share of one as percent: `0.02%`, `46.2%`, `100%`.
  package static func percent(_ ratio: Double?) -> String {
    guard let ratio, ratio.isFinite else { return "--" }
    return Decimals.short(ratio * 100) + "%"
  }

  /// A ratio as whole percent: `1%`, `157%`.
  package static func wholePercent(_ ratio: Double?) -> String {
    guard let ratio, ratio.isFinite, ratio.magnitude < 1e6 else { return "--" }
    let percent = Int((ratio * 100).rounded())
    return percent == 0 && ratio > 0 ? "<1%" : "\(percent)%"
  }

  /// A number with a decimal prefix: `412`, `48.1k`, `1.20M`.
  package static func count(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "--" }
    if value == value.rounded(), value.magnitude < 1000 { return Decimals.text(value, places: 0) }
    return scaled(value)
  }

  private static func scaled(_ value: Double) -> String {
    switch value.magnitude {
    case ..<999.5: Decimals.short(value)
    case ..<999_500: Decimals.short(value / 1e3) + "k"
    case ..<999_500_000: Decimals.short(value / 1e6) + "M"
    case ..<999_500_000_000: Decimals.short(value / 1e9) + "G"
    default: Decimals.short(value / 1e12) + "T"
    }
  }

  /// A value of a metric with its CloudWatch unit: `412ms`, `3.80%`, `412MB`.
  package static func value(_ value: Double?, unit: String?) -> String {
    guard let value, value.isFinite else { return "--" }
    switch unit {
    case "Seconds": return duration(value)
    case "Milliseconds": return duration(value / 1000)
    case "Microseconds": return duration(value / 1_000_000)
    case "Percent": return Decimals.short(value) + "%"
    case "Bytes": return count(value) + "B"
    case "Bytes/Second": return count(value) + "B/s"
    case "Count/Second": return count(value) + "/s"
    default: return count(value)
    }
  }
}
