import Telemetry

/// What the provider's own evaluation of a written recovery plan said, and when.
///
/// Source: https://docs.aws.amazon.com/r53recovery/latest/dg/region-switch.html: a plan is evaluated
/// again and again in each of its regions.
struct PlanEvaluation: Hashable, Sendable {
  var time: Timestamp
  var result: ServiceEvent.Proof
  /// The region that evaluated; nil: the event does not tell.
  var region: Int?

  init?(_ note: FailoverNote) {
    guard note.event.proves.isPlanEvaluation else { return nil }
    (time, result, region) = (note.time, note.event.proves, note.region)
  }

  /// An evaluation that nobody has repeated for a day says nothing about now.
  private static let validity: Int64 = 86_400_000

  func verdict(at now: Timestamp) -> ReadinessReading.CheckVerdict {
    guard now - time <= Self.validity else { return .unknown }
    return switch result {
    case .planPassed: .go
    case .planFailed: .noGo
    default: .unknown
    }
  }

  /// In AWS's words.
  var words: String {
    switch result {
    case .planPassed: "passed"
    case .planFailed: "action required"
    default: "unknown"
    }
  }
}

extension ServiceEvent.Proof {
  /// Whether it judges the plan, and says nothing about a move.
  var isPlanEvaluation: Bool { self == .planPassed || self == .planFailed || self == .planUnknown }
}

extension GroupWatch {
  /// Keeps the newest evaluation of each region.
  mutating func take(_ evaluation: PlanEvaluation) {
    guard let index = evaluations.firstIndex(where: { $0.region == evaluation.region }) else {
      return evaluations.append(evaluation)
    }
    if evaluations[index].time <= evaluation.time { evaluations[index] = evaluation }
  }

  /// What is known of the plan towards a standby: its own region's evaluation before another's.
  func evaluation(for standby: Int) -> PlanEvaluation? {
    evaluations.first { $0.region == standby } ?? evaluations.max { $0.time < $1.time }
  }
}
