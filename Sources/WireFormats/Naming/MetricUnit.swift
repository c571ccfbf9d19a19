/// Units of other systems in CloudWatch's words (StandardUnit); values are never converted.
///
/// UCUM as OpenTelemetry and Metric Streams write it, the unit that ends a Prometheus name, and the
/// abbreviations of StatsD. What CloudWatch has no word for is no unit.
enum MetricUnit {
  /// The StandardUnit of a unit's name in UCUM or in CloudWatch's own words.
  static func standard(_ text: String) -> String? {
    if let known = ucum[text] { return known }
    if all.contains(text) { return text }
    let isAnnotation = text.hasPrefix("{") && text.hasSuffix("}")
    return isAnnotation ? "Count" : words[text.lowercased()]
  }

  /// The unit that a Prometheus name ends in: `replica_lag_seconds`, `sent_bytes_total`.
  static func suffix(of name: String) -> String? {
    var parts = name.split(separator: "_")
    if let last = parts.last, ["total", "count", "sum", "bucket", "created"].contains(last) {
      parts.removeLast()
    }
    guard parts.count > 1, let last = parts.last else { return nil }
    return words[last.lowercased()]
  }

  /// CloudWatch's 27 units.
  static let all: Set<String> = [
    "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes",
    "Terabytes", "Bits", "Kilobits", "Megabits", "Gigabits", "Terabits", "Percent", "Count",
    "Bytes/Second", "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second",
    "Terabytes/Second", "Bits/Second", "Kilobits/Second", "Megabits/Second", "Gigabits/Second",
    "Terabits/Second", "Count/Second", "None",
  ]

  /// UCUM; Metric Streams' own list is in "CloudWatch metric stream output in OpenTelemetry format".
  private static let ucum: [String: String] = [
    "s": "Seconds", "us": "Microseconds", "ms": "Milliseconds", "By": "Bytes", "kBy": "Kilobytes",
    "MBy": "Megabytes", "GBy": "Gigabytes", "TBy": "Terabytes", "bit": "Bits", "kbit": "Kilobits",
    "MBit": "Megabits", "Mbit": "Megabits", "GBit": "Gigabits", "Gbit": "Gigabits",
    "Tbit": "Terabits", "TBit": "Terabits", "%": "Percent", "{Count}": "Count",
    "By/s": "Bytes/Second", "kBy/s": "Kilobytes/Second", "MBy/s": "Megabytes/Second",
    "GBy/s": "Gigabytes/Second", "TBy/s": "Terabytes/Second", "bit/s": "Bits/Second",
    "kbit/s": "Kilobits/Second", "MBit/s": "Megabits/Second", "Mbit/s": "Megabits/Second",
    "GBit/s": "Gigabits/Second", "Gbit/s": "Gigabits/Second", "Tbit/s": "Terabits/Second",
    "TBit/s": "Terabits/Second", "{Count}/s": "Count/Second", "1/s": "Count/Second", "1": "None",
  ]

  private static let words: [String: String] = [
    "seconds": "Seconds", "milliseconds": "Milliseconds", "microseconds": "Microseconds",
    "bytes": "Bytes", "kilobytes": "Kilobytes", "megabytes": "Megabytes", "bits": "Bits",
    "percent": "Percent", "ratio": "None",
  ]

  /// UCUM for a StandardUnit, for what is written.
  static func ucum(of standard: String) -> String {
    ucumNames[standard] ?? standard
  }

  private static let ucumNames: [String: String] = Dictionary(
    ucum.sorted { $0.key < $1.key }.map { ($0.value, $0.key) },
    uniquingKeysWith: { first, _ in first })
}
