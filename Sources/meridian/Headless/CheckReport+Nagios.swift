import Monitoring
import Telemetry

extension CheckReport {
  /// One line for monitoring plugins: the verdict, the worst findings, and performance data.
  var nagios: String {
    "MERIDIAN \(verdict.level.rawValue) - \(summary) | \(performance.joined(separator: " "))\n"
  }

  /// What a plugin prints when it cannot judge at all.
  static func nagiosLine(unknown sentence: String) -> String {
    "MERIDIAN UNKNOWN - \(plain(sentence))\n"
  }

  /// More findings than this do not fit into a message.
  private static let findingLimit = 5

  private var summary: String {
    guard !verdict.reasons.isEmpty else {
      return "\(counted(alarms.count, "alarm")), \(counted(regions.count, "region")), "
        + "\(counted(links.count, "link"))"
    }
    let shown = verdict.reasons.prefix(Self.findingLimit).map { Self.plain($0.text) }
    let rest = verdict.reasons.count - shown.count
    return shown.joined(separator: "; ") + (rest > 0 ? "; \(rest) more" : "")
  }

  /// `'label'=value[unit];warn;crit;min;max`, from the plugin guidelines; unknown values are left out.
  private var performance: [String] {
    var fields = AlarmState.allCases.map { state in
      "'alarms_\(state.rawValue)'=\(alarms.count { $0.state == state });;;0;\(alarms.count)"
    }
    for link in links {
      let label = Self.label("rpo \(link.service) \(link.from) \(link.to)")
      if let seconds = link.rpoNowSeconds {
        fields.append("\(label)=\(decimal(seconds))s;;\(link.rpoSeconds.map(decimal) ?? "");0;")
      }
    }
    for region in regions {
      if let share = region.trafficShare {
        fields.append("\(Self.label("share \(region.region)"))=\(decimal(share * 100))%;;;0;100")
      }
    }
    return fields + ["'rejects'=\(rejects.count);;;0;"]
  }

  private static func label(_ text: String) -> String {
    "'" + sanitised(text.filter { $0 != "'" && $0 != "=" && $0 != "|" }) + "'"
  }

  /// A pipe would begin the performance data, a line feed end the message.
  private static func plain(_ text: String) -> String {
    sanitised(String(text.map { $0 == "|" || $0.isNewline ? " " : $0 }))
  }
}

/// A number with at most three decimals and no more than it needs.
func decimal(_ value: Double) -> String {
  guard value.magnitude < 1e12 else { return String(value) }
  let rounded = (value * 1000).rounded() / 1000
  return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
}
