import Documents
import Telemetry

extension Event {
  /// An API call as CloudTrail records it; one that failed carries `errorcode`.
  init?(cloudTrail node: Node, envelope: EventReader.Envelope) {
    guard let time = node["eventTime"]?.timestamp ?? envelope.time else { return nil }
    var attributes = EventAttributes()
    for key in Self.keptKeys {
      if let value = node.member(ignoringCase: key) {
        attributes.add(value, name: key.lowercased())
      }
    }
    let identity = node.member(ignoringCase: "userIdentity")
    let actor = identity?["arn"]?.text ?? identity?["type"]?.text ?? ""
    self.init(
      time: time, arrival: envelope.arrival ?? time, source: node["eventSource"]?.text ?? "",
      name: node["eventName"]?.text ?? "", region: node["awsRegion"]?.text ?? envelope.region,
      account: node["recipientAccountId"]?.text
        ?? identity?.member(ignoringCase: "accountId")?.text ?? envelope.account,
      subject: Self.subject(ofParameters: node.member(ignoringCase: "requestParameters")),
      message: node.member(ignoringCase: "errorMessage")?.text
        ?? (actor.isEmpty ? "" : "called by \(actor)"),
      identifier: node["eventID"]?.text ?? envelope.identifier, attributes: attributes.list)
  }

  /// What of a record is kept: what was asked for, by whom, and whether it failed.
  static let keptKeys = [
    "requestParameters", "errorCode", "errorMessage", "userIdentity", "sourceIPAddress", "readOnly",
  ]

  /// The parameters that name what a call is about, the most telling first.
  ///
  /// The target of a global failover is the cluster that becomes the writer, so it goes before the
  /// global cluster's own name.
  private static let subjectKeys = [
    "targetDbClusterIdentifier", "dBClusterIdentifier", "dbClusterIdentifier",
    "dBInstanceIdentifier", "globalClusterIdentifier", "globalReplicationGroupId",
    "replicationGroupId", "routingControlArn", "healthCheckId", "hostedZoneId",
    "endpointGroupArn", "planArn", "resourceIdentifier", "tableName", "globalTableName",
    "bucketName", "fileSystemId", "loadBalancerArn", "cluster",
  ]

  private static func subject(ofParameters parameters: Node?) -> String {
    guard let parameters else { return "" }
    for key in subjectKeys {
      if let name = parameters.member(ignoringCase: key)?.text { return resourceName(name) }
    }
    let named = parameters.entries?.first { entry in
      let key = entry.key.lowercased()
      return (key.hasSuffix("identifier") || key.hasSuffix("arn")) && entry.value.text != nil
    }
    return resourceName(named?.value.text ?? "")
  }
}
