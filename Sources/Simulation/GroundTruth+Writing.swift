import Documents
import Telemetry

extension GroundTruth {
  /// The truth as JSON, in the shape that the type's documentation shows.
  package var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("name", name)
      writer.key("seed")
      writer.raw(String(seed))
      writer.member("start", start.description)
      writer.member("end", end.description)
      writer.array("regions", regions) { writer, course in
        Self.write(course, names: ["region"], intervals: "health", to: &writer)
      }
      writer.array("links", links) { writer, course in
        Self.write(course, names: ["service", "from", "to"], intervals: "states", to: &writer)
      }
      writer.array("deployments", deployments) { writer, deployment in
        Self.write(deployment, to: &writer)
      }
      writer.key("redAlarms")
      if let redAlarms {
        writer.array(redAlarms) { writer, name in writer.string(name) }
      } else {
        writer.null()
      }
      writer.array("instants", instants) { writer, instant in Self.write(instant, to: &writer) }
    }
    return writer.text
  }

  private static func write(
    _ course: Course, names: [String], intervals: String, to writer: inout JSONWriter
  ) {
    writer.object { writer in
      for (name, value) in zip(names, course.subject) {
        writer.member(name, value)
      }
      writer.key(intervals)
      write(course.intervals, to: &writer)
    }
  }

  private static func write(_ intervals: [Interval], to writer: inout JSONWriter) {
    writer.array(intervals) { writer, interval in
      writer.object { writer in
        writer.member("from", interval.from.description)
        writer.member("to", interval.to.description)
        writer.array("accepted", interval.accepted) { writer, word in writer.string(word) }
        writer.member("settlesAfterSeconds", interval.settlesAfterSeconds)
      }
    }
  }

  private static func write(_ deployment: Deployment, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("deployment", deployment.name)
      writer.key("states")
      write(deployment.states, to: &writer)
      writer.key("writers")
      write(deployment.writers, to: &writer)
      writer.key("recovery")
      guard let recovery = deployment.recovery else { return writer.null() }
      write(recovery, to: &writer)
    }
  }

  private static func write(_ recovery: Recovery, to writer: inout JSONWriter) {
    writer.object { writer in
      for (name, time) in [
        ("began", recovery.began), ("lost", recovery.lost), ("restored", recovery.restored),
      ] {
        guard let time else { continue }
        writer.member(name, time.description)
      }
      if let rpo = recovery.rpo {
        writer.key("rpo")
        write(rpo, service: recovery.service, to: &writer)
      }
      writer.key("rto")
      write(recovery.rto, service: nil, to: &writer)
    }
  }

  private static func write(_ figure: Figure, service: String?, to writer: inout JSONWriter) {
    writer.object { writer in
      if let service {
        writer.member("service", service)
      }
      for (name, value) in [
        ("seconds", figure.seconds), ("atLeast", figure.atLeast), ("atMost", figure.atMost),
      ] {
        writer.member(name, rounded(value, digits: 6))
      }
    }
  }

  private static func write(_ instant: Instant, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("name", instant.name)
      writer.member("time", instant.time.description)
      writer.member("exitCode", instant.exitCode)
    }
  }
}
