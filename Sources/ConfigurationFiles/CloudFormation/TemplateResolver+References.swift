import Documents

extension TemplateResolver {
  /// Region of a stack about which nothing is said, as in the tools that stand in for AWS.
  static let defaultRegion = "us-east-1"

  /// What `Ref` gives: a parameter's value, an alarm's name, another resource's name.
  mutating func reference(to name: String, at node: Node) throws(Fault) -> Node? {
    if name == "AWS::NoValue" { return nil }
    if let given = parameters.values[name] { return given }
    if name.hasPrefix("AWS::") { return try pseudoParameter(name, at: node) }
    if let parameter = document["Parameters"]?[name] {
      return try parameterValue(parameter, name, at: node)
    }
    guard let resource = document["Resources"]?.entries?.first(where: { $0.key == name }) else {
      return try unresolved(name, node, "a parameter or resource of this template")
    }
    if AlarmResource(resource.value) != nil {
      return Node(.string(self.name(of: resource)), place: node.place)
    }
    if let physical = Self.nameProperties[resource.type].flatMap({
      resource.value["Properties"]?[$0]
    }) {
      return try resolve(physical)
    }
    if isLenient { return Node(.string(name), place: node.place) }
    throw Fault(
      place: node.place, value: name, expected: "a resource whose name this template tells")
  }

  private func pseudo(_ text: String, _ node: Node) -> Node {
    Node(.string(text), place: node.place)
  }

  private mutating func pseudoParameter(_ name: String, at node: Node) throws(Fault) -> Node? {
    switch name {
    case "AWS::Region": pseudo(parameters.region ?? Self.defaultRegion, node)
    case "AWS::Partition": pseudo("aws", node)
    case "AWS::URLSuffix": pseudo("amazonaws.com", node)
    case "AWS::StackName": pseudo(Self.stackName(of: document.place.file), node)
    case "AWS::NotificationARNs": Node(.sequence([]), place: node.place)
    default: try unresolved(name, node, "known: give it under templateParameters")
    }
  }

  /// A stack without a name is called as its file.
  private static func stackName(of file: String) -> String {
    let name = file.split(separator: "/").last ?? "stack"
    return String(name.split(separator: ".").first ?? name)
  }

  private mutating func parameterValue(
    _ parameter: Node, _ name: String, at node: Node
  ) throws(Fault) -> Node {
    let type = (try? parameter["Type"]?.string()) ?? "String"
    guard let value = parameter["Default"], !type.hasPrefix("AWS::SSM::Parameter::Value") else {
      return try unresolved(
        name, node, "a parameter with a default, or given under templateParameters")
    }
    guard type == "CommaDelimitedList" || type.hasPrefix("List<") else { return value }
    let items = try value.string().split(separator: ",").map { item in
      Node(.string(String(item.drop { $0 == " " })), place: value.place)
    }
    return Node(.sequence(items), place: value.place)
  }

  /// `GetAtt`: an alarm's ARN is its name here, which names it as well; of other resources, a property
  /// of the attribute's name.
  mutating func attribute(_ argument: Node, at node: Node) throws(Fault) -> Node? {
    let parts: [String]
    if argument.elements != nil {
      let list = try arguments(argument, 2...2)
      parts = [try list[0].string(), try text(list[1])]
    } else {
      parts = try argument.string().split(separator: ".", maxSplits: 1).map(String.init)
    }
    guard parts.count == 2,
      let resource = document["Resources"]?.entries?.first(where: { $0.key == parts[0] })
    else {
      return try unresolved(
        parts.joined(separator: "."), node, "an attribute of a resource of this template")
    }
    if AlarmResource(resource.value) != nil, parts[1] == "Arn" {
      return Node(.string(name(of: resource)), place: node.place)
    }
    if let property = resource.value["Properties"]?[parts[1]] { return try resolve(property) }
    let attribute = parts.joined(separator: ".")
    if isLenient { return Node(.string(attribute), place: node.place) }
    throw Fault(
      place: node.place, value: attribute, expected: "an attribute that this template tells")
  }

  /// The property that says how a resource is called; `Ref` gives it.
  private static let nameProperties = [
    "AWS::RDS::DBInstance": "DBInstanceIdentifier", "AWS::RDS::DBCluster": "DBClusterIdentifier",
    "AWS::RDS::GlobalCluster": "GlobalClusterIdentifier", "AWS::DynamoDB::Table": "TableName",
    "AWS::DynamoDB::GlobalTable": "TableName", "AWS::S3::Bucket": "BucketName",
    "AWS::Lambda::Function": "FunctionName", "AWS::ECS::Cluster": "ClusterName",
    "AWS::Serverless::Function": "FunctionName", "AWS::Kinesis::Stream": "Name",
    "AWS::AutoScaling::AutoScalingGroup": "AutoScalingGroupName", "AWS::EKS::Cluster": "Name",
    "AWS::ElastiCache::ReplicationGroup": "ReplicationGroupId", "AWS::ApiGateway::RestApi": "Name",
    "AWS::ElastiCache::CacheCluster": "ClusterName", "AWS::Logs::LogGroup": "LogGroupName",
  ]
}

extension Node.Entry {
  fileprivate var type: String { (try? value["Type"]?.string()) ?? "" }
}
