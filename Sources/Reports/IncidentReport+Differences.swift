import Monitoring
import Telemetry

extension IncidentReport {
  /// What differed from the plan: objectives, what stood ready, fencing, roles, alarms left without data.
  static func differences(from moment: Moment, of report: IncidentReport) -> [String] {
    var sentences: [String] = []
    for story in report.deployments {
      sentences += costs(of: story)
      sentences += readiness(of: story)
      if story.fencing == .timedOut || story.fencing == .noEvidence, story.hasMoved {
        sentences.append(
          "\(story.name): there is no evidence that the old writer was stopped before the new one began"
        )
      }
      sentences += lasting(of: story, moment)
    }
    sentences += shares(moment)
    sentences += unread(moment)
    return sentences
  }

  private static func costs(of story: DeploymentStory) -> [String] {
    [("RPO", story.rpo), ("RTO", story.rto)].compactMap { name, cost in
      guard cost.isKept == false else { return nil }
      return
        "\(story.name): \(name) achieved \(Figures.duration(cost.achievedSeconds)), the objective is "
        + Figures.duration(cost.objectiveSeconds)
    }
  }

  private static func readiness(of story: DeploymentStory) -> [String] {
    guard story.leftSteady else { return [] }
    return story.readyBefore.filter { $0.verdict != .ready }.map { ready in
      let checks = ready.checks.filter { $0.verdict != .go }.map(\.id).joined(separator: ", ")
      return "\(story.name): \(ready.region) was \(ready.verdict.rawValue) before the incident"
        + (checks.isEmpty ? "" : " (\(checks))")
    }
  }

  /// What is still not as expected at the end.
  private static func lasting(of story: DeploymentStory, _ moment: Moment) -> [String] {
    guard let reading = moment.failovers.first(where: { $0.group == story.name }) else { return [] }
    var sentences: [String] = []
    if reading.state != reading.expectedState {
      sentences.append(
        "\(story.name): at the end it is \(reading.state.rawValue), expected is "
          + reading.expectedState.rawValue)
    }
    if let expected = reading.expectedWriter, reading.writersKnown, reading.writers != [expected] {
      let found = reading.writers.isEmpty ? "nobody" : reading.writers.joined(separator: " and ")
      sentences.append("\(story.name): at the end \(found) writes, expected is \(expected)")
    }
    return sentences
  }

  /// A share differs when it is off by more than a tenth of all requests.
  private static let shareTolerance = 0.1

  private static func shares(_ moment: Moment) -> [String] {
    moment.topology.regions.compactMap { region in
      guard let planned = region.trafficShare,
        let seen = moment.regions.first(where: { $0.region == region.code })?.trafficShare,
        (seen - planned).magnitude > shareTolerance
      else { return nil }
      return
        "\(region.code): at the end it takes \(Figures.percent(seen)) of the requests, planned is "
        + Figures.percent(planned)
    }
  }

  /// Alarms that had data and have none: bound to a role that has moved, or to something that is gone.
  private static func unread(_ moment: Moment) -> [String] {
    moment.alarms.filter { $0.state == .insufficientData && $0.previousState != nil }.map { alarm in
      let place = alarm.region.map { " in \($0)" } ?? ""
      return
        "alarm \(alarm.name)\(place) has no data at the end: is it bound to a role that has moved?"
    }
  }
}

extension DeploymentStory {
  /// Whether a failover was completed.
  package var hasMoved: Bool { stretches.contains { $0.state == "FAILED_OVER" } }
  var leftSteady: Bool {
    stretches.contains { $0.state != "STEADY" && $0.state != "STEADY_SWAPPED" }
  }
}
