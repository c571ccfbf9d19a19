import Telemetry

/// An event (`_e{…}`) or a service check (`_sc|…`) of DogStatsD.
///
/// Source: Datadog, "Datagram Format and Shell Usage".
struct StatsDMessage {
  private(set) var title = ""
  private(set) var text = ""
  private(set) var status: Status?
  private(set) var seconds: Int64?
  private(set) var labels: [Dimension] = []
  private(set) var facts: [Dimension] = []

  /// What a service check says.
  enum Status: Int, CaseIterable {
    case ok, warning, critical, unknown

    var name: String {
      switch self {
      case .ok: "OK"
      case .warning: "WARNING"
      case .critical: "CRITICAL"
      case .unknown: "UNKNOWN"
      }
    }
  }

  static func isMessage(_ line: Span<UInt8>) -> Bool {
    line.count > 3 && line[0] == UInt8(ascii: "_")
      && (line.spells("_e{", at: 0..<3) || line.count > 4 && line.spells("_sc|", at: 0..<4))
  }

  /// Reads a line; nil where it is neither.
  init?(_ line: Span<UInt8>) {
    guard line.spells("_e{", at: 0..<3) ? readEvent(line) : readCheck(line) else { return nil }
  }

  /// `_e{title-bytes,text-bytes}:title|text|t:warning|#tags`; the lengths count escapes as two.
  private mutating func readEvent(_ line: Span<UInt8>) -> Bool {
    guard let brace = line.firstIndex(of: UInt8(ascii: "}"), from: 3),
      let comma = line.firstIndex(of: UInt8(ascii: ","), from: 3), comma < brace,
      let titleCount = line.integer(in: 3..<comma),
      let textCount = line.integer(in: (comma + 1)..<brace), titleCount > 0, textCount >= 0,
      titleCount <= line.count, textCount <= line.count
    else { return false }
    let title = (brace + 2)..<(brace + 2 + Int(titleCount))
    let text = (title.upperBound + 1)..<(title.upperBound + 1 + Int(textCount))
    guard text.upperBound <= line.count, line[brace + 1] == UInt8(ascii: ":"),
      line[title.upperBound] == UInt8(ascii: "|"),
      text.upperBound == line.count || line[text.upperBound] == UInt8(ascii: "|")
    else { return false }
    self.title = line.text(in: title)
    self.text = line.text(in: text).withLineFeeds
    readFields(line, from: text.upperBound + 1)
    return true
  }

  /// `_sc|name|0|#tags|m:message`; the message comes last and may hold anything.
  private mutating func readCheck(_ line: Span<UInt8>) -> Bool {
    var position = 4
    let name = line.field(from: &position)
    let code = line.field(from: &position)
    guard !name.isEmpty, let number = line.integer(in: code),
      let status = Status(rawValue: Int(number))
    else { return false }
    title = line.text(in: name)
    self.status = status
    readFields(line, from: position)
    return true
  }

  private mutating func readFields(_ line: Span<UInt8>, from start: Int) {
    var position = start
    while position < line.count {
      let field = line.field(from: &position)
      if let first = field.first, line[first] == UInt8(ascii: "#") {
        labels = StatsDLine.labels(line, (first + 1)..<field.upperBound)
        continue
      }
      guard field.count > 2, line[field.lowerBound + 1] == UInt8(ascii: ":") else { continue }
      let value = (field.lowerBound + 2)..<field.upperBound
      switch line[field.lowerBound] {
      case UInt8(ascii: "d"): seconds = line.integer(in: value)
      case UInt8(ascii: "m"):
        text = line.text(in: value.lowerBound..<line.count).withLineFeeds
        return
      case let key:
        guard let name = Self.facts[key] else { continue }
        facts.append(Dimension(name: name, value: line.text(in: value)))
      }
    }
  }

  private static let facts: [UInt8: String] = [
    UInt8(ascii: "t"): "alert_type", UInt8(ascii: "p"): "priority", UInt8(ascii: "h"): "hostname",
    UInt8(ascii: "k"): "aggregation_key", UInt8(ascii: "s"): "source_type_name",
  ]
}

extension StatsDMessage {
  /// What tells one service check from another: its name and its tags.
  var seriesName: [UInt8] {
    var name = title
    for label in labels { name += "|\(label.name):\(label.value)" }
    return Array(name.utf8)
  }

  /// The event that it is.
  ///
  /// It is named by its title, so that a title such as `RDS-EVENT-0238` or `FailoverGlobalCluster`
  /// proves what the catalog says it does; the tag `source` tells who says so, `subject` what it is
  /// about.
  func event(time: Timestamp, arrival: Timestamp, context: DecodingContext) -> Event {
    let rules = context.naming
    func label(_ names: [String]) -> String? {
      names.lazy.compactMap { name in labels.last { $0.name == name }?.value }.first
    }
    var attributes =
      facts + labels.map { Dimension(name: "tag.\($0.name.lowercased())", value: $0.value) }
    if let status { attributes.append(Dimension(name: "status", value: status.name)) }
    return Event(
      time: time, arrival: arrival, source: label(["source"]) ?? "dogstatsd", name: title,
      region: label(rules.regionLabels) ?? context.identity.region ?? "",
      account: label(rules.accountLabels) ?? context.identity.account ?? "",
      subject: label(["subject"]) ?? facts.first { $0.name == "hostname" }?.value ?? "",
      message: text, attributes: attributes)
  }
}

extension String {
  /// Line feeds where `\n` is written.
  fileprivate var withLineFeeds: String {
    guard contains("\\") else { return self }
    var result = ""
    var isEscape = false
    for character in self {
      if isEscape {
        result += character == "n" ? "\n" : "\\\(character)"
        isEscape = false
      } else if character == "\\" {
        isEscape = true
      } else {
        result.append(character)
      }
    }
    return isEscape ? result + "\\" : result
  }
}
