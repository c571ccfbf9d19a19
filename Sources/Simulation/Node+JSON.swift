import Documents

extension Node {
  /// Writes the value as JSON; a tagged value as what it tags.
  package func write(to writer: inout JSONWriter) {
    switch value {
    case .null: writer.null()
    case .boolean(let flag): writer.boolean(flag)
    case .number(let number, _): writer.number(number)
    case .string(let text): writer.string(text)
    case .sequence(let elements): writer.array(elements) { $1.write(to: &$0) }
    case .mapping(let entries):
      writer.object { writer in
        for entry in entries {
          writer.key(entry.key)
          entry.value.write(to: &writer)
        }
      }
    case .tagged(_, let node): node.write(to: &writer)
    }
  }
}

extension Scenario {
  /// Line one of the recording: its name, what it shows, the topology and the alarms.
  package var header: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("name")
      writer.string(name)
      writer.key("about")
      writer.string(about)
      writer.key("topology")
      topology.write(to: &writer)
      writer.key("alarms")
      writer.object { writer in
        writer.key("MetricAlarms")
        writer.array(alarms) { $1.write(to: &$0) }
      }
    }
    return writer.text
  }
}
