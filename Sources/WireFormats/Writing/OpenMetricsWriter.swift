import Telemetry

/// Writes OpenMetrics with timestamps, as `promtool tsdb create-blocks-from openmetrics` takes it.
///
/// A metric of single samples is one gauge of its own name; one of statistic sets is a gauge each for
/// `_sample_count`, `_sum`, `_minimum` and `_maximum`, as exporters of CloudWatch name them. Region,
/// account and namespace are the labels that `NamingRules` reads back, dimensions are
/// `dimension_NAME`. What a name or label cannot hold becomes an underscore.
enum OpenMetricsWriter {
  static func bytes(of batch: Batch) -> [UInt8] {
    var families: [String: [String]] = [:]
    for rows in MetricTable(batch, periodMilliseconds: nil).groups {
      guard let first = rows.first else { continue }
      let metric = batch.metrics[Int(first.metric)]
      let isSingle = rows.allSatisfy { $0.statistics == StatisticSet($0.statistics.sum) }
      let statistics = isSingle ? [("", Statistic.sum)] : sets
      for (suffix, statistic) in statistics {
        let name = name(metric.name) + suffix
        let series = name + labels(metric)
        families[name, default: []] += rows.map { row in
          "\(series) \(number(row.statistics.value(of: statistic))) \(seconds(row.time))\n"
        }
      }
    }
    var text = ""
    for family in families.keys.sorted() {
      text += "# TYPE \(family) gauge\n"
      for line in families[family] ?? [] { text += line }
    }
    return Array((text + "# EOF\n").utf8)
  }

  private static let sets: [(String, Statistic)] = [
    ("_sample_count", .sampleCount), ("_sum", .sum), ("_minimum", .minimum),
    ("_maximum", .maximum),
  ]

  /// Letters, digits, underscores and colons; not a digit first.
  private static func name(_ text: String, allowsColon: Bool = true) -> String {
    var result = ""
    for character in text.unicodeScalars {
      let isLetter = ("a"..."z").contains(character) || ("A"..."Z").contains(character)
      let isKept =
        isLetter || ("0"..."9").contains(character) || character == "_"
        || character == ":" && allowsColon
      if result.isEmpty, ("0"..."9").contains(character) { result = "_" }
      result.unicodeScalars.append(isKept ? character : "_")
    }
    return result.isEmpty ? "_" : result
  }

  private static func labels(_ metric: MetricID) -> String {
    var pairs = [
      ("region", metric.region), ("account_id", metric.account),
      ("aws_namespace", metric.namespace),
    ]
    for dimension in metric.dimensions {
      let label = NamingRules.dimensionPrefix + name(dimension.name, allowsColon: false)
      // Two names may become one: the second is numbered.
      let isTaken = pairs.contains { $0.0 == label }
      pairs.append((isTaken ? "\(label)_\(pairs.count)" : label, dimension.value))
    }
    let texts = pairs.filter { !$0.1.isEmpty }.map { "\($0.0)=\"\(escaped($0.1))\"" }
    return texts.isEmpty ? "" : "{\(texts.joined(separator: ","))}"
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n", "\r\n": result += "\\n"
      default: result.append(character)
      }
    }
    return result
  }

  private static func number(_ value: Double) -> String { value.description }

  private static func seconds(_ time: Timestamp) -> String {
    let (whole, rest) = time.milliseconds.quotientAndRemainder(dividingBy: 1000)
    guard rest != 0 else { return String(whole) }
    let digits = String(rest.magnitude)
    let sign = time.milliseconds < 0 && whole == 0 ? "-" : ""
    return "\(sign)\(whole)." + String(repeating: "0", count: 3 - digits.count) + digits
  }
}
