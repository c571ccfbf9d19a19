import Monitoring
import Telemetry

extension CheckReport {
  /// A table for people, worst first.
  var text: String {
    var lines = ["\(verdict.level.rawValue) at \(at)"]
    lines += verdict.reasons.map { "  \($0.level.rawValue): \($0.text)" }
    let rows = self.rows
    if !rows.isEmpty { lines += [""] + table(rows) }
    if rejects.count > 0 {
      lines += ["", "\(counted(rejects.count, "record")) could not be read"]
      lines += rejects.samples.prefix(3).map { "  \($0.source):\($0.line): \($0.reason)" }
    }
    return lines.map { sanitised($0) + "\n" }.joined()
  }

  private struct Row {
    var level: Verdict.Level
    var cells: [String]
    /// Among rows of one level these come last: an alarm without data says less than one in ALARM.
    var isSilent = false
  }

  private var rows: [Row] {
    let all = alarms.map(row) + regions.map(row) + links.map(row) + failovers.flatMap(rows)
    let order = all.enumerated().sorted { left, right in
      if left.element.level != right.element.level {
        return left.element.level > right.element.level
      }
      if left.element.isSilent != right.element.isSilent { return right.element.isSilent }
      return left.offset < right.offset
    }
    return order.map(\.element)
  }

  private func table(_ rows: [Row]) -> [String] {
    let head = ["STATE", "WHAT", "NAME", "WHERE", "FOR", "WHY"]
    let grid = [head] + rows.map(\.cells)
    let padded = head.indices.dropLast()
    let widths = padded.map { column in grid.map { $0[column].count }.max() ?? 0 }
    return grid.map { cells in
      var line = ""
      for column in padded {
        let cell = cells[column]
        line += cell + String(repeating: " ", count: widths[column] - cell.count + 2)
      }
      line += cells.last ?? ""
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  private func row(_ alarm: AlarmReading) -> Row {
    let level: Verdict.Level =
      switch alarm.state {
      case .ok: .ok
      case .alarm: alarm.definition.severity == .critical ? .critical : .warning
      case .insufficientData: .warning
      }
    return Row(
      level: level,
      cells: [
        alarm.state.rawValue, "alarm", alarm.name, alarm.region ?? "--",
        span(since: alarm.stateTransitioned), alarm.state == .ok ? "" : alarm.stateReason,
      ], isSilent: alarm.state == .insufficientData)
  }

  private func row(_ region: RegionReading) -> Row {
    let level: Verdict.Level =
      switch region.health {
      case .healthy, .maintenance: .ok
      case .degraded, .impaired: .warning
      case .blind: .unknown
      case .down: .critical
      }
    return Row(
      level: level,
      cells: [
        region.health.rawValue, "region", region.region, region.role.rawValue,
        span(since: region.since), why(region).joined(separator: "; "),
      ])
  }

  /// The reasons of its health, and what it should publish and does not, where that hides something.
  private func why(_ region: RegionReading) -> [String] {
    var missing: [String] = []
    for absence in region.absences where absence.meaning == .broken {
      let sentence = "\(absence.service): \(absence.evidence)"
      if !missing.contains(sentence) { missing.append(sentence) }
    }
    let named = missing.prefix(Self.absencesNamed)
    let rest = missing.count - named.count
    return region.reasons + named + (rest > 0 ? ["\(rest) more metrics are missing"] : [])
  }

  private static let absencesNamed = 3

  private func row(_ link: LinkReading) -> Row {
    let level: Verdict.Level =
      switch link.state {
      case .ok: .ok
      case .warn, .stale: .warning
      case .breached, .broken: .critical
      }
    var why = "RPO now \(seconds(link.rpoNowSeconds)) of \(seconds(link.rpoSeconds))"
    let outlook = link.catchUp.map { [$0.sentence] } ?? []
    why = ([why] + link.reasons + outlook).joined(separator: "; ")
    return Row(
      level: level,
      cells: [
        link.state.rawValue, "link", link.service, "\(link.from) → \(link.to)",
        span(since: link.since), why,
      ])
  }

  private func rows(_ failover: FailoverReading) -> [Row] {
    let level: Verdict.Level =
      switch failover.state {
      case .steady, .steadySwapped, .failedOver: .ok
      case .detecting, .failingOver, .failingBack: .warning
      case .blind: .unknown
      case .stuck, .splitBrain: .critical
      }
    let writers = failover.writers.joined(separator: ", ")
    let place = failover.writersKnown ? (writers.isEmpty ? "no writer" : writers) : "--"
    let own = Row(
      level: level,
      cells: [
        failover.state.rawValue, "failover", failover.group, place, span(since: failover.since),
        failover.evidence.map(\.text).joined(separator: "; "),
      ])
    return [own] + failover.ready.map { row($0, of: failover.group) }
  }

  private func row(_ standby: ReadinessReading, of group: String) -> Row {
    let level: Verdict.Level =
      switch standby.verdict {
      case .ready: .ok
      case .notReady: .warning
      case .unknown: .unknown
      }
    let open = standby.checks.filter { $0.verdict != .go }
    let why = open.map { "\($0.id) \($0.verdict.rawValue): \($0.value), limit \($0.limit)" }
    return Row(
      level: level,
      cells: [
        standby.verdict.rawValue, "standby", group, standby.region, "--",
        why.joined(separator: "; "),
      ])
  }

  private func seconds(_ value: Double?) -> String { value.map { "\(decimal($0)) s" } ?? "--" }

  /// How long ago, in the two largest units: `2h05m`.
  private func span(since start: Timestamp?) -> String {
    guard let start else { return "--" }
    let seconds = max(0, (at - start) / 1000)
    switch seconds {
    case ..<60: return "\(seconds)s"
    case ..<3600: return "\(seconds / 60)m"
    case ..<86_400: return "\(seconds / 3600)h\(seconds % 3600 / 60)m"
    default: return "\(seconds / 86_400)d\(seconds % 86_400 / 3600)h"
    }
  }
}
