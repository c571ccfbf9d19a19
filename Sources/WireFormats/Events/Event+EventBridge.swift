import Documents
import Telemetry

extension Event {
  /// An event as EventBridge delivers it.
  ///
  /// RDS events are named by their id (`RDS-EVENT-0238`), all others by their `detail-type`. The time is
  /// the detail's own where it has one, which is finer than the envelope's whole seconds.
  init?(eventBridge node: Node, envelope: EventReader.Envelope) {
    let detail = node["detail"] ?? Node(.mapping([]))
    let own = detail["Date"]?.timestamp ?? detail["state"]?["timestamp"]?.timestamp
    guard let time = own ?? node["time"]?.timestamp ?? envelope.time else { return nil }
    let message =
      detail["Message"] ?? detail["state"]?["reason"] ?? detail["message"]
      ?? detail["statusMessage"]
    self.init(
      time: time, arrival: envelope.arrival ?? time, source: node["source"]?.text ?? "",
      name: detail["EventID"]?.text ?? node["detail-type"]?.text ?? "",
      region: node["region"]?.text ?? "", account: node["account"]?.text ?? "",
      subject: Self.subject(of: node, detail: detail), message: message?.text ?? "",
      identifier: node["id"]?.text ?? envelope.identifier,
      attributes: EventAttributes(of: detail, without: Self.consumedKeys).list)
  }

  /// The members of `detail` that became fields of the event.
  private static let consumedKeys: Set<String> = [
    "date", "eventid", "message", "sourceidentifier", "sourcearn", "alarmname", "configuration",
    "subject",
  ]

  private static func subject(of node: Node, detail: Node) -> String {
    let named =
      detail["SourceIdentifier"] ?? detail["alarmName"] ?? detail["subject"] ?? detail["SourceArn"]
    if let name = named?.text { return resourceName(name) }
    return resourceName(node["resources"]?.elements?.first?.text ?? "")
  }
}

/// The last part of an ARN, which names the resource; a plain name stays as it is.
func resourceName(_ text: String) -> String {
  guard text.hasPrefix("arn:") else { return text }
  let resource = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).last
  return resource?.split(whereSeparator: { $0 == ":" || $0 == "/" }).last.map(String.init) ?? text
}

/// The region of an ARN; empty when it names none.
func region(ofARN text: String) -> String {
  let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
  return parts.count == 6 && parts[0] == "arn" ? String(parts[3]) : ""
}
