import Documents
import Telemetry

/// What `aws cloudwatch get-metric-data` and `get-metric-statistics` print.
///
/// The output names neither region nor, for `get-metric-data`, namespace and dimensions: they come
/// from the query file, the file's name or the command line. Times come as epoch numbers, `…Z` or
/// `…+00:00`; values come newest first or in no order. Several outputs may follow one another.
package struct CommandLineJSON: WireFormat {
  package static let name = "aws-cli-json"
  package static let summary = "aws CLI get-metric-data and get-metric-statistics output in JSON"

  private let context: DecodingContext
  private var values = JSONSplitter()
  private var hasValues = false
  private var isText = false

  package static func recognises(_ beginning: InputBeginning) -> Bool {
    if beginning.has("MetricDataResults") || beginning.has("Datapoints") { return true }
    return isOtherOutput(String(decoding: beginning.bytes.prefix(4096), as: UTF8.self))
  }

  /// Whether it is the same in `--output text`, `table` or `yaml`: known, so that it can be told.
  private static func isOtherOutput(_ text: String) -> Bool {
    text.split(separator: "\n").prefix(20).contains { line in
      ["DATAPOINTS\t", "METRICDATARESULTS\t", "MetricDataResults:", "Datapoints:"].contains {
        line.hasPrefix($0)
      } || line.hasPrefix("|") && (line.contains("GetMetricData") || line.contains("GetMetricStat"))
    }
  }

  package init(context: DecodingContext) { self.context = context }

  package mutating func decode(_ bytes: [UInt8], arrival: Timestamp?, into batch: inout Batch) {
    let span = bytes.span
    var position = 0
    while let part = values.next(in: span, from: &position) {
      read(part, arrival: arrival, into: &batch)
    }
  }

  package mutating func finish(arrival: Timestamp?, into batch: inout Batch) {
    if let part = values.finish() { read(part, arrival: arrival, into: &batch) }
  }

  private mutating func read(
    _ part: JSONSplitter.Part, arrival: Timestamp?, into batch: inout Batch
  ) {
    switch part {
    case .value(let value, let line):
      hasValues = true
      read(value, line: line, arrival: arrival, into: &batch)
    case .garbage(let beginning, let line, let reason):
      if isText { return }
      isText = !hasValues
      let text =
        "not JSON: the columns of --output text have no names; run the command with --output json"
      reject(beginning, line: line, reason: isText ? text : reason, into: &batch)
    }
  }

  private func read(_ value: [UInt8], line: Int, arrival: Timestamp?, into batch: inout Batch) {
    do throws(Fault) {
      let node = try Node.json(value, file: context.source)
      var results = CommandLineResults(context: context)
      if node["MetricDataResults"] != nil {
        results.readMetricData(node)
      } else if node["Datapoints"] != nil {
        results.readStatistics(node)
      } else {
        results.faults.append(("", "neither MetricDataResults nor Datapoints"))
      }
      results.append(to: &batch, arrival: arrival)
      for (record, reason) in results.faults {
        let excerpt = record.isEmpty ? value : Array(record.utf8)
        reject(excerpt, line: line, reason: reason, into: &batch)
      }
    } catch {
      let reason = "'\(error.value ?? "nothing")' is not \(error.expected)"
      reject(value, line: line, reason: reason, into: &batch)
    }
  }

  private func reject(_ record: [UInt8], line: Int, reason: String, into batch: inout Batch) {
    let excerpt = String(decoding: record.prefix(4 * Reject.recordLimit), as: UTF8.self)
    batch.rejects.append(
      Reject(source: context.source, line: line, record: excerpt, reason: reason))
  }
}
