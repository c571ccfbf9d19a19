import Monitoring
import Telemetry

@testable import Simulation

extension Observation {
  /// All that was said of an estate and is not true, as sentences.
  ///
  /// Long recordings are looked at less often.
  func disagreements() -> [String] {
    let minutes: Int64 = truth.end - truth.start > 86_400_000 * 2 ? 15 : 1
    return regions(every: minutes) + states(every: minutes) + writers(every: minutes) + costs()
  }

  private func regions(every minutes: Int64) -> [String] {
    truth.regions.flatMap { course in
      disagreements(about: course.subject[0], course.intervals, every: minutes) { moment in
        moment.regions.first { $0.region == course.subject[0] }?.health.rawValue ?? "unknown"
      }
    }
  }

  /// What is said of links and is not true.
  ///
  /// A lost sample is overdue, and breaks a short objective, by definition: links are held to the truth
  /// where nothing is lost on the way.
  func linkDisagreements() -> [String] {
    let minutes: Int64 = truth.end - truth.start > 86_400_000 * 2 ? 15 : 1
    return truth.links.flatMap { course in
      disagreements(
        about: course.subject.joined(separator: " "), course.intervals, every: minutes
      ) { moment in
        moment.links.first { [$0.service, $0.from, $0.to] == course.subject }?.state.rawValue
          ?? "unknown"
      }
    }
  }

  private func states(every minutes: Int64) -> [String] {
    truth.deployments.flatMap { deployment in
      disagreements(about: deployment.name, deployment.states, every: minutes) { moment in
        moment.failovers.first { $0.group == deployment.name }?.state.rawValue ?? "unknown"
      }
    }
  }

  /// Who writes; that it cannot be told is no lie, as long as it is rare and nothing is blind.
  private func writers(every minutes: Int64) -> [String] {
    truth.deployments.flatMap { deployment in
      var (looks, unknown) = (0, 0)
      var wrong = disagreements(
        about: "the writer of \(deployment.name)", deployment.writers, every: minutes
      ) { moment in
        let reading = moment.failovers.first { $0.group == deployment.name }
        let isBlind = isMaybeBlind(at: moment.time)
        if !isBlind { looks += 1 }
        guard let reading, reading.writersKnown else {
          if !isBlind { unknown += 1 }
          return nil
        }
        return reading.writers.isEmpty ? "none" : reading.writers.joined(separator: "+")
      }
      if Double(unknown) > Double(looks) * unknownPart {
        wrong.append("the writer of \(deployment.name) is unknown \(unknown) times of \(looks)")
      }
      return wrong
    }
  }

  /// Whether the truth allows that a region cannot be seen.
  private func isMaybeBlind(at time: Timestamp) -> Bool {
    truth.regions.contains {
      GroundTruth.accepted(in: $0.intervals, at: time)?.contains("BLIND") ?? false
    }
  }

  private func costs() -> [String] {
    let readings = engine.moment().failovers
    return truth.deployments.flatMap { deployment -> [String] in
      let reading = readings.first { $0.group == deployment.name }
      let recovery = deployment.recovery
      return [
        disagreement("RPO of \(deployment.name)", reading?.rpoAchievedSeconds, recovery?.rpo),
        disagreement("RTO of \(deployment.name)", reading?.rtoAchievedSeconds, recovery?.rto),
      ].compactMap { $0 }
    }
  }

  private func disagreement(
    _ name: String, _ measured: Double?, _ truth: GroundTruth.Figure?
  ) -> String? {
    guard let truth else { return measured.map { "\(name) is \($0) s, and nothing failed over" } }
    guard let measured else { return "\(name) is not known, really \(truth.seconds) s" }
    return truth.accepts(measured)
      ? nil : "\(name) is \(measured) s, not \(truth.atLeast) to \(truth.atMost)"
  }
}
