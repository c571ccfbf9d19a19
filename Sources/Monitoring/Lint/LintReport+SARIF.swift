import Documents

extension LintReport {
  /// SARIF 2.1.0, which code hosts and editors show beside the lines.
  ///
  /// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
  package func sarif(version: String) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      writer.member("version", "2.1.0")
      writer.array("runs", [version]) { writer, version in
        writer.object { writer in
          writer.object("tool") { writer in
            writer.object("driver") { writeDriver(version, to: &$0) }
          }
          writer.array("results", findings) { writer, finding in
            writer.object { write(finding, to: &$0) }
          }
        }
      }
    }
    return writer.text + "\n"
  }

  private func writeDriver(_ version: String, to writer: inout JSONWriter) {
    writer.member("name", "meridian")
    writer.member("version", version)
    writer.array("rules", LintRule.allCases) { writer, rule in
      writer.object { writer in
        writer.member("id", rule.rawValue)
        writer.key("shortDescription")
        writeText(rule.summary, to: &writer)
        writer.object("defaultConfiguration") { writer in
          writer.member("level", rule.severity.rawValue)
        }
      }
    }
  }

  private func write(_ finding: LintFinding, to writer: inout JSONWriter) {
    writer.member("ruleId", finding.rule.rawValue)
    writer.member("ruleIndex", LintRule.allCases.firstIndex(of: finding.rule))
    writer.member("level", finding.rule.severity.rawValue)
    writer.key("message")
    writeText("\(finding.message). Remedy: \(finding.remedy).", to: &writer)
    writer.array("locations", [finding]) { writer, finding in
      writer.object { writer in
        writer.object("physicalLocation") { writePlace(finding.place, to: &$0) }
        guard !finding.place.path.isEmpty else { return }
        writer.array("logicalLocations", [finding.place.path]) { writer, path in
          writer.object { writer in
            writer.member("fullyQualifiedName", path)
          }
        }
      }
    }
  }

  private func writePlace(_ place: Node.Place, to writer: inout JSONWriter) {
    writer.object("artifactLocation") { writer in
      writer.member("uri", Self.reference(place.file))
    }
    guard place.line > 0 else { return }
    writer.object("region") { writer in
      writer.member("startLine", place.line)
    }
  }

  private func writeText(_ text: String, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("text", text)
    }
  }

  /// A path as a URI reference (RFC 3986): what is not plain is written in percents.
  private static func reference(_ path: String) -> String {
    var text = ""
    for byte in path.utf8 {
      switch byte {
      case 48...57, 65...90, 97...122, 45, 46, 95, 126, 47: text.unicodeScalars.append(.init(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return text
  }
}
