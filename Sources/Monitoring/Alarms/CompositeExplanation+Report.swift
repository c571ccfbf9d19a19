import Documents
import Telemetry

extension CompositeExplanation {
  /// The explanation as lines for a terminal.
  package var report: [String] {
    let place = reading.region.map { " in \($0)" } ?? ""
    let since = reading.stateTransitioned.map { ", since \($0)" } ?? ""
    var lines = ["\(reading.name)\(place) is \(reading.state.rawValue)\(since)", ""]
    lines += ["What it watches", "  a composite alarm: ALARM while its rule is true", "  \(rule)"]
    lines += ["", "What it saw"]
    lines += children.map { child in
      let since = child.since.map { ", since \($0)" } ?? ""
      return "  \(child.name) is \(child.state?.rawValue ?? "not there")\(since)"
    }
    lines += conditions.map { "  \($0.text) is \($0.holds ? "true" : "false")" }
    lines += ["", "What would change it"]
    if isCyclic { lines.append("  nothing: it names itself, through others, and is not evaluated") }
    lines += outlook.map { "  if \($0.subject) becomes \($0.becomes): \($0.state.rawValue)" }
    if outlook.isEmpty, !isCyclic { lines.append("  no single change: several must come together") }
    if let suppressor = reading.actionsSuppressedBy {
      lines += ["", "Its actions are held back", "  by \(suppressor)"]
    }
    return lines + ["", "CloudWatch's own words for the last change", "  \(reading.stateReason)"]
  }

  /// One object; unknown is null.
  package func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("name", reading.name)
      writer.member("region", reading.region)
      writer.member("state", reading.state.rawValue)
      writer.member("stateTransitionedTimestamp", reading.stateTransitioned?.description)
      writer.member("stateReason", reading.stateReason)
      writer.member("alarmRule", rule)
      writer.array("children", children) { writer, child in
        writer.object { writer in
          writer.member("name", child.name)
          writer.member("state", child.state?.rawValue)
          writer.member("since", child.since?.description)
        }
      }
      writer.array("conditions", conditions) { writer, condition in
        writer.object { writer in
          writer.member("condition", condition.text)
          writer.member("holds", condition.holds)
        }
      }
      writer.member("isCyclic", isCyclic)
      writer.member("actionsSuppressedBy", reading.actionsSuppressedBy)
      writer.array("outlook", outlook) { writer, turn in
        writer.object { writer in
          writer.member("if", turn.subject)
          writer.member("becomes", turn.becomes)
          writer.member("state", turn.state.rawValue)
        }
      }
    }
  }
}
