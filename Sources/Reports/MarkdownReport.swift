import Monitoring
import Telemetry

extension IncidentReport {
  /// The report as Markdown (GitHub's tables), for a post-mortem's first draft.
  package var markdown: String {
    var paper = Markdown()
    paper.heading(1, "Incident report: \(name)")
    paper.line("\(Figures.time(from)) to \(Figures.time(to)) UTC. \(beginningSentence)")
    for story in deployments { story.write(to: &paper) }
    writeRegions(&paper)
    writeGraphs(&paper)
    writeTimeline(&paper)
    writeAlarms(&paper)
    paper.heading(2, "What differed from the plan")
    paper.list(differences.isEmpty ? ["Nothing that was seen."] : differences)
    return paper.text
  }

  /// When it began, as a sentence.
  var beginningSentence: String {
    began.map { "The incident began \(Figures.time($0)) UTC." }
      ?? "Nothing left its normal state."
  }

  private func writeRegions(_ paper: inout Markdown) {
    paper.heading(2, "Regions")
    paper.table(
      ["region", "role", "health"],
      regions.map { course in
        [
          course.region, course.role.rawValue,
          course.stretches.map { "\($0.from.clockText) \($0.state)" }.joined(separator: ", "),
        ]
      })
  }

  private func writeGraphs(_ paper: inout Markdown) {
    paper.heading(2, "Lag")
    paper.table(
      ["link", "objective", "least", "greatest", "course"],
      lags.map { series in
        let values = series.points.compactMap(\.value)
        return [
          series.title, Figures.duration(series.objectiveSeconds), Figures.duration(values.min()),
          Figures.duration(values.max()), Sparkline.text(series.points, isLogarithmic: true),
        ]
      })
    paper.heading(2, "Traffic")
    paper.table(
      ["region", "least", "greatest", "course"],
      traffic.map { series in
        let values = series.points.compactMap(\.value)
        return [
          series.region, Figures.percent(values.min()), Figures.percent(values.max()),
          Sparkline.text(series.points, isLogarithmic: false),
        ]
      })
  }

  private func writeTimeline(_ paper: inout Markdown) {
    paper.heading(2, "Timeline")
    var day = ""
    for entry in timeline {
      if entry.time.dateText != day {
        day = entry.time.dateText
        paper.heading(3, day)
      }
      paper.item("**\(entry.time.clockText)** \(entry.kind.rawValue)", entry.title)
      for sentence in entry.evidence { paper.subitem("for", sentence) }
      for sentence in entry.doubts { paper.subitem("against", sentence) }
    }
    if timelineLeftOut > 0 { paper.line("\(timelineLeftOut) later entries are left out.") }
  }

  private func writeAlarms(_ paper: inout Markdown) {
    paper.heading(2, "Alarms that fired")
    paper.table(
      ["alarm", "severity", "fired", "after the beginning", "times", "in ALARM", "reason"],
      alarms.map { alarm in
        [
          alarm.title, alarm.severity.rawValue, Figures.time(alarm.fired),
          Figures.duration(alarm.afterSeconds), "\(alarm.count)",
          Figures.duration(alarm.inAlarmSeconds) + (alarm.isOver ? "" : ", still"), alarm.reason,
        ]
      })
    paper.heading(2, "Breaches that no alarm told of")
    paper.table(
      ["subject", "state", "from", "for", "alarms that watch it"],
      silences.map { breach in
        [
          breach.subject, breach.state, Figures.time(breach.from),
          Figures.duration(breach.to.seconds(since: breach.from)), breach.watchers,
        ]
      })
  }
}

extension AlarmStory {
  var title: String { region.map { "\(name) in \($0)" } ?? name }
}

extension SilentBreach {
  var watchers: String {
    watching.isEmpty ? "none" : watching.joined(separator: ", ") + ": stayed quiet"
  }
}

extension DeploymentStory {
  fileprivate func write(to paper: inout Markdown) {
    paper.heading(2, "Deployment \(name) (\(model.rawValue))\(isDrill ? ", a drill" : "")")
    paper.table(
      ["", "achieved", "objective", "kept"],
      [
        [
          "RPO", Figures.duration(rpo.achievedSeconds), Figures.duration(rpo.objectiveSeconds),
          rpo.word,
        ],
        [
          "RTO", Figures.duration(rto.achievedSeconds), Figures.duration(rto.objectiveSeconds),
          rto.word,
        ],
      ])
    if hasMoved {
      paper.line(
        "Time: "
          + phases.map { "\($0.phase.rawValue) \(Figures.duration($0.seconds))" }
          .joined(separator: ", ") + ".")
    }
    paper.line(
      "Writer before: \(writerBefore ?? "--"), after: \(writerAfter ?? "--"). Old writer stopped: "
        + "\(fencing?.rawValue ?? "--").")
    paper.line(
      "States: " + stretches.map { "\($0.from.clockText) \($0.state)" }.joined(separator: ", ")
        + ".")
    for ready in readyBefore {
      paper.line("Before the incident \(ready.region) was \(ready.verdict.rawValue):")
      paper.table(
        ["check", "verdict", "value", "limit", "age"],
        ready.checks.map {
          [$0.id, $0.verdict.rawValue, $0.value, $0.limit, Figures.duration($0.ageSeconds)]
        })
    }
  }
}

extension DeploymentStory.Cost {
  var word: String { isKept.map { $0 ? "yes" : "no" } ?? "--" }
}

/// Markdown text; all that comes from outside is escaped.
private struct Markdown {
  private(set) var text = ""

  mutating func heading(_ level: Int, _ title: String) {
    if !text.isEmpty { text += "\n" }
    text += String(repeating: "#", count: level) + " " + escaped(title) + "\n\n"
  }

  mutating func line(_ sentence: String) { text += escaped(sentence) + "\n\n" }

  /// `lead` is ours and may hold markup.
  mutating func item(_ lead: String, _ sentence: String) {
    text += "- \(lead): \(escaped(sentence))\n"
  }

  mutating func subitem(_ lead: String, _ sentence: String) {
    text += "  - \(lead): \(escaped(sentence))\n"
  }

  mutating func list(_ sentences: [String]) {
    for sentence in sentences { text += "- \(escaped(sentence))\n" }
  }

  mutating func table(_ head: [String], _ rows: [[String]]) {
    guard !rows.isEmpty else {
      text += "None.\n\n"
      return
    }
    row(head)
    row(head.map { _ in "---" })
    for cells in rows { row(cells.map(escaped)) }
    text += "\n"
  }

  private mutating func row(_ cells: [String]) {
    text += "| " + cells.joined(separator: " | ") + " |\n"
  }

  private static let special: Set<Character> = [
    "\\", "`", "*", "_", "<", ">", "[", "]", "|", "#", "&", "!", "~",
  ]

  private func escaped(_ outside: String) -> String {
    var result = ""
    for character in Figures.clean(outside) {
      if Self.special.contains(character) { result += "\\" }
      result.append(character)
    }
    return result
  }
}
