/// Something that happened: an RDS event, an API call, a state change, a note of the operator.
package struct Event: Hashable, Sendable {
  package var time: Timestamp
  package var arrival: Timestamp
  /// Who says so: `aws.rds`, `rds.amazonaws.com`, `aws.cloudwatch`, `operator`.
  package var source: String
  /// What happened: `RDS-EVENT-0238`, `FailoverGlobalCluster`, `CloudWatch Alarm State Change`.
  package var name: String
  package var region: String
  package var account: String
  /// What it happened to: a cluster, a table, an alarm; empty when the event names nothing.
  package var subject: String
  /// A sentence for people, as it came; sanitised only where it is drawn.
  package var message: String
  /// Identifies a repeated delivery; empty when the format has none.
  package var identifier: String
  /// Further facts by lower-case dotted name (`requestparameters.allowdataloss`), sorted by name.
  package var attributes: [Dimension]

  package init(
    time: Timestamp, arrival: Timestamp, source: String, name: String, region: String = "",
    account: String = "", subject: String = "", message: String = "", identifier: String = "",
    attributes: [Dimension] = []
  ) {
    self.time = time
    self.arrival = arrival
    self.source = source
    self.name = name
    self.region = region
    self.account = account
    self.subject = subject
    self.message = message
    self.identifier = identifier
    self.attributes = attributes.sorted()
  }

  /// The value of an attribute, nil when the event does not carry it.
  package func attribute(_ name: String) -> String? {
    attributes.first { $0.name == name }?.value
  }
}
