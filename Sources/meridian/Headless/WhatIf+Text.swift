import Monitoring
import Telemetry

extension WhatIf {
  /// Four tables, what breaks first on top.
  var text: String {
    var lines = ["If \(region) were lost at \(at)", ""]
    lines += ["What breaks first"]
    lines +=
      breaks.isEmpty
      ? ["  nothing that can be seen"]
      : breaks.map { "  \(when($0.afterSeconds)) \($0.severity.word): \($0.text)" }
    lines += section("Traffic", ["REGION", "HEALTH", "RTT", "NOW", "AFTER", "SHARE"], traffic)
    lines += section(
      "Headroom", ["SERVICE", "REGION", "NEEDS", "CAN", "USE", "KNOWN BY"], headroomRows)
    lines += section(
      "Data", ["STORE", "EFFECT", "COPY IN", "LAG", "SAMPLE AGE", "AT MOST", "RPO"], storeRows)
    for deployment in deployments { lines += recovery(deployment) }
    return lines.map { sanitised($0) + "\n" }.joined()
  }

  private func section(_ title: String, _ head: [String], _ rows: [[String]]) -> [String] {
    rows.isEmpty ? [] : ["", title] + TextTable(head: head, rows: rows).lines.map { "  " + $0 }
  }

  private var traffic: [[String]] {
    regions.map { arrival in
      [
        arrival.region, arrival.health.rawValue,
        arrival.roundTripMilliseconds.map { "\(number($0)) ms" } ?? "--",
        rate(arrival.requestsPerSecond), rate(arrival.requestsPerSecondAfter),
        "\(percent(arrival.share)) > \(percent(arrival.shareAfter))",
      ]
    }
  }

  private var headroomRows: [[String]] {
    headroom.map { row in
      [
        row.service, row.region, rate(row.requestsPerSecondAfter), rate(row.capacityPerSecond),
        percent(row.use), row.basis?.rawValue ?? "--",
      ]
    }
  }

  private var storeRows: [[String]] {
    stores.map { store in
      [
        store.service, store.effect.rawValue, store.target ?? "--", seconds(store.lagSeconds),
        seconds(store.ageSeconds),
        store.effect == .unprotected ? "nothing" : seconds(store.seconds),
        store.objectiveSeconds.map(seconds) ?? "--"
          + (store.breaksObjective == true ? " BROKEN" : ""),
      ]
    }
  }

  private func recovery(_ loss: DeploymentLoss) -> [String] {
    let title = "\(loss.group) (\(loss.model.rawValue))"
    switch loss.effect {
    case .none: return []
    case .unprotected: return ["", "\(title) goes on with a standby less"]
    case .failover, .evacuation:
      let target =
        loss.effect == .evacuation
        ? "its other regions take over" : "to \(loss.target ?? "nowhere: there is no standby")"
      let verb = loss.effect == .evacuation ? "which are" : "which is"
      let readiness = loss.readiness.map { ", \(verb) \($0.rawValue)" } ?? ""
      let rows = loss.steps.map { step in
        [
          step.phase.rawValue, step.name, seconds(step.seconds), step.basis.rawValue,
          (step.controlPlane ?? "-") + (step.isBlocked ? " LOST" : ""),
        ]
      }
      let total =
        "  in all \(seconds(loss.rtoSeconds)), the RTO is \(seconds(loss.objectiveSeconds))"
      return ["", "\(title) \(target)\(readiness)"] + loss.blockers.map { "  \($0)" }
        + TextTable(head: ["PHASE", "STEP", "TAKES", "BY", "CONTROL PLANE"], rows: rows).lines
        .map { "  " + $0 } + [total]
    }
  }

  private func when(_ after: Double?) -> String {
    after.map { $0 == 0 ? "at once" : "after \(seconds($0))" } ?? "from then on"
  }

  private func rate(_ value: Double?) -> String { value.map { "\(number($0))/s" } ?? "--" }
}

extension WhatIf.Breakage.Severity {
  var word: String { self == .critical ? "CRITICAL" : "WARNING" }
}

/// `95 s`, `--`.
func seconds(_ value: Double?) -> String { value.map(secondsText) ?? "--" }

/// `12.5 %`, `--`.
func percent(_ fraction: Double?) -> String { fraction.map(percentText) ?? "--" }

/// At most one digit after the point.
func number(_ value: Double) -> String { numberText(value) }
