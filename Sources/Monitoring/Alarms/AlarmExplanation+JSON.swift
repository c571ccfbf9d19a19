import Documents
import Telemetry

extension AlarmExplanation {
  /// One object; unknown is null.
  package func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.key("name")
      writer.string(reading.name)
      writer.key("region")
      writer.string(reading.region)
      writer.key("state")
      writer.string(reading.state.rawValue)
      writer.key("stateTransitionedTimestamp")
      writer.string(reading.stateTransitioned?.description)
      writer.key("stateReason")
      writer.string(reading.stateReason)
      writer.key("evaluated")
      writer.string(evaluated.description)
      writer.key("condition")
      writer.string(reading.definition.condition)
      writer.key("evaluationPeriods")
      writer.integer(evaluationPeriods)
      writer.key("datapointsToAlarm")
      writer.integer(reading.definition.datapointsToAlarm ?? evaluationPeriods)
      writer.key("treatMissingData")
      writer.string(reading.definition.treatMissingData.rawValue)
      writer.key("evaluationRange")
      writer.integer(evaluationRange)
      writer.key("newestData")
      writer.string(newestData?.description)
      writer.key("slots")
      writer.array(slots) { $1.write(to: &$0) }
      writer.key("verdict")
      writer.string(verdict?.rawValue)
      writer.key("rule")
      writer.string(ruleName)
      writer.key("ruleText")
      writer.string(rule)
      writer.key("silenceNoticedAfterSeconds")
      writer.number(silenceSeconds)
      writer.key("silence")
      writer.string(silence)
      writer.key("outlook")
      writer.array(outlook) { $1.write(to: &$0) }
    }
  }
}

extension AlarmExplanation.Slot {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.key("start")
      writer.string(start.description)
      writer.key("end")
      writer.string(end.description)
      writer.key("value")
      writer.number(value)
      writer.key("sampleCount")
      writer.number(sampleCount)
      if let band {
        writer.key("lowerThreshold")
        writer.number(band.lower)
        writer.key("upperThreshold")
        writer.number(band.upper)
      }
      writer.key("side")
      writer.string(side.rawValue)
      writer.key("real")
      writer.boolean(value != nil)
      writer.key("use")
      writer.string(use.rawValue)
    }
  }
}

extension AlarmExplanation.Outlook {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.key("ifArrives")
      writer.string(arrivals.rawValue)
      writer.key("state")
      writer.string(state?.rawValue)
      writer.key("at")
      writer.string(time?.description)
      writer.key("datapoints")
      writer.integer(state == nil ? nil : datapoints)
    }
  }
}
