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
      writer.key("alarmRule")
      writer.string(rule)
      writer.key("children")
      writer.array(children) { writer, child in
        writer.object { writer in
          writer.key("name")
          writer.string(child.name)
          writer.key("state")
          writer.string(child.state?.rawValue)
          writer.key("since")
          writer.string(child.since?.description)
        }
      }
      writer.key("conditions")
      writer.array(conditions) { writer, condition in
        writer.object { writer in
          writer.key("condition")
          writer.string(condition.text)
          writer.key("holds")
          writer.boolean(condition.holds)
        }
      }
      writer.key("isCyclic")
      writer.boolean(isCyclic)
      writer.key("actionsSuppressedBy")
      writer.string(reading.actionsSuppressedBy)
      writer.key("outlook")
      writer.array(outlook) { writer, turn in
        writer.object { writer in
          writer.key("if")
          writer.string(turn.subject)
          writer.key("becomes")
          writer.string(turn.becomes)
          writer.key("state")
          writer.string(turn.state.rawValue)
        }
      }
    }
  }
}
