import Documents
import Monitoring
import Telemetry
import WireFormats

/// One call that reads meridian's state (or sets an alarm's), and what it was asked with.
struct CloudWatchContext: Sendable {
  var parameters: Node
  /// The region the caller asks about: the one its request is signed for; nil: all.
  var region: String?
  var now: Timestamp
}

/// What an operation does: reads parameters and the engine, gives the modelled output; nil: it has none.
typealias CloudWatchOperation =
  @Sendable (CloudWatchContext, inout Engine) throws(CloudWatchError) -> Node?

/// Every operation but PutMetricData, which needs no engine.
let allCloudWatchOperations: [String: CloudWatchOperation] = [
  "DescribeAlarmHistory": describeAlarmHistory,
  "DescribeAlarms": describeAlarms,
  "DescribeAlarmsForMetric": describeAlarmsForMetric,
  "GetDashboard": getDashboard,
  "GetMetricData": getMetricData,
  "GetMetricStatistics": getMetricStatistics,
  "ListDashboards": listDashboards,
  "ListMetrics": listMetrics,
  "ListTagsForResource": listTagsForResource,
  "SetAlarmState": setAlarmState,
]

extension CloudWatchContext {
  func text(_ key: String) -> String? { parameters[key].flatMap { try? $0.string() } }

  func requiredText(_ key: String) throws(CloudWatchError) -> String {
    guard let text = text(key), !text.isEmpty else {
      throw CloudWatchError(.missingParameter, "The parameter \(key) is required.")
    }
    return text
  }

  func texts(_ key: String) -> [String] {
    (parameters[key]?.elements ?? []).compactMap { try? $0.string() }
  }

  func integer(_ key: String) throws(CloudWatchError) -> Int? {
    guard let node = parameters[key] else { return nil }
    guard let number = try? node.integer() else { throw invalid(key, node) }
    return number
  }

  func time(_ key: String) throws(CloudWatchError) -> Timestamp? {
    guard let node = parameters[key] else { return nil }
    guard let time = node.timestamp else { throw invalid(key, node) }
    return time
  }

  func requiredTime(_ key: String) throws(CloudWatchError) -> Timestamp {
    guard let time = try time(key) else {
      throw CloudWatchError(.missingParameter, "The parameter \(key) is required.")
    }
    return time
  }

  /// Name and value of each dimension; nil where only the name counts.
  var dimensions: [(name: String, value: String?)] {
    (parameters["Dimensions"]?.elements ?? []).compactMap { node in
      guard let name = try? node.required("Name").string() else { return nil }
      return (name, node["Value"].flatMap { try? $0.string() })
    }
  }

  func invalid(_ key: String, _ node: Node) -> CloudWatchError {
    CloudWatchError(
      .invalidParameterValue, "The value \(node.excerpt) for parameter \(key) is invalid.")
  }
}
