import Monitoring
import Telemetry

@testable import Simulation

extension Observation {
  /// All that was said of an estate and is not true, as sentences.
  ///
  /// Links only where asked for: a lost sample is overdue, and breaks a short objective, by definition.
  func disagreements(withLinks: Bool = false) -> [String] {
    var regions = truth.regions.map { Comparison($0.subject[0], $0.intervals) }
    var links = truth.links.map {
      Comparison($0.subject.joined(separator: " "), $0.intervals)
    }
    if !withLinks { links = [] }
    var states = truth.deployments.map { Comparison($0.name, $0.states) }
    var writers = truth.deployments.map { Comparison("the writer of \($0.name)", $0.writers) }
    var unknown = truth.deployments.map { _ in (looks: 0, times: 0) }
    var firstLoss: [Double?] = truth.deployments.map { _ in nil }
    forEachLook { moment in
      let (seenRegions, seenGroups) = (moment.regions, moment.failovers)
      for index in regions.indices {
        let region = seenRegions.first { $0.region == regions[index].subject }
        regions[index].look(at: moment.time, region?.health.rawValue ?? "unknown")
      }
      let seenLinks = links.isEmpty ? [] : moment.links
      for index in links.indices {
        let link = seenLinks.first {
          "\($0.service) \($0.from) \($0.to)" == links[index].subject
        }
        links[index].look(at: moment.time, link?.state.rawValue ?? "unknown")
      }
      for index in states.indices {
        let group = seenGroups.first { $0.group == states[index].subject }
        states[index].look(at: moment.time, group?.state.rawValue ?? "unknown")
        writers[index].look(at: moment.time, writer(group))
        if let group, group.epoch == 2 { firstLoss[index] = group.rpoAchievedSeconds }
        if isMaybeBlind(at: moment.time) { continue }
        unknown[index].looks += 1
        if writer(group) == nil { unknown[index].times += 1 }
      }
    }
    let all = regions + links + states + writers
    return all.flatMap(\.sentences) + costs(firstLoss) + tooUnknown(unknown)
  }

  /// That it cannot be told who writes is no lie, as long as it is rare and nothing is blind.
  private func writer(_ reading: FailoverReading?) -> String? {
    guard let reading, reading.writersKnown else { return nil }
    return reading.writers.isEmpty ? "none" : reading.writers.joined(separator: "+")
  }

  private func tooUnknown(_ counts: [(looks: Int, times: Int)]) -> [String] {
    zip(truth.deployments, counts).compactMap { deployment, count in
      !deployment.writers.isEmpty && Double(count.times) > Double(count.looks) * unknownPart
        ? "the writer of \(deployment.name) is unknown \(count.times) times of \(count.looks)" : nil
    }
  }

  /// Whether the truth allows that a region cannot be seen.
  private func isMaybeBlind(at time: Timestamp) -> Bool {
    truth.regions.contains {
      GroundTruth.accepted(in: $0.intervals, at: time)?.contains("BLIND") ?? true
    }
  }

  /// The truth tells what the first move of the primary lost, not a later one home.
  private func costs(_ firstLoss: [Double?]) -> [String] {
    let readings = engine.moment().failovers
    return zip(truth.deployments, firstLoss).flatMap { deployment, firstLoss -> [String] in
      let reading = readings.first { $0.group == deployment.name }
      let recovery = deployment.recovery
      return [
        disagreement(
          "RPO of \(deployment.name)", firstLoss ?? reading?.rpoAchievedSeconds, recovery?.rpo),
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
