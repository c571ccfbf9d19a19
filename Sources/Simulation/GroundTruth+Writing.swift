import Documents
import Telemetry

extension GroundTruth {
  /// The truth as JSON, in the shape that the type's documentation shows.
  package var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("name")
      writer.string(name)
      writer.key("seed")
      writer.raw(String(seed))
      writer.key("start")
      writer.string(start.description)
      writer.key("end")
      writer.string(end.description)
      writer.key("regions")
      writer.array(regions) { writer, course in
        Self.write(course, names: ["region"], intervals: "health", to: &writer)
      }
      writer.key("links")
      writer.array(links) { writer, course in
        Self.write(course, names: ["service", "from", "to"], intervals: "states", to: &writer)
      }
      writer.key("deployments")
      writer.array(deployments) { writer, deployment in Self.write(deployment, to: &writer) }
      writer.key("redAlarms")
      if let redAlarms {
        writer.array(redAlarms) { writer, name in writer.string(name) }
      } else {
        writer.null()
      }
      writer.key("instants")
      writer.array(instants) { writer, instant in Self.write(instant, to: &writer) }
    }
    return writer.text
  }

  private static func write(
    _ course: Course, names: [String], intervals: String, to writer: inout JSONWriter
  ) {
    writer.object { writer in
      for (name, value) in zip(names, course.subject) {
        writer.key(name)
        writer.string(value)
      }
      writer.key(intervals)
      write(course.intervals, to: &writer)
    }
  }

  private static func write(_ intervals: [Interval], to writer: inout JSONWriter) {
    writer.array(intervals) { writer, interval in
      writer.object { writer in
        writer.key("from")
        writer.string(interval.from.description)
        writer.key("to")
        writer.string(interval.to.description)
        writer.key("accepted")
        writer.array(interval.accepted) { writer, word in writer.string(word) }
        writer.key("settlesAfterSeconds")
        writer.number(interval.settlesAfterSeconds)
      }
    }
  }

  private static func write(_ deployment: Deployment, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.key("deployment")
      writer.string(deployment.name)
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
        writer.key(name)
        writer.string(time.description)
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
        writer.key("service")
        writer.string(service)
      }
      for (name, value) in [
        ("seconds", figure.seconds), ("atLeast", figure.atLeast), ("atMost", figure.atMost),
      ] {
        writer.key(name)
        writer.number(rounded(value, digits: 6))
      }
    }
  }

  private static func write(_ instant: Instant, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.key("name")
      writer.string(instant.name)
      writer.key("time")
      writer.string(instant.time.description)
      writer.key("exitCode")
      writer.integer(instant.exitCode)
    }
  }
}
