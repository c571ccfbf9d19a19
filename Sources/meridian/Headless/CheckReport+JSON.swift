import Documents
import Monitoring
import Telemetry

extension CheckReport {
  /// One object on one line, keys in the documented order; unknown is null, never 0.
  var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("at", at.description)
      writer.member("verdict", verdict.level.rawValue)
      writer.member("exitCode", Int(verdict.level.exitCode))
      writer.array("alarms", alarms) { writer, alarm in alarm.write(to: &writer) }
      writer.array("regions", regions) { writer, region in region.write(to: &writer) }
      writer.array("links", links) { writer, link in link.write(to: &writer) }
      writer.array("failover", failovers) { writer, failover in failover.write(to: &writer) }
      writer.key("rejects")
      rejects.write(to: &writer)
      if let vantage {
        writer.key("vantage")
        vantage.write(to: &writer)
      }
    }
    return writer.text + "\n"
  }
}

extension JSONWriter {
  /// Seconds and shares come out of arithmetic: a millionth is more than they can tell.
  mutating func rounded(_ name: String, _ value: Double?) {
    member(name, value.map { $0.magnitude < 1e9 ? ($0 * 1e6).rounded() / 1e6 : $0 })
  }
}

extension AlarmReading {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("name", name)
      writer.member("region", region)
      writer.member("severity", definition.severity.rawValue)
      writer.member("state", state.rawValue)
      writer.member("previousState", previousState?.rawValue)
      writer.member("stateReason", stateReason)
      writer.key("stateReasonData")
      if let stateReasonData { writer.raw(stateReasonData) } else { writer.null() }
      writer.member("stateUpdatedTimestamp", stateUpdated?.description)
      writer.member("stateTransitionedTimestamp", stateTransitioned?.description)
      writer.member("actionsSuppressedBy", actionsSuppressedBy)
    }
  }
}

extension RegionReading {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("region", region)
      writer.member("role", role.rawValue)
      writer.member("health", health.rawValue)
      writer.strings("reasons", reasons)
      writer.rounded("trafficShare", trafficShare)
      writer.rounded("dataAgeSeconds", dataAgeSeconds)
      writer.rounded("freshness", freshness)
      writer.array("absences", absences) { writer, absence in absence.write(to: &writer) }
    }
  }
}

extension LinkReading {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("service", service)
      writer.member("kind", kind)
      writer.member("from", from)
      writer.member("to", to)
      writer.rounded("lagSeconds", lagSeconds)
      writer.member("nativeValue", nativeValue)
      writer.member("nativeUnit", nativeUnit)
      writer.rounded("ageSeconds", ageSeconds)
      writer.rounded("rpoSeconds", rpoSeconds)
      writer.rounded("rpoNowSeconds", rpoNowSeconds)
      writer.member("state", state.rawValue)
      writer.strings("reasons", reasons)
      writeParts(to: &writer)
    }
  }
}

extension FailoverReading {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("group", group)
      writer.member("model", model.rawValue)
      writer.member("state", state.rawValue)
      writer.member("since", since?.description)
      writer.member("drill", drill)
      writer.member("writer", writersKnown ? self.writer : nil)
      writer.member("writers", writersKnown ? writers.count : nil)
      writer.member("epoch", epoch)
      writer.strings("evidence", evidence.filter(\.supports).map(\.text))
      writer.array("ready", ready) { writer, standby in standby.write(to: &writer) }
      writer.member("primary", primary)
      writer.strings("evidenceAgainst", evidence.filter { !$0.supports }.map(\.text))
      writer.member("expectedState", expectedState.rawValue)
      writer.member("expectedWriter", expectedWriter)
      writer.member("differsSince", differsSince?.description)
      writer.member("fencing", fencing?.rawValue)
      writer.member("writeOutageSince", writeOutageStart?.description)
      writer.member("incidentStart", incidentStart?.description)
      writer.object("clock") { writer in
        for phase in RecoveryPhase.allCases {
          writer.rounded(phase.rawValue + "Seconds", clock.seconds(of: phase))
        }
        writer.member("running", clock.running?.rawValue)
      }
      writer.rounded("rpoNowSeconds", rpoNowSeconds)
      writer.rounded("rpoAchievedSeconds", rpoAchievedSeconds)
      writer.rounded("rtoAchievedSeconds", rtoAchievedSeconds)
    }
  }
}

extension ReadinessReading {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("region", region)
      writer.member("verdict", verdict.rawValue)
      writer.array("checks", checks) { writer, check in
        writer.object { writer in
          writer.member("id", check.id)
          writer.member("verdict", check.verdict.rawValue)
          writer.member("value", check.value)
          writer.member("limit", check.limit)
          writer.rounded("ageSeconds", check.ageSeconds)
        }
      }
      writer.member("rank", rank)
    }
  }
}

extension RejectLog {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("count", count)
      writer.array("samples", samples) { writer, reject in
        writer.object { writer in
          writer.member("source", reject.source)
          writer.member("line", reject.line > 0 ? reject.line : nil)
          writer.member("record", reject.record)
          writer.member("reason", reject.reason)
        }
      }
    }
  }
}

extension Vantage {
  /// Cells by observer and observed region, those of which anything is known or should be.
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.array("cells", looks) { writer, look in
        writer.object { writer in
          writer.member("from", look.from)
          writer.member("to", look.to)
          writer.member("state", look.cell.state.rawValue)
          writer.rounded("roundTripMilliseconds", look.cell.roundTripMilliseconds)
          writer.strings("sights", look.cell.sights)
        }
      }
      writer.array("verdicts", verdicts) { writer, verdict in
        writer.object { writer in
          writer.member("kind", verdict.kind.rawValue)
          writer.member("region", verdict.region)
          writer.member("text", verdict.text)
        }
      }
    }
  }

  private var looks: [(from: String, to: String, cell: Cell)] {
    let all = regions.indices.flatMap { from in
      regions.indices.map { (regions[from], regions[$0], cells[from][$0]) }
    }
    return all.filter { $0.2.state != .none }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
  }
}
