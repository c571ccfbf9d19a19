import Monitoring

/// What was taken in, in Prometheus' text format (0.0.4).
///
/// https://prometheus.io/docs/instrumenting/exposition_formats/
struct IngestReport {
  private(set) var text = ""

  init(sources: [IngestCounts], state: EngineState) {
    let counters: [(name: String, help: String, count: (IngestCounts) -> Int)] = [
      ("received", "Records that came, whatever became of them.", \.received),
      ("stored", "Records that were handed to the engine.", \.stored),
      ("rejected", "Records that could not be read, and new series beyond the limit.", \.rejected),
      ("dropped", "Records that were lost, or refused, for want of room.", \.dropped),
      ("late", "Stored samples that came when their series held newer ones.", \.late),
    ]
    for counter in counters {
      let name = "meridian_\(counter.name)_records_total"
      begin(name, "counter", counter.help)
      for source in sources { add(name, ("source", source.source), counter.count(source)) }
    }
    let totals: [(name: String, type: String, help: String, value: Int)] = [
      (
        "meridian_late_samples_total", "counter",
        "Samples that came when their series held newer ones.", state.late
      ),
      (
        "meridian_refused_samples_total", "counter",
        "Samples of new series beyond the limit of series.", state.refused
      ),
      ("meridian_series", "gauge", "Series that are known.", state.series),
      ("meridian_series_limit", "gauge", "Series that may be known.", state.seriesLimit),
      ("meridian_store_bytes", "gauge", "What the stored samples take.", state.bytes),
    ]
    for total in totals {
      begin(total.name, total.type, total.help)
      add(total.name, nil, total.value)
    }
    begin("meridian_alarms", "gauge", "Alarms by their state.")
    for entry in state.alarms {
      add("meridian_alarms", ("state", entry.state.rawValue), entry.count)
    }
  }

  private mutating func begin(_ name: String, _ type: String, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
  }

  private mutating func add(_ name: String, _ label: (name: String, value: String)?, _ value: Int) {
    let labels = label.map { "{\($0.name)=\"\(Self.escaped($0.value))\"}" } ?? ""
    text += "\(name)\(labels) \(value)\n"
  }

  private static func escaped(_ value: String) -> String {
    var text = ""
    for character in value.unicodeScalars {
      switch character {
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      case "\n": text += "\\n"
      default: text.unicodeScalars.append(character)
      }
    }
    return text
  }
}
