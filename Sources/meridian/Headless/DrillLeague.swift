import Documents
import Monitoring
import Telemetry

/// Drills over time, oldest first.
struct DrillLeague {
  private(set) var drills: [(recording: String, score: DrillScore)] = []

  mutating func add(_ scores: [DrillScore], from recording: String) {
    drills += scores.map { (recording, $0) }
    drills.sort {
      ($0.score.began, $0.score.group, $0.recording) < (
        $1.score.began, $1.score.group, $1.recording
      )
    }
  }

  /// Whether there was a drill, and none failed its objectives.
  var allPassed: Bool {
    !drills.isEmpty && drills.allSatisfy { $0.score.result == .passed }
  }

  private static let head = [
    "BEGAN", "GROUP", "FROM", "TO", "RESULT", "RTO", "OF", "RPO", "OF", "DETECT", "DECIDE",
    "EXECUTE", "RECOVER", "FENCING", "RECORDING",
  ]

  var text: String {
    guard !drills.isEmpty else { return "no failover was found\n" }
    let rows = drills.map { recording, score in
      [
        score.began.description, score.group, score.fromRegion ?? "--", score.toRegion ?? "--",
        score.result.rawValue, seconds(score.rtoSeconds), seconds(score.rtoObjectiveSeconds),
        seconds(score.rpoSeconds), seconds(score.rpoObjectiveSeconds),
      ] + RecoveryPhase.allCases.map { seconds(score.clock.seconds(of: $0)) }
        + [score.fencing?.rawValue ?? "--", recording]
    }
    var lines = TextTable(head: Self.head, rows: rows).lines
    for (_, score) in drills where !score.reasons.isEmpty {
      lines.append("\(score.began) \(score.group): \(score.reasons.joined(separator: "; "))")
    }
    return lines.map { sanitised($0) + "\n" }.joined()
  }

  var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.array("drills", drills) { writer, drill in
        drill.score.write(to: &writer, recording: drill.recording)
      }
    }
    return writer.text + "\n"
  }
}

extension DrillScore {
  fileprivate func write(to writer: inout JSONWriter, recording: String) {
    writer.object { writer in
      writer.member("recording", recording)
      writer.member("group", group)
      writer.member("model", model.rawValue)
      writer.member("marked", isMarked)
      writer.member("began", began.description)
      writer.member("ended", ended?.description)
      writer.member("from", fromRegion)
      writer.member("to", toRegion)
      writer.member("result", result.rawValue)
      writer.strings("reasons", reasons)
      writer.strings("states", states.map(\.rawValue))
      writer.rounded("rtoAchievedSeconds", rtoSeconds)
      writer.rounded("rtoSeconds", rtoObjectiveSeconds)
      writer.rounded("rpoAchievedSeconds", rpoSeconds)
      writer.rounded("rpoSeconds", rpoObjectiveSeconds)
      for phase in RecoveryPhase.allCases {
        writer.rounded(phase.rawValue + "Seconds", clock.seconds(of: phase))
      }
      writer.member("fencing", fencing?.rawValue)
    }
  }
}
