import Documents
import Monitoring
import Telemetry

extension BacktestReport {
  /// One object: the span, the best score, and each variant with all its firings.
  var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("from")
      writer.string(result.start.description)
      writer.key("to")
      writer.string(result.end.description)
      writer.key("days")
      writer.number(days)
      writer.key("recordings")
      writer.array(recordings) { $0.string($1) }
      writer.key("nab")
      write(best, of: bestOutcome, to: &writer)
      writer.key("alarms")
      writer.array(result.outcomes) { write($1, to: &$0) }
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
      writer.key("profile")
      writer.string("standard")
      writer.key("score")
      writer.number(score.value)
      writer.key("threshold")
      writer.number(score.threshold)
      writer.key("windows")
      writer.integer(score.windows)
      writer.key("windowsDetected")
      writer.integer(score.windowsDetected)
      writer.key("falseDetections")
      writer.integer(score.falseDetections)
      guard let outcome else { return }
      writer.key("alarm")
      writer.string(outcome.variant.name)
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
      writer.key("name")
      writer.string(outcome.variant.name)
      writer.key("variant")
      write(outcome.variant.choices, to: &writer)
      writer.key("firings")
      writer.integer(outcome.firings)
      writer.key("alarmSeconds")
      writer.number(Double(outcome.alarmMilliseconds) / 1000)
      writer.key("flaps")
      writer.integer(outcome.flaps)
      writer.key("windows")
      writer.integer(outcome.detections.count)
      writer.key("windowsDetected")
      writer.integer(outcome.detections.count { $0.afterMilliseconds != nil })
      writer.key("meanSecondsToDetect")
      writer.number(outcome.meanMillisecondsToDetect.map { Double($0) / 1000 })
      writer.key("falseAlarms")
      writer.integer(outcome.falseAlarms)
      writer.key("falseAlarmsPerDay")
      writer.number(outcome.falseAlarmsPerDay(result))
      writer.key("nab")
      write(outcome.score, to: &writer)
      writer.key("nabOfFirings")
      write(outcome.firingScore, to: &writer)
      writer.key("series")
      writer.array(outcome.instances) { write($1, to: &$0) }
    }
  }

  private func write(_ instance: BacktestResult.Instance, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.key("region")
      writer.string(instance.region)
      writer.key("namespace")
      writer.string(instance.metric?.namespace)
      writer.key("metricName")
      writer.string(instance.metric?.name ?? instance.definition.metricName)
      writer.key("dimensions")
      writer.object { writer in
        for dimension in instance.metric?.dimensions ?? [] {
          writer.key(dimension.name)
          writer.string(dimension.value)
        }
      }
      writer.key("datapoints")
      writer.integer(instance.points.count)
      writer.key("transitions")
      writer.integer(instance.transitions)
      writer.key("insufficientDataSeconds")
      writer.number(Double(instance.insufficientMilliseconds) / 1000)
      writer.key("firings")
      writer.array(instance.firings) { write($1, of: instance, to: &$0) }
      writer.key("windows")
      guard instance.windows != nil else { return writer.null() }
      writer.array(instance.detections) { writer, detection in
        writer.object { writer in
          writer.key("start")
          writer.string(detection.window.lowerBound.description)
          writer.key("end")
          writer.string(detection.window.upperBound.description)
          writer.key("detected")
          writer.boolean(detection.afterMilliseconds != nil)
          writer.key("secondsToDetect")
          writer.number(detection.afterMilliseconds.map { Double($0) / 1000 })
        }
      }
    }
  }

  private func write(
    _ firing: BacktestResult.Firing, of instance: BacktestResult.Instance,
    to writer: inout JSONWriter
  ) {
    writer.object { writer in
      writer.key("start")
      writer.string(firing.start.description)
      writer.key("end")
      writer.string(firing.isOpen ? nil : firing.end.description)
      writer.key("seconds")
      writer.number(Double(firing.end - firing.start) / 1000)
      writer.key("falseAlarm")
      guard let falseAlarms = instance.falseAlarms else { return writer.null() }
      writer.boolean(falseAlarms.contains(firing))
    }
  }
}
