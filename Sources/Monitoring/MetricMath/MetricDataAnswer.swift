import Documents
import Telemetry

/// What GetMetricData returns.
package struct MetricDataAnswer: Hashable, Sendable {
  package private(set) var results: [Result] = []
  package private(set) var messages: [Message] = []

  /// One time series, newest first.
  package struct Result: Hashable, Sendable {
    package var id: String
    package var label: String
    package var timestamps: [Timestamp] = []
    package var values: [Double] = []
  }

  /// Something to know about the answer as a whole.
  package struct Message: Hashable, Sendable {
    package var code: String
    package var value: String
  }

  mutating func say(_ code: String, _ value: String) {
    messages.append(Message(code: code, value: value))
  }

  /// Adds a series, or each series of an array under its own label.
  mutating func add(
    _ value: MathValue, of query: MetricDataQuery, over grid: SlotGrid, labels: LabelMaker
  ) {
    switch value {
    case .scalar: break
    case .series(let series): add(series, query, label: labels.label(of: series, query, grid), grid)
    case .array(let list):
      for series in list {
        add(series, query, label: labels.label(ofElement: series, query, grid), grid)
      }
    }
  }

  private mutating func add(
    _ series: MathSeries, _ query: MetricDataQuery, label: String, _ grid: SlotGrid
  ) {
    var result = Result(id: query.id, label: label)
    for slot in (0..<grid.count).reversed() where !series.values[slot].isNaN {
      result.timestamps.append(grid.start(slot))
      result.values.append(series.values[slot])
    }
    results.append(result)
  }

  /// The answer as `aws cloudwatch get-metric-data` prints it.
  package var json: String {
    let results = block(results.map(text), indent: 4)
    let messages = block(
      messages.map { message in
        """
                {
                    "Code": \(quoted(message.code)),
                    "Value": \(quoted(message.value))
                }
        """
      }, indent: 4)
    return """
      {
          "MetricDataResults": \(results),
          "Messages": \(messages)
      }

      """
  }

  private func text(_ result: Result) -> String {
    let inner = String(repeating: " ", count: 16)
    let times = block(result.timestamps.map { inner + quoted($0.zonedText) }, indent: 12)
    let values = block(result.values.map { inner + $0.description }, indent: 12)
    return """
              {
                  "Id": \(quoted(result.id)),
                  "Label": \(quoted(result.label)),
                  "Timestamps": \(times),
                  "Values": \(values),
                  "StatusCode": "Complete"
              }
      """
  }

  /// A list of indented elements between brackets.
  private func block(_ elements: [String], indent: Int) -> String {
    if elements.isEmpty { return "[]" }
    return "[\n" + elements.joined(separator: ",\n") + "\n" + String(repeating: " ", count: indent)
      + "]"
  }

  private func quoted(_ text: String) -> String {
    var writer = JSONWriter()
    writer.string(text)
    return writer.text
  }
}
