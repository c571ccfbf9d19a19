import Documents
import Telemetry

extension AlarmExplanation {
  /// One object; unknown is null.
  package func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("name", reading.name)
      writer.member("region", reading.region)
      writer.member("state", reading.state.rawValue)
      writer.member("stateTransitionedTimestamp", reading.stateTransitioned?.description)
      writer.member("stateReason", reading.stateReason)
      writer.member("evaluated", evaluated.description)
      writer.member("condition", reading.definition.condition)
      writer.member("evaluationPeriods", evaluationPeriods)
      writer.member("datapointsToAlarm", reading.definition.datapointsToAlarm ?? evaluationPeriods)
      writer.member("treatMissingData", reading.definition.treatMissingData.rawValue)
      writer.member("evaluationRange", evaluationRange)
      writer.member("newestData", newestData?.description)
      writer.array("slots", slots) { $1.write(to: &$0) }
      writer.member("verdict", verdict?.rawValue)
      writer.member("rule", ruleName)
      writer.member("ruleText", rule)
      writer.member("silenceNoticedAfterSeconds", silenceSeconds)
      writer.member("silence", silence)
      writer.array("outlook", outlook) { $1.write(to: &$0) }
    }
  }
}

extension AlarmExplanation.Slot {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("start", start.description)
      writer.member("end", end.description)
      writer.member("value", value)
      writer.member("sampleCount", sampleCount)
      if let band {
        writer.member("lowerThreshold", band.lower)
        writer.member("upperThreshold", band.upper)
      }
      writer.member("side", side.rawValue)
      writer.member("real", value != nil)
      writer.member("use", use.rawValue)
    }
  }
}

extension AlarmExplanation.Outlook {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("ifArrives", arrivals.rawValue)
      writer.member("state", state?.rawValue)
      writer.member("at", time?.description)
      writer.member("datapoints", state == nil ? nil : datapoints)
    }
  }
}
