import Documents
import Telemetry

/// Writes the XML of awsQuery: lists as `<member>`, times in ISO 8601.
struct XMLWriter {
  private(set) var document = ""

  static let namespace = " xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\""

  mutating func element(
    _ name: String, attributes: String = "", _ content: (inout XMLWriter) -> Void
  ) {
    document += "<\(name)\(attributes)>"
    content(&self)
    document += "</\(name)>"
  }

  /// Text with what XML reserves escaped; what XML 1.0 cannot hold becomes U+FFFD.
  mutating func text(_ text: String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": document += "&amp;"
      case "<": document += "&lt;"
      case ">": document += "&gt;"
      case "\"": document += "&quot;"
      case "\t", "\n": document.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
        document += "\u{FFFD}"
      default: document.unicodeScalars.append(scalar)
      }
    }
  }

  mutating func node(_ node: Node) {
    switch node.value {
    case .null: break
    case .boolean(let flag): document += flag ? "true" : "false"
    case .number(_, let text), .string(let text): self.text(text)
    case .sequence(let elements):
      for element in elements { self.element("member") { $0.node(element) } }
    case .mapping(let entries):
      for entry in entries { element(entry.key) { $0.node(entry.value) } }
    case .tagged(let tag, let inner):
      guard tag == CloudWatchReply.timeTag, case .number(let seconds, _) = inner.value else {
        return self.node(inner)
      }
      text(Timestamp(milliseconds: Int64((seconds * 1000).rounded())).description)
    }
  }
}
