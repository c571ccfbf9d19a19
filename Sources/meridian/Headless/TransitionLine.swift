import Documents
import Monitoring
import Telemetry

extension Transition {
  /// One line of `replay --headless`: keys in the documented order.
  var jsonLine: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("time", time.description)
      switch kind {
      case .alarm: writeAlarm(to: &writer)
      case .region: writeRegion(to: &writer)
      case .link: writeLink(to: &writer)
      case .readiness: writeReadiness(to: &writer)
      case .failover: writeFailover(to: &writer)
      case .action: writeAction(to: &writer)
      }
    }
    return writer.text + "\n"
  }

  private func writeAlarm(to writer: inout JSONWriter) {
    writer.member("type", "alarm")
    writer.member("name", name)
    writer.member("region", region)
    writeChange(to: &writer)
    writer.member("reason", reasons.first ?? "")
  }

  private func writeRegion(to writer: inout JSONWriter) {
    writer.member("type", "region")
    writer.member("region", region ?? name)
    writeChange(to: &writer)
    writer.strings("reasons", reasons)
  }

  private func writeLink(to writer: inout JSONWriter) {
    writer.member("type", "link")
    writer.member("service", name)
    writer.member("region", region)
    writer.member("to_region", toRegion)
    writeChange(to: &writer)
  }

  private func writeReadiness(to writer: inout JSONWriter) {
    writer.member("type", "readiness")
    writer.member("group", name)
    writer.member("region", region)
    writeChange(to: &writer)
    writer.strings("reasons", reasons)
  }

  private func writeFailover(to writer: inout JSONWriter) {
    writer.member("type", "failover")
    writer.member("group", name)
    writeChange(to: &writer)
    writer.strings("evidence", reasons)
  }

  private func writeAction(to writer: inout JSONWriter) {
    writer.member("type", "action")
    writer.member("alarm", name)
    writer.member("state", to)
    writer.member("target", target)
    writer.member("suppressedBy", suppressedBy)
  }

  private func writeChange(to writer: inout JSONWriter) {
    writer.member("from", from)
    writer.member("to", to)
  }
}

extension JSONWriter {
  mutating func member(_ name: String, _ value: String?) {
    key(name)
    string(value)
  }

  mutating func member(_ name: String, _ value: Double?) {
    key(name)
    number(value)
  }

  mutating func strings(_ name: String, _ values: [String]) {
    key(name)
    array(values) { $0.string($1) }
  }
}
