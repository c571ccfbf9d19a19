import Telemetry

/// Writes a long table that `CSV` reads back to the same samples: a row a sample.
enum CSVWriter {
  private static let header =
    "timestamp,region,account,namespace,metric,dimensions,unit,count,sum,min,max"

  static func bytes(of batch: Batch) -> [UInt8] {
    var text = header + "\n"
    let names = batch.metrics.map(cells)
    for sample in batch.samples {
      let values = sample.statistics
      text +=
        "\(sample.time),\(names[Int(sample.metric)]),\(values.count),\(values.sum),"
        + "\(values.minimum),\(values.maximum)\n"
    }
    return Array(text.utf8)
  }

  /// The cells that name a metric.
  private static func cells(_ metric: MetricID) -> String {
    let dimensions = metric.dimensions.map { "\(part($0.name))=\(part($0.value))" }
    return [
      metric.region, metric.account, metric.namespace, metric.name,
      dimensions.joined(separator: ";"), metric.unit ?? "",
    ].map(quoted).joined(separator: ",")
  }

  /// A dimension's part with the characters that part dimensions as `%2C` and the like.
  private static func part(_ text: String) -> String {
    var result = ""
    for character in text {
      if let code = MetricIdentity.escapes.first(where: { $0.character == character }) {
        result += code.code
      } else {
        result.append(character)
      }
    }
    return result
  }

  /// RFC 4180.
  private static func quoted(_ cell: String) -> String {
    guard cell.contains(where: { ",\"\n\r#".contains($0) }) else { return cell }
    return "\""
      + cell.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
