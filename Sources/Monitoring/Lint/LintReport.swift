import Documents

/// Findings as text, JSON and SARIF.
package struct LintReport: Hashable, Sendable {
  package let findings: [LintFinding]
  /// How many alarms were looked at.
  package let alarmCount: Int

  package init(findings: [LintFinding], alarmCount: Int) {
    self.findings = findings.sorted()
    self.alarmCount = alarmCount
  }

  package var errors: Int { findings.count { $0.rule.severity == .error } }
  package var warnings: Int { findings.count - errors }

  /// A finding in three lines, and what was looked at.
  package var lines: [String] {
    findings.flatMap { finding in
      let value = finding.value.map { " = \($0)" } ?? ""
      return [
        "\(finding.location)\(value): \(finding.rule.severity.rawValue): \(finding.message) "
          + "[\(finding.rule.rawValue)]",
        "  remedy: \(finding.remedy)",
      ]
    } + [
      "\(counted(alarmCount, "alarm")) checked: \(counted(errors, "error")), "
        + counted(warnings, "warning")
    ]
  }

  package var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("alarms")
      writer.integer(alarmCount)
      writer.key("errors")
      writer.integer(errors)
      writer.key("warnings")
      writer.integer(warnings)
      writer.key("findings")
      writer.array(findings) { writer, finding in
        writer.object { writer in
          writer.key("rule")
          writer.string(finding.rule.rawValue)
          writer.key("severity")
          writer.string(finding.rule.severity.rawValue)
          writer.key("file")
          writer.string(finding.place.file)
          writer.key("line")
          writer.integer(finding.place.line > 0 ? finding.place.line : nil)
          writer.key("key")
          writer.string(finding.place.path)
          writer.key("value")
          writer.string(finding.value)
          writer.key("message")
          writer.string(finding.message)
          writer.key("remedy")
          writer.string(finding.remedy)
        }
      }
    }
    return writer.text + "\n"
  }
}
