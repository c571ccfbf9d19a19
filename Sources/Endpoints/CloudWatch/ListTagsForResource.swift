import Documents
import Monitoring
import Telemetry
import WireFormats

/// ListTagsForResource: the tags of an alarm, by its ARN; nothing else here has any.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListTagsForResource.html
func listTagsForResource(
  _ context: CloudWatchContext, _ engine: inout Engine
) throws(CloudWatchError) -> Node {
  let arn = try context.requiredText("ResourceARN")
  let alarm = engine.moment().alarms.first { $0.isIn(context.region) && alarmARN($0) == arn }
  guard let alarm else {
    throw CloudWatchError(.resourceNotFound, "There is no alarm with the ARN \(arn).")
  }
  var output = OutputStructure()
  output.add(
    "Tags",
    alarm.definition.tags.map { tag in
      var node = OutputStructure()
      node.add("Key", tag.name)
      node.add("Value", tag.value)
      return node.node
    })
  return output.node
}
