import Monitoring
import Telemetry
import Testing

@testable import Simulation

/// The engine, replaying a sample, sees what really happened.
@Suite
struct TruthTests {
  static let observations: [String: Observation] = {
    var result: [String: Observation] = [:]
    for name in SampleFiles.names { result[name] = try? Observation(sample: name) }
    return result
  }()

  private func observation(_ name: String) throws -> Observation {
    try #require(Self.observations[name])
  }

  /// Long recordings are looked at less often.
  private func step(_ truth: GroundTruth) -> Int64 { truth.end - truth.start > 86_400_000 ? 15 : 1 }

  @Test(arguments: SampleFiles.names)
  func `regions are as the truth has them`(name: String) throws {
    let seen = try observation(name)
    for course in seen.truth.regions {
      let wrong = seen.disagreements(
        about: course.subject[0], course.intervals, every: step(seen.truth)
      ) { moment in
        moment.regions.first { $0.region == course.subject[0] }?.health.rawValue ?? "unknown"
      }
      #expect(wrong == [])
    }
  }

  @Test(arguments: SampleFiles.names)
  func `links are as the truth has them`(name: String) throws {
    let seen = try observation(name)
    for course in seen.truth.links {
      let wrong = seen.disagreements(
        about: course.subject.joined(separator: " "), course.intervals, every: step(seen.truth)
      ) { moment in
        moment.links.first { [$0.service, $0.from, $0.to] == course.subject }?.state.rawValue
          ?? "unknown"
      }
      #expect(wrong == [])
    }
  }

  @Test(arguments: SampleFiles.names)
  func `failover goes through the states it really went through`(name: String) throws {
    let seen = try observation(name)
    for deployment in seen.truth.deployments {
      let wrong = seen.disagreements(
        about: deployment.name, deployment.states, every: step(seen.truth)
      ) { moment in
        moment.failovers.first { $0.group == deployment.name }?.state.rawValue ?? "unknown"
      }
      #expect(wrong == [])
    }
  }

  @Test(arguments: SampleFiles.names)
  func `the writer is who really writes, and hardly ever unknown`(name: String) throws {
    let seen = try observation(name)
    for deployment in seen.truth.deployments {
      var (looks, unknown) = (0, 0)
      let wrong = seen.disagreements(
        about: "the writer of \(deployment.name)", deployment.writers, every: step(seen.truth)
      ) { moment in
        let reading = moment.failovers.first { $0.group == deployment.name }
        looks += 1
        guard let reading, reading.writersKnown else {
          unknown += 1
          return nil
        }
        return reading.writers.isEmpty ? "none" : reading.writers.joined(separator: "+")
      }
      #expect(wrong == [])
      #expect(unknown * 20 <= looks, "unknown \(unknown) times of \(looks)")
    }
  }

  @Test(arguments: SampleFiles.names)
  func `what the failover cost is what was really lost`(name: String) throws {
    let seen = try observation(name)
    let readings = seen.engine.moment().failovers
    for deployment in seen.truth.deployments {
      let reading = try #require(readings.first { $0.group == deployment.name })
      guard let recovery = deployment.recovery else {
        #expect(reading.rpoAchievedSeconds == nil)
        #expect(reading.rtoAchievedSeconds == nil)
        continue
      }
      if let truth = recovery.rpo {
        let rpo = try #require(reading.rpoAchievedSeconds)
        #expect(truth.accepts(rpo), "RPO \(rpo), really \(truth)")
      }
      let rto = try #require(reading.rtoAchievedSeconds)
      #expect(recovery.rto.accepts(rto), "RTO \(rto), really \(recovery.rto)")
    }
  }

  @Test(arguments: SampleFiles.names)
  func `the alarms that turn red are those that had reason to`(name: String) throws {
    let seen = try observation(name)
    let expected = try #require(seen.truth.redAlarms)
    let red = seen.transitions(.alarm).filter { $0.to == "ALARM" }.map(\.name)
    #expect(Set(red).sorted() == expected)
  }

  @Test(arguments: SampleFiles.names)
  func `check's exit code is the one the truth states`(name: String) throws {
    let seen = try observation(name)
    for instant in seen.truth.instants {
      let moment = seen.engine.moment(at: instant.time)
      let verdict = Verdict(
        at: instant.time, alarms: moment.alarms, regions: moment.regions, links: moment.links,
        failovers: moment.failovers, hasData: true)
      #expect(
        verdict.level.exitCode == Int32(instant.exitCode),
        "\(instant.name): \(verdict.reasons.map(\.text))")
    }
  }

  /// A day without an incident is a day without a false alarm.
  @Test(arguments: [1, 2] as [UInt64])
  func `a day when nothing happens moves no region and no failover`(seed: UInt64) throws {
    let day = try SampleFiles.scenario("region-failure").uneventful(
      durationMilliseconds: 86_400_000)
    let seen = try Observation(day, day.generate(seed: seed))
    let start = day.start + 600_000
    let moved = seen.engine.transitions.filter {
      [.region, .failover].contains($0.kind) && $0.time >= start
    }
    #expect(
      moved.map { "\($0.time) \($0.name) \($0.from) > \($0.to): \($0.reasons)" } == [],
      "seed \(seed)")
    let red = seen.transitions(.alarm).filter { $0.to == "ALARM" && $0.time >= start }
    #expect(red.map { "\($0.time) \($0.name)" } == [], "seed \(seed)")
  }
}
