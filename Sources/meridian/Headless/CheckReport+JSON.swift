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
      writer.key("exitCode")
      writer.integer(Int(verdict.level.exitCode))
      writer.key("alarms")
      writer.array(alarms) { writer, alarm in alarm.write(to: &writer) }
      writer.key("regions")
      writer.array(regions) { writer, region in region.write(to: &writer) }
      writer.key("links")
      writer.array(links) { writer, link in link.write(to: &writer) }
      writer.key("failover")
      writer.array(failovers) { writer, failover in failover.write(to: &writer) }
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
      writer.key("absences")
      writer.array(absences) { writer, absence in absence.write(to: &writer) }
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
      writer.key("drill")
      writer.boolean(drill)
      writer.member("writer", writersKnown ? self.writer : nil)
      writer.key("writers")
      writer.integer(writersKnown ? writers.count : nil)
      writer.key("epoch")
      writer.integer(epoch)
      writer.strings("evidence", evidence.filter(\.supports).map(\.text))
      writer.key("ready")
      writer.array(ready) { writer, standby in standby.write(to: &writer) }
      writer.member("primary", primary)
      writer.strings("evidenceAgainst", evidence.filter { !$0.supports }.map(\.text))
      writer.member("expectedState", expectedState.rawValue)
      writer.member("expectedWriter", expectedWriter)
      writer.member("differsSince", differsSince?.description)
      writer.member("fencing", fencing?.rawValue)
      writer.member("writeOutageSince", writeOutageStart?.description)
      writer.member("incidentStart", incidentStart?.description)
      writer.key("clock")
      writer.object { writer in
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
      writer.key("checks")
      writer.array(checks) { writer, check in
        writer.object { writer in
          writer.member("id", check.id)
          writer.member("verdict", check.verdict.rawValue)
          writer.member("value", check.value)
          writer.member("limit", check.limit)
          writer.rounded("ageSeconds", check.ageSeconds)
        }
      }
      writer.key("rank")
      writer.integer(rank)
    }
  }
}

extension RejectLog {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.key("count")
      writer.integer(count)
      writer.key("samples")
      writer.array(samples) { writer, reject in
        writer.object { writer in
          writer.member("source", reject.source)
          writer.key("line")
          writer.integer(reject.line > 0 ? reject.line : nil)
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
      writer.key("cells")
      writer.array(looks) { writer, look in
        writer.object { writer in
          writer.member("from", look.from)
          writer.member("to", look.to)
          writer.member("state", look.cell.state.rawValue)
          writer.rounded("roundTripMilliseconds", look.cell.roundTripMilliseconds)
          writer.strings("sights", look.cell.sights)
        }
      }
      writer.key("verdicts")
      writer.array(verdicts) { writer, verdict in
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
