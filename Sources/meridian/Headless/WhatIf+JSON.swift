import Documents
import Monitoring
import Telemetry

extension WhatIf {
  /// One object on one line; unknown is null, never 0.
  var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("region", region)
      writer.member("at", at.description)
      writer.array("breaks", breaks) { writer, breakage in
        writer.object { writer in
          writer.rounded("afterSeconds", breakage.afterSeconds)
          writer.member("severity", breakage.severity.word)
          writer.member("text", breakage.text)
        }
      }
      writer.array("regions", regions.sorted { $0.region < $1.region }) { writer, arrival in
        arrival.write(to: &writer)
      }
      writer.array("headroom", headroom) { writer, row in row.write(to: &writer) }
      writer.array("stores", stores) { writer, store in store.write(to: &writer) }
      writer.array("deployments", deployments) { writer, loss in loss.write(to: &writer) }
    }
    return writer.text + "\n"
  }
}

extension WhatIf.Arrival {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("region", region)
      writer.member("health", health.rawValue)
      writer.rounded("roundTripMilliseconds", roundTripMilliseconds)
      writer.rounded("requestsPerSecond", requestsPerSecond)
      writer.rounded("requestsPerSecondAfter", requestsPerSecondAfter)
      writer.rounded("trafficShare", share)
      writer.rounded("trafficShareAfter", shareAfter)
    }
  }
}

extension WhatIf.Headroom {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("service", service)
      writer.member("region", region)
      writer.rounded("requestsPerSecondAfter", requestsPerSecondAfter)
      writer.rounded("capacityPerSecond", capacityPerSecond)
      writer.rounded("use", use)
      writer.member("basis", basis?.rawValue)
    }
  }
}

extension WhatIf.StoreLoss {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("service", service)
      writer.member("kind", kind)
      writer.member("effect", effect.rawValue)
      writer.member("target", target)
      writer.rounded("lagSeconds", lagSeconds)
      writer.rounded("ageSeconds", ageSeconds)
      writer.rounded("rpoNowSeconds", seconds)
      writer.rounded("rpoSeconds", objectiveSeconds)
      writer.key("breaksObjective")
      if let breaksObjective { writer.boolean(breaksObjective) } else { writer.null() }
      writer.rounded("stranded", stranded)
    }
  }
}

extension WhatIf.DeploymentLoss {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("group", group)
      writer.member("model", model.rawValue)
      writer.member("effect", effect.rawValue)
      writer.member("target", target)
      writer.member("readiness", readiness?.rawValue)
      writer.strings("blockers", blockers)
      writer.rounded("rtoEstimateSeconds", rtoSeconds)
      writer.rounded("rtoSeconds", objectiveSeconds)
      writer.array("steps", steps) { writer, step in
        writer.object { writer in
          writer.member("phase", step.phase.rawValue)
          writer.member("name", step.name)
          writer.rounded("seconds", step.seconds)
          writer.member("basis", step.basis.rawValue)
          writer.member("controlPlane", step.controlPlane)
          writer.member("blocked", step.isBlocked)
        }
      }
    }
  }
}
