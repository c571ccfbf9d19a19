import Monitoring
import Telemetry

extension IncidentReport {
  /// The report as one HTML file: no script, nothing from the network, light and dark, for paper too.
  package var html: String {
    var page = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    page += "<meta name=\"color-scheme\" content=\"light dark\">\n"
    page += "<title>\(HTML.escaped("Incident report: \(name)"))</title>\n"
    page += "<style>\n\(Self.styleSheet)</style>\n</head>\n<body>\n<main>\n"
    page += "<h1>\(HTML.escaped("Incident report: \(name)"))</h1>\n"
    page += HTML.paragraph(
      "\(Figures.time(from)) to \(Figures.time(to)) UTC. \(beginningSentence)", kind: "window")
    page += "<section class=\"cards\">\n" + deployments.map(\.card).joined() + "</section>\n"
    page += HTML.heading("States") + "<figure>\(stateStrip)</figure>\n"
    page += graphs
    page += HTML.heading("What differed from the plan") + differenceList
    page += HTML.heading("Timeline") + timelineTable
    page += alarmTables
    page += readinessTables
    page += "</main>\n</body>\n</html>\n"
    return page
  }

  private var graphs: String {
    var text = ""
    if !lags.isEmpty {
      text += HTML.heading("Replication lag")
      text += "<figure>\(lagGraph)\(legend(lags.map(\.title)))</figure>\n"
    }
    if traffic.contains(where: { $0.points.contains { $0.value != nil } }) {
      text += HTML.heading("Traffic")
      text += "<figure>\(trafficGraph)\(legend(traffic.map(\.region)))</figure>\n"
    }
    return text
  }

  private func legend(_ names: [String]) -> String {
    let items = names.enumerated().map { index, name in
      "<li><svg viewBox=\"0 0 24 8\" aria-hidden=\"true\"><path class=\"course "
        + "\(SeriesClass.name(index))\" d=\"M0 4H24\"/></svg> \(HTML.escaped(name))</li>"
    }
    return "<ul class=\"legend\">\(items.joined())</ul>"
  }

  private var differenceList: String {
    guard !differences.isEmpty else {
      return HTML.paragraph("Nothing that was seen.", kind: "none")
    }
    return "<ul>\n" + differences.map { "<li>\(HTML.escaped($0))</li>\n" }.joined() + "</ul>\n"
  }

  private var timelineTable: String {
    var text = "<table class=\"timeline\"><tbody>\n"
    var day = ""
    for entry in timeline {
      if entry.time.dateText != day {
        day = entry.time.dateText
        text += "<tr class=\"day\"><th colspan=\"3\" scope=\"rowgroup\">\(day)</th></tr>\n"
      }
      text += "<tr><td class=\"time\">\(entry.time.clockText)</td>"
      text += "<td class=\"kind\">\(entry.kind.rawValue)</td>"
      text += "<td class=\"\(entry.weight.rawValue)\"><strong>\(HTML.escaped(entry.title))</strong>"
      text += sentences(entry.evidence, "for") + sentences(entry.doubts, "against") + "</td></tr>\n"
    }
    text += "</tbody></table>\n"
    if timelineLeftOut > 0 {
      text += HTML.paragraph("\(timelineLeftOut) later entries are left out.")
    }
    return timeline.isEmpty ? HTML.paragraph("Nothing happened.", kind: "none") : text
  }

  private func sentences(_ sentences: [String], _ kind: String) -> String {
    guard !sentences.isEmpty else { return "" }
    return "<ul class=\"\(kind)\">"
      + sentences.map { "<li>\(HTML.escaped($0))</li>" }.joined() + "</ul>"
  }

  private var alarmTables: String {
    HTML.heading("Alarms that fired")
      + HTML.table(
        ["alarm", "severity", "fired", "after the beginning", "times", "in ALARM", "reason"],
        alarms.map { alarm in
          [
            "\(alarm.title)", "\(alarm.severity.rawValue)", "\(Figures.time(alarm.fired))",
            "\(Figures.duration(alarm.afterSeconds))", "\(alarm.count)",
            "\(Figures.duration(alarm.inAlarmSeconds))\(alarm.isOver ? "" : ", still")",
            "\(alarm.reason)",
          ]
        })
      + HTML.heading("Breaches that no alarm told of")
      + HTML.table(
        ["subject", "state", "from", "for", "alarms that watch it"],
        silences.map { breach in
          [
            "\(breach.subject)", HTML.Cell(breach.state, Self.weight(of: breach.state)),
            "\(Figures.time(breach.from))",
            "\(Figures.duration(breach.to.seconds(since: breach.from)))", "\(breach.watchers)",
          ]
        })
  }

  private var readinessTables: String {
    var text = ""
    for story in deployments {
      for ready in story.readyBefore {
        text += HTML.heading(
          "Readiness before: \(story.name) in \(ready.region), \(ready.verdict.rawValue)")
        text += HTML.table(
          ["check", "verdict", "value", "limit", "age"],
          ready.checks.map { check in
            [
              "\(check.id)", HTML.Cell(check.verdict.rawValue, check.verdict.weight),
              "\(check.value)", "\(check.limit)", "\(Figures.duration(check.ageSeconds))",
            ]
          })
      }
    }
    return text
  }
}

extension ReadinessReading.CheckVerdict {
  fileprivate var weight: TimelineEntry.Weight {
    switch self {
    case .go: .good
    case .noGo: .critical
    case .unknown: .warning
    }
  }
}

extension DeploymentStory {
  /// The head of the page: what it cost, against what was promised.
  fileprivate var card: String {
    var text = "<article class=\"card\"><h2>\(HTML.escaped(name))</h2>"
    text += HTML.paragraph(model.rawValue + (isDrill ? ", a drill" : ""), kind: "model")
    text += figure("RPO", rpo) + figure("RTO", rto)
    text += "<dl><dt>writer</dt><dd>\(HTML.escaped(writerBefore ?? "--")) to "
    text += "\(HTML.escaped(writerAfter ?? "--"))</dd>"
    text += "<dt>old writer stopped</dt><dd>\(fencing?.rawValue ?? "--")</dd></dl>"
    return text + (hasMoved ? phaseBar : "") + "</article>\n"
  }

  private func figure(_ name: String, _ cost: Cost) -> String {
    let kind = cost.isKept.map { $0 ? "good" : "critical" } ?? "neutral"
    return "<p class=\"figure \(kind)\"><span>\(name)</span> <b>"
      + "\(Figures.duration(cost.achievedSeconds))</b> <span>of "
      + "\(Figures.duration(cost.objectiveSeconds)), kept: \(cost.word)</span></p>"
  }

  /// Detect, decide, execute, recover, as long as each took.
  private var phaseBar: String {
    let known = phases.filter { ($0.seconds ?? 0) > 0 }
    let total = known.reduce(0) { $0 + ($1.seconds ?? 0) }
    var bar = ""
    if total > 0 {
      for phase in known {
        let part = (phase.seconds ?? 0) / total * 100
        bar +=
          "<i class=\"phase \(phase.phase.rawValue)\" style=\"width:\(Figures.short(part))%\"></i>"
      }
    }
    let words = phases.map {
      "<li><i class=\"phase \($0.phase.rawValue)\"></i>\($0.phase.rawValue) "
        + "\(Figures.duration($0.seconds))</li>"
    }
    return "<div class=\"bar\">\(bar)</div><ul class=\"phases\">\(words.joined())</ul>"
  }
}
