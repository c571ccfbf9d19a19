import Documents
import Monitoring
import Telemetry

extension BacktestReport {
  /// One object: the span, the best score, and each variant with all its firings.
  var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("from", result.start.description)
      writer.member("to", result.end.description)
      writer.member("days", days)
      writer.array("recordings", recordings) { $0.string($1) }
      writer.key("nab")
      write(best, of: bestOutcome, to: &writer)
      writer.array("alarms", result.outcomes) { write($1, to: &$0) }
    }
    return writer.text + "\n"
  }

  /// The variant with the highest score.
  private var bestOutcome: BacktestResult.Outcome? {
    result.outcomes.max { ($0.score?.value ?? -.infinity) < ($1.score?.value ?? -.infinity) }
  }

  private var best: NumentaScore? { bestOutcome?.score }

  private func write(
    _ score: NumentaScore?, of outcome: BacktestResult.Outcome? = nil, to writer: inout JSONWriter
  ) {
    guard let score else { return writer.null() }
    writer.object { writer in
      writer.member("profile", "standard")
      writer.member("score", score.value)
      writer.member("threshold", score.threshold)
      writer.member("windows", score.windows)
      writer.member("windowsDetected", score.windowsDetected)
      writer.member("falseDetections", score.falseDetections)
      guard let outcome else { return }
      writer.member("alarm", outcome.variant.name)
      writer.key("variant")
      write(outcome.variant.choices, to: &writer)
    }
  }

  private func write(_ choices: [AlarmVariation.Choice], to writer: inout JSONWriter) {
    writer.object { writer in
      for choice in choices {
        writer.key(choice.field.rawValue)
        if let number = Double(choice.value) {
          writer.number(number)
        } else {
          writer.string(choice.value)
        }
      }
    }
  }

  private func write(_ outcome: BacktestResult.Outcome, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("name", outcome.variant.name)
      writer.key("variant")
      write(outcome.variant.choices, to: &writer)
      writer.member("firings", outcome.firings)
      writer.member("alarmSeconds", Double(outcome.alarmMilliseconds) / 1000)
      writer.member("flaps", outcome.flaps)
      writer.member("windows", outcome.detections.count)
      writer.member("windowsDetected", outcome.detections.count { $0.afterMilliseconds != nil })
      writer.member(
        "meanSecondsToDetect", outcome.meanMillisecondsToDetect.map { Double($0) / 1000 })
      writer.member("falseAlarms", outcome.falseAlarms)
      writer.member("falseAlarmsPerDay", outcome.falseAlarmsPerDay(result))
      writer.key("nab")
      write(outcome.score, to: &writer)
      writer.key("nabOfFirings")
      write(outcome.firingScore, to: &writer)
      writer.array("series", outcome.instances) { write($1, to: &$0) }
    }
  }

  private func write(_ instance: BacktestResult.Instance, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("region", instance.region)
      writer.member("namespace", instance.metric?.namespace)
      writer.member("metricName", instance.metric?.name ?? instance.definition.metricName)
      writer.object("dimensions") { writer in
        for dimension in instance.metric?.dimensions ?? [] {
          writer.member(dimension.name, dimension.value)
        }
      }
      writer.member("datapoints", instance.points.count)
      writer.member("transitions", instance.transitions)
      writer.member("insufficientDataSeconds", Double(instance.insufficientMilliseconds) / 1000)
      writer.array("firings", instance.firings) { write($1, of: instance, to: &$0) }
      writer.key("windows")
      guard instance.windows != nil else { return writer.null() }
      writer.array(instance.detections) { writer, detection in
        writer.object { writer in
          writer.member("start", detection.window.lowerBound.description)
          writer.member("end", detection.window.upperBound.description)
          writer.member("detected", detection.afterMilliseconds != nil)
          writer.member("secondsToDetect", detection.afterMilliseconds.map { Double($0) / 1000 })
        }
      }
    }
  }

  private func write(
    _ firing: BacktestResult.Firing, of instance: BacktestResult.Instance,
    to writer: inout JSONWriter
  ) {
    writer.object { writer in
      writer.member("start", firing.start.description)
      writer.member("end", firing.isOpen ? nil : firing.end.description)
      writer.member("seconds", Double(firing.end - firing.start) / 1000)
      writer.key("falseAlarm")
      guard let falseAlarms = instance.falseAlarms else { return writer.null() }
      writer.boolean(falseAlarms.contains(firing))
    }
  }
}
