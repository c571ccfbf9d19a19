import Documents
import Monitoring
import WireFormats

/// ListDashboards: none, as meridian's own screens are no dashboards of CloudWatch; clients that ask
/// on the way to something else go on.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListDashboards.html
func listDashboards(
  _ context: CloudWatchContext, _ engine: inout Engine
) throws(CloudWatchError) -> Node {
  if context.text("NextToken") != nil { throw .unknownToken }
  var output = OutputStructure()
  output.add("DashboardEntries", [Node]())
  return output.node
}

/// GetDashboard: there is none.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetDashboard.html
func getDashboard(
  _ context: CloudWatchContext, _ engine: inout Engine
) throws(CloudWatchError) -> Node {
  let name = try context.requiredText("DashboardName")
  throw CloudWatchError(.resourceNotFound, "Dashboard \(name) does not exist")
}
