import Documents

extension LintReport {
  /// SARIF 2.1.0, which code hosts and editors show beside the lines.
  ///
  /// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
  package func sarif(version: String) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("$schema")
      writer.string("https://json.schemastore.org/sarif-2.1.0.json")
      writer.key("version")
      writer.string("2.1.0")
      writer.key("runs")
      writer.array([version]) { writer, version in
        writer.object { writer in
          writer.key("tool")
          writer.object { writer in
            writer.key("driver")
            writer.object { writeDriver(version, to: &$0) }
          }
          writer.key("results")
          writer.array(findings) { writer, finding in
            writer.object { write(finding, to: &$0) }
          }
        }
      }
    }
    return writer.text + "\n"
  }

  private func writeDriver(_ version: String, to writer: inout JSONWriter) {
    writer.key("name")
    writer.string("meridian")
    writer.key("version")
    writer.string(version)
    writer.key("rules")
    writer.array(LintRule.allCases) { writer, rule in
      writer.object { writer in
        writer.key("id")
        writer.string(rule.rawValue)
        writer.key("shortDescription")
        writeText(rule.summary, to: &writer)
        writer.key("defaultConfiguration")
        writer.object { writer in
          writer.key("level")
          writer.string(rule.severity.rawValue)
        }
      }
    }
  }

  private func write(_ finding: LintFinding, to writer: inout JSONWriter) {
    writer.key("ruleId")
    writer.string(finding.rule.rawValue)
    writer.key("ruleIndex")
    writer.integer(LintRule.allCases.firstIndex(of: finding.rule))
    writer.key("level")
    writer.string(finding.rule.severity.rawValue)
    writer.key("message")
    writeText("\(finding.message). Remedy: \(finding.remedy).", to: &writer)
    writer.key("locations")
    writer.array([finding]) { writer, finding in
      writer.object { writer in
        writer.key("physicalLocation")
        writer.object { writePlace(finding.place, to: &$0) }
        guard !finding.place.path.isEmpty else { return }
        writer.key("logicalLocations")
        writer.array([finding.place.path]) { writer, path in
          writer.object { writer in
            writer.key("fullyQualifiedName")
            writer.string(path)
          }
        }
      }
    }
  }

  private func writePlace(_ place: Node.Place, to writer: inout JSONWriter) {
    writer.key("artifactLocation")
    writer.object { writer in
      writer.key("uri")
      writer.string(Self.reference(place.file))
    }
    guard place.line > 0 else { return }
    writer.key("region")
    writer.object { writer in
      writer.key("startLine")
      writer.integer(place.line)
    }
  }

  private func writeText(_ text: String, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.key("text")
      writer.string(text)
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
