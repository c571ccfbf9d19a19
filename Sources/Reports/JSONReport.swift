import Documents
import Monitoring
import Telemetry

extension IncidentReport {
  /// The report as one JSON object, for machines: what is unknown is null.
  package var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("name", name)
      writer.field("from", from.description)
      writer.field("to", to.description)
      writer.field("began", began?.description)
      writer.array("deployments", deployments) { writer, story in story.write(to: &writer) }
      writer.array("regions", regions) { writer, course in
        writer.object { writer in
          writer.field("region", course.region)
          writer.field("role", course.role.rawValue)
          writer.key("health")
          writer.stretches(course.stretches)
        }
      }
      writeTimeline(to: &writer)
      writeGraphs(to: &writer)
      writeAlarms(to: &writer)
      writer.array("differences", differences) { writer, sentence in writer.string(sentence) }
    }
    return writer.text
  }

  private func writeTimeline(to writer: inout JSONWriter) {
    writer.array("timeline", timeline) { writer, entry in
      writer.object { writer in
        writer.field("time", entry.time.description)
        writer.field("kind", entry.kind.rawValue)
        writer.field("title", entry.title)
        for (key, sentences) in [("evidence", entry.evidence), ("doubts", entry.doubts)] {
          writer.array(key, sentences) { writer, sentence in writer.string(sentence) }
        }
      }
    }
    writer.member("timelineLeftOut", timelineLeftOut)
  }

  private func writeGraphs(to writer: inout JSONWriter) {
    writer.array("lags", lags) { writer, series in
      writer.object { writer in
        writer.field("service", series.service)
        writer.field("from", series.from)
        writer.field("to", series.to)
        writer.field("rpoSeconds", series.objectiveSeconds)
        writer.points(series.points, value: "lagSeconds")
      }
    }
    writer.array("traffic", traffic) { writer, series in
      writer.object { writer in
        writer.field("region", series.region)
        writer.points(series.points, value: "share")
      }
    }
  }

  private func writeAlarms(to writer: inout JSONWriter) {
    writer.array("alarms", alarms) { writer, alarm in
      writer.object { writer in
        writer.field("name", alarm.name)
        writer.field("region", alarm.region)
        writer.field("severity", alarm.severity.rawValue)
        writer.field("fired", alarm.fired.description)
        writer.field("afterSeconds", alarm.afterSeconds)
        writer.member("count", alarm.count)
        writer.field("inAlarmSeconds", alarm.inAlarmSeconds)
        writer.member("isOver", alarm.isOver)
        writer.field("reason", alarm.reason)
      }
    }
    writer.array("silentBreaches", silences) { writer, breach in
      writer.object { writer in
        writer.field("subject", breach.subject)
        writer.field("state", breach.state)
        writer.field("from", breach.from.description)
        writer.field("to", breach.to.description)
        writer.array("watching", breach.watching) { writer, name in writer.string(name) }
      }
    }
  }
}

extension DeploymentStory {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("deployment", name)
      writer.field("model", model.rawValue)
      writer.member("drill", isDrill)
      writer.key("states")
      writer.stretches(stretches)
      writer.field("writerBefore", writerBefore)
      writer.field("writerAfter", writerAfter)
      writer.field("rpoSeconds", rpo.objectiveSeconds)
      writer.field("rpoAchievedSeconds", rpo.achievedSeconds)
      writer.field("rtoSeconds", rto.objectiveSeconds)
      writer.field("rtoAchievedSeconds", rto.achievedSeconds)
      writer.object("phases") { writer in
        for phase in phases { writer.field("\(phase.phase.rawValue)Seconds", phase.seconds) }
      }
      writer.field("fencing", fencing?.rawValue)
      writer.array("readyBefore", readyBefore) { writer, ready in writer.readiness(ready) }
    }
  }
}

extension JSONWriter {
  fileprivate mutating func field(_ name: String, _ value: String?) {
    key(name)
    string(value)
  }

  fileprivate mutating func field(_ name: String, _ value: Double?) {
    key(name)
    number(value)
  }

  fileprivate mutating func stretches(_ stretches: [IncidentReport.Stretch]) {
    array(stretches) { writer, stretch in
      writer.object { writer in
        writer.field("from", stretch.from.description)
        writer.field("to", stretch.to.description)
        writer.field("state", stretch.state)
      }
    }
  }

  fileprivate mutating func points(_ points: [ReportPoint], value name: String) {
    key("points")
    array(points) { writer, point in
      writer.object { writer in
        writer.field("time", point.time.description)
        writer.field(name, point.value)
      }
    }
  }

  fileprivate mutating func readiness(_ ready: ReadinessReading) {
    object { writer in
      writer.field("region", ready.region)
      writer.field("verdict", ready.verdict.rawValue)
      writer.array("checks", ready.checks) { writer, check in
        writer.object { writer in
          writer.field("id", check.id)
          writer.field("verdict", check.verdict.rawValue)
          writer.field("value", check.value)
          writer.field("limit", check.limit)
          writer.field("ageSeconds", check.ageSeconds)
        }
      }
    }
  }
}
