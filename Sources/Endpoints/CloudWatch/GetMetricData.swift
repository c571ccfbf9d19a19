import Documents
import Monitoring
import Telemetry
import WireFormats

/// GetMetricData: metrics and metric math over a range, in pages of at most 100,800 datapoints.
///
/// A result that does not fit a page has the status `PartialData`, and goes on under the same Id in the
/// next one.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
func getMetricData(
  _ context: CloudWatchContext, _ engine: inout Engine
) throws(CloudWatchError) -> Node {
  let program = try metricMathProgram(context)
  let (start, end) = try metricDataRange(context)
  let labels = try labelTimes(context)
  let request = MetricDataRequest(program: program, region: context.region, store: engine.store)
  let answer: MetricDataAnswer
  do throws(MetricDataFault) {
    answer = try request.answer(from: start, to: end, labels: labels)
  } catch {
    throw CloudWatchError(.validationError, error.description)
  }
  let page = try MetricDataPage(
    answer, isAscending: try isScannedAscending(context), size: try maximumDatapoints(context),
    token: context.text("NextToken"))
  var output = OutputStructure()
  output.add("MetricDataResults", page.results.map(resultNode))
  output.add("Messages", answer.messages.map(messageNode))
  output.add("NextToken", page.token)
  return output.node
}

/// Whether the caller wants the oldest first.
func isScannedAscending(_ context: CloudWatchContext) throws(CloudWatchError) -> Bool {
  let word = context.text("ScanBy") ?? "TimestampDescending"
  guard ["TimestampDescending", "TimestampAscending"].contains(word) else {
    throw CloudWatchError(
      .invalidParameterValue, "The value \(word) for parameter ScanBy is invalid.")
  }
  return word == "TimestampAscending"
}

private func maximumDatapoints(_ context: CloudWatchContext) throws(CloudWatchError) -> Int {
  let limit = MetricDataPage.limit
  guard let wanted = try context.integer("MaxDatapoints") else { return limit }
  guard (1...limit).contains(wanted) else {
    throw CloudWatchError(
      .validationError, "The parameter MaxDatapoints must be between 1 and \(limit).")
  }
  return wanted
}

private func metricDataRange(
  _ context: CloudWatchContext
) throws(CloudWatchError) -> (start: Timestamp, end: Timestamp) {
  let (start, end) = (try context.requiredTime("StartTime"), try context.requiredTime("EndTime"))
  guard start != end else {
    throw CloudWatchError(
      .validationError, "The parameter StartTime must not equal parameter EndTime.")
  }
  guard start < end else {
    throw CloudWatchError(
      .validationError, "The parameter StartTime must be less than the parameter EndTime.")
  }
  return (start, end)
}

/// `LabelOptions`, and now.
private func labelTimes(_ context: CloudWatchContext) throws(CloudWatchError) -> LabelTimes {
  var times = LabelTimes()
  times.now = context.now
  guard let zone = context.parameters["LabelOptions"]?["Timezone"] else { return times }
  guard let offset = (try? zone.string()).flatMap(LabelTimes.offsetMinutes) else {
    throw context.invalid("LabelOptions.Timezone", zone)
  }
  times.offsetMinutes = offset
  return times
}

/// The queries, read and checked; faults are told with CloudWatch's names of members.
private func metricMathProgram(
  _ context: CloudWatchContext
) throws(CloudWatchError) -> MetricMathProgram {
  guard let list = context.parameters["MetricDataQueries"], list.elements?.isEmpty == false else {
    throw CloudWatchError(.missingParameter, "The parameter MetricDataQueries is required.")
  }
  let ids = (list.elements ?? []).compactMap { try? $0["Id"]?.string() }
  guard Set(ids).count == ids.count else {
    throw CloudWatchError(
      .validationError, "The values for parameter id in MetricDataQueries are not unique.")
  }
  do throws(Fault) {
    return try MetricMathProgram.parse(list.withMemberNames("MetricDataQueries"))
  } catch {
    throw CloudWatchError(.validationError, memberSentence(error))
  }
}

private func memberSentence(_ fault: Fault) -> String {
  guard let value = fault.value else { return "The parameter \(fault.place.path) is required." }
  return "The value \(value) for parameter \(fault.place.path) is not \(fault.expected)"
}

extension Node {
  /// The same, placed by the names that the service gives to members: `MetricDataQueries.member.1.Id`.
  fileprivate func withMemberNames(_ path: String) -> Node {
    let place = Place(path: path)
    return switch value {
    case .mapping(let entries):
      Node(
        .mapping(
          entries.map {
            Entry(key: $0.key, value: $0.listIfEmpty.withMemberNames("\(path).\($0.key)"))
          }), place: place)
    case .sequence(let elements):
      Node(
        .sequence(
          elements.enumerated().map { $1.withMemberNames("\(path).member.\($0 + 1)") }),
        place: place)
    default: Node(value, place: place)
    }
  }
}

extension Node.Entry {
  /// The value; awsQuery writes an empty list as an empty text.
  fileprivate var listIfEmpty: Node {
    key == "Dimensions" && value.value == .string("") ? Node(.sequence([])) : value
  }
}

private func resultNode(_ result: MetricDataPage.Result) -> Node {
  var output = OutputStructure()
  output.add("Id", result.series.id)
  output.add("Label", result.series.label)
  output.add("Timestamps", result.series.timestamps.map(Node.time))
  output.add("Values", result.series.values.map(Node.number))
  output.add("StatusCode", result.isPartial ? "PartialData" : "Complete")
  return output.node
}

private func messageNode(_ message: MetricDataAnswer.Message) -> Node {
  var output = OutputStructure()
  output.add("Code", message.code)
  output.add("Value", message.value)
  return output.node
}
