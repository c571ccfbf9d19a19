import Documents
import Monitoring
import Telemetry

extension LinkReading {
  /// What stands beside a link's numbers: what its silence means, what waits, when it will have caught up,
  /// how long to wait before a planned move, and the epochs it has gone through.
  func writeParts(to writer: inout JSONWriter) {
    writer.member("thresholdBasis", basis?.rawValue)
    writer.key("absence")
    if let absence { absence.write(to: &writer) } else { writer.null() }
    writer.array("backlogs", backlogs) { writer, backlog in backlog.write(to: &writer) }
    writer.key("catchUp")
    if let catchUp { catchUp.write(to: &writer) } else { writer.null() }
    writer.key("drain")
    if let drain { drain.write(to: &writer) } else { writer.null() }
    writer.array("segments", segments) { writer, segment in segment.write(to: &writer) }
  }
}

extension AbsenceReading {
  func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("service", service)
      writer.member("metric", metric)
      writer.member("region", region)
      writer.member("meaning", meaning.rawValue)
      writer.member("evidence", evidence)
      writer.member("lastSeen", lastSeen?.description)
    }
  }
}

extension LinkReading.Backlog {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("metric", metric)
      writer.member("value", value)
      writer.member("unit", unit)
      writer.rounded("ageSeconds", ageSeconds)
      writer.rounded("seconds", seconds)
    }
  }
}

extension LinkReading.Drain {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.rounded("waitSeconds", waitSeconds)
      writer.member("pausedSince", pausedSince?.description)
      writer.rounded("remainingSeconds", remainingSeconds)
    }
  }
}

extension LinkReading.Segment {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("epoch", epoch)
      writer.member("from", from)
      writer.member("to", to)
      writer.member("start", start?.description)
      writer.member("end", end?.description)
    }
  }
}

extension CatchUp {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("diverging", isDiverging)
      writer.rounded("slope", slope)
      writer.rounded("targetSeconds", targetSeconds)
      writer.rounded("earliestSeconds", earliestSeconds)
      writer.rounded("latestSeconds", latestSeconds)
      writer.member("text", sentence)
    }
  }
}
