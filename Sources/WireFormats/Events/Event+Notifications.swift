import Documents
import Telemetry

extension Event {
  /// CloudWatch's alarm message, as SNS carries it.
  ///
  /// Its `Region` is a place ("EU (Ireland)"), so the region is taken from the alarm's ARN.
  init?(alarmMessage node: Node, envelope: EventReader.Envelope) {
    guard let time = node["StateChangeTime"]?.timestamp ?? envelope.time else { return nil }
    var attributes = EventAttributes()
    if let state = node["NewStateValue"] { attributes.add(state, name: "state.value") }
    if let state = node["OldStateValue"] { attributes.add(state, name: "previousstate.value") }
    self.init(
      time: time, arrival: envelope.arrival ?? time, source: "aws.cloudwatch",
      name: "CloudWatch Alarm State Change",
      region: WireFormats.region(ofARN: node["AlarmArn"]?.text ?? ""),
      account: node["AWSAccountId"]?.text ?? "", subject: node["AlarmName"]?.text ?? "",
      message: node["NewStateReason"]?.text ?? "", identifier: envelope.identifier,
      attributes: attributes.list)
  }

  /// An RDS event notification, as SNS carries it: `"Event ID": "http://…#RDS-EVENT-0049"`.
  init?(rdsNotification node: Node, envelope: EventReader.Envelope) {
    guard let time = node["Event Time"]?.timestamp ?? envelope.time else { return nil }
    let link = node["Event ID"]?.text ?? ""
    let name = link.split(separator: "#").last.map(String.init) ?? link
    self.init(
      time: time, arrival: envelope.arrival ?? time, source: "aws.rds", name: name,
      region: WireFormats.region(ofARN: node["Source ARN"]?.text ?? ""),
      subject: node["Source ID"]?.text ?? "",
      message: node["Event Message"]?.text ?? "", identifier: envelope.identifier)
  }

  /// An event in plain words, as an operator's note: `{"source":"operator","time":…,"message":…}`.
  init?(plain node: Node, envelope: EventReader.Envelope) {
    guard let time = node["time"]?.timestamp else { return nil }
    let attributes = EventAttributes(of: node["attributes"] ?? Node(.mapping([])), without: [])
    self.init(
      time: time, arrival: envelope.arrival ?? time, source: node["source"]?.text ?? "",
      name: node["name"]?.text ?? "Note", region: node["region"]?.text ?? "",
      account: node["account"]?.text ?? "", subject: node["subject"]?.text ?? "",
      message: node["message"]?.text ?? "", identifier: node["id"]?.text ?? envelope.identifier,
      attributes: attributes.list)
  }
}
