import Documents
import Telemetry

/// What the dynamic expressions of a label tell: a series, where it comes from, and what time it is.
struct LabelSubject: Sendable {
  /// What `${LABEL}` stands for.
  var label: String
  /// The datapoints that are there, oldest first.
  var points: [(time: Timestamp, value: Double)]
  var origin: MathSeries.Origin?
  /// Where the metric lives, if it does not tell itself.
  var region: String?
  var times: LabelTimes

  /// The value of an expression without its `${` and `}`; nil for one that CloudWatch does not have.
  func value(of expression: String) -> String? {
    if let read = Self.values[expression] { return read(self) ?? "--" }
    let (start, end) = ("PROP('Dim.", "')")
    guard expression.hasPrefix(start), expression.hasSuffix(end) else { return nil }
    let name = expression.dropFirst(start.count).dropLast(end.count)
    return origin?.metric.dimensions.first { $0.name == name }?.value ?? "--"
  }

  private static let values: [String: @Sendable (LabelSubject) -> String?] = [
    "LABEL": \.label,
    "AVG": { subject in
      subject.points.isEmpty ? nil : numberText(subject.sum / Double(subject.points.count))
    },
    "DATAPOINT_COUNT": { String($0.points.count) },
    "SUM": { $0.points.isEmpty ? nil : numberText($0.sum) },
    "FIRST": { $0.points.first.map { numberText($0.value) } },
    "FIRST_TIME": { subject in subject.points.first.map { subject.times.text($0.time) } },
    "FIRST_TIME_RELATIVE": { subject in subject.points.first.map { subject.times.age($0.time) } },
    "LAST": { $0.points.last.map { numberText($0.value) } },
    "LAST_TIME": { subject in subject.points.last.map { subject.times.text($0.time) } },
    "LAST_TIME_RELATIVE": { subject in subject.points.last.map { subject.times.age($0.time) } },
    "MAX": { $0.maximum.map { numberText($0.value) } },
    "MAX_TIME": { subject in subject.maximum.map { subject.times.text($0.time) } },
    "MAX_TIME_RELATIVE": { subject in subject.maximum.map { subject.times.age($0.time) } },
    "MIN": { $0.minimum.map { numberText($0.value) } },
    "MIN_TIME": { subject in subject.minimum.map { subject.times.text($0.time) } },
    "MIN_TIME_RELATIVE": { subject in subject.minimum.map { subject.times.age($0.time) } },
    "FIRST_LAST_RANGE": { difference($0.points.first, $0.points.last) },
    "FIRST_LAST_TIME_RANGE": { span($0.points.first, $0.points.last) },
    "MIN_MAX_RANGE": { difference($0.minimum, $0.maximum) },
    "MIN_MAX_TIME_RANGE": { span($0.minimum, $0.maximum) },
    "PROP('AccountId')": {
      $0.origin.flatMap { $0.metric.account.isEmpty ? nil : $0.metric.account }
    },
    "PROP('AccountLabel')": { _ in nil },
    "PROP('MetricName')": { $0.origin?.metric.name },
    "PROP('Namespace')": { $0.origin?.metric.namespace },
    "PROP('Period')": { $0.origin.map { String($0.periodSeconds) } },
    "PROP('Region')": { subject in
      subject.origin.flatMap { $0.metric.region.isEmpty ? subject.region : $0.metric.region }
    },
    "PROP('Stat')": { $0.origin?.statistic.rawValue },
  ]

  private var sum: Double { points.reduce(0) { $0 + $1.value } }

  /// The oldest of the highest datapoints.
  private var maximum: Point? { points.max { $0.value < $1.value } }

  /// The oldest of the lowest datapoints.
  private var minimum: Point? { points.min { $0.value < $1.value } }

  private typealias Point = (time: Timestamp, value: Double)

  private static func difference(_ first: Point?, _ second: Point?) -> String? {
    guard let first, let second else { return nil }
    return numberText(second.value - first.value)
  }

  private static func span(_ first: Point?, _ second: Point?) -> String? {
    guard let first, let second else { return nil }
    return durationText(abs(second.time - first.time))
  }

  /// AWS does not say how numbers are spelled: as in its JSON.
  private static func numberText(_ value: Double) -> String { JSONWriter.text(of: value) }
}

/// How labels tell times.
package struct LabelTimes: Hashable, Sendable {
  /// East of UTC.
  package var offsetMinutes = 0
  /// What relative times are counted from; nil: the end of the answer's range.
  package var now: Timestamp?

  package init() {}

  /// The zone of `LabelOptions.Timezone`: `+0130`; nil for what is none.
  package static func offsetMinutes(_ text: String) -> Int? {
    let digits = text.dropFirst()
    guard let sign = text.first, "+-".contains(sign), digits.utf8.count == 4,
      digits.utf8.allSatisfy({ (48...57).contains($0) }), let hours = Int(digits.prefix(2)),
      let minutes = Int(digits.suffix(2)), hours <= 18, minutes < 60
    else { return nil }
    return (sign == "-" ? -1 : 1) * (hours * 60 + minutes)
  }

  /// `2026-01-01T01:45:00+01:30`: AWS does not say how times are spelled.
  func text(_ time: Timestamp) -> String {
    func pair(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    let local = (time + Int64(offsetMinutes) * 60_000).zonedText.dropLast(6)
    let size = abs(offsetMinutes)
    return local + (offsetMinutes < 0 ? "-" : "+") + pair(size / 60) + ":" + pair(size % 60)
  }

  func age(_ time: Timestamp) -> String { durationText(abs((now ?? time) - time)) }
}
