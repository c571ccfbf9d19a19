import Monitoring
import Telemetry

extension CheckReport {
  /// Gauges for a node_exporter textfile; what is unknown has no sample.
  ///
  /// States are a gauge per state word, 1 for the one that holds: node_exporter's parser knows no
  /// state sets.
  var openMetrics: String {
    var text = MetricText()
    text.family("meridian_verdict", "1 for the verdict that holds.")
    text.states("meridian_verdict", Verdict.Level.allCases, verdict.level, [])
    text.family("meridian_check_timestamp_seconds", "The instant that was checked.")
    text.sample("meridian_check_timestamp_seconds", [], Double(at.milliseconds) / 1000)
    addAlarms(to: &text)
    addRegions(to: &text)
    addLinks(to: &text)
    addFailovers(to: &text)
    text.family("meridian_rejected_records", "Records that could not be read.")
    text.sample("meridian_rejected_records", [], Double(rejects.count))
    return text.text + "# EOF\n"
  }

  private func addAlarms(to text: inout MetricText) {
    guard !alarms.isEmpty else { return }
    text.family("meridian_alarm_state", "1 for the state of the alarm.")
    for alarm in alarms {
      let labels = [
        ("alarm", alarm.name), ("region", alarm.region ?? ""),
        ("severity", alarm.definition.severity.rawValue),
      ]
      text.states("meridian_alarm_state", AlarmState.allCases, alarm.state, labels)
    }
  }

  private func addRegions(to text: inout MetricText) {
    guard !regions.isEmpty else { return }
    text.family("meridian_region_health", "1 for the health of the region.")
    for region in regions {
      let labels = [("region", region.region), ("role", region.role.rawValue)]
      text.states("meridian_region_health", RegionHealth.allCases, region.health, labels)
    }
    text.gauge("meridian_region_traffic_ratio", "The region's share of requests.", regions) {
      ([("region", $0.region)], $0.trafficShare)
    }
    text.gauge("meridian_region_data_age_seconds", "Age of the newest data.", regions) {
      ([("region", $0.region)], $0.dataAgeSeconds)
    }
    text.gauge(
      "meridian_region_freshness_ratio", "The part of its always-metrics that is fresh.", regions
    ) {
      ([("region", $0.region)], $0.freshness)
    }
  }

  private func addLinks(to text: inout MetricText) {
    guard !links.isEmpty else { return }
    text.family("meridian_link_state", "1 for the state of the replication link.")
    for link in links {
      text.states("meridian_link_state", LinkState.allCases, link.state, link.labels)
    }
    text.gauge("meridian_link_lag_seconds", "Replication lag as last measured.", links) {
      ($0.labels, $0.lagSeconds)
    }
    text.gauge("meridian_link_rpo_now_seconds", "Lag plus age of the sample.", links) {
      ($0.labels, $0.rpoNowSeconds)
    }
    text.gauge("meridian_link_rpo_seconds", "The objective.", links) {
      ($0.labels, $0.rpoSeconds)
    }
  }

  private func addFailovers(to text: inout MetricText) {
    guard !failovers.isEmpty else { return }
    text.family("meridian_failover_state", "1 for the failover state of the deployment.")
    for failover in failovers {
      let labels = [("group", failover.group)]
      text.states("meridian_failover_state", FailoverState.allCases, failover.state, labels)
    }
    text.gauge("meridian_failover_writers", "How many regions write.", failovers) {
      ([("group", $0.group)], $0.writersKnown ? Double($0.writers.count) : nil)
    }
    text.gauge("meridian_failover_epoch", "Rises at each promotion.", failovers) {
      ([("group", $0.group)], Double($0.epoch))
    }
    guard failovers.contains(where: { !$0.ready.isEmpty }) else { return }
    text.family("meridian_standby_readiness", "1 for the readiness of the standby.")
    for failover in failovers {
      for standby in failover.ready {
        let labels = [("group", failover.group), ("region", standby.region)]
        text.states(
          "meridian_standby_readiness", ReadinessReading.Verdict.allCases, standby.verdict, labels)
      }
    }
  }
}

extension LinkReading {
  fileprivate var labels: [(String, String)] {
    [("service", service), ("from", from), ("to", to)]
  }
}

/// Lines of the OpenMetrics text format.
private struct MetricText {
  private(set) var text = ""

  mutating func family(_ name: String, _ help: String) {
    text += "# TYPE \(name) gauge\n# HELP \(name) \(help)\n"
  }

  mutating func sample(_ name: String, _ labels: [(String, String)], _ value: Double) {
    let pairs = labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
    text += name + (pairs.isEmpty ? "" : "{\(pairs)}") + " \(value)\n"
  }

  /// A family with a sample for each element whose value is known.
  mutating func gauge<Element>(
    _ name: String, _ help: String, _ elements: [Element],
    _ read: (Element) -> (labels: [(String, String)], value: Double?)
  ) {
    let known = elements.compactMap { element in
      let (labels, value) = read(element)
      return value.map { (labels, $0) }
    }
    guard !known.isEmpty else { return }
    family(name, help)
    for (labels, value) in known { sample(name, labels, value) }
  }

  /// One sample per state word.
  mutating func states<State: RawRepresentable & Equatable>(
    _ name: String, _ all: [State], _ current: State, _ labels: [(String, String)]
  ) where State.RawValue == String {
    for state in all {
      sample(name, labels + [("state", state.rawValue)], state == current ? 1 : 0)
    }
  }

  private static func escaped(_ value: String) -> String {
    var result = ""
    for character in value.unicodeScalars {
      switch character {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      case _ where character.value < 32: result += "\u{FFFD}"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }
}
