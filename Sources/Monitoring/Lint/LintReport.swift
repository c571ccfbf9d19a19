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
      writer.member("alarms", alarmCount)
      writer.member("errors", errors)
      writer.member("warnings", warnings)
      writer.array("findings", findings) { writer, finding in
        writer.object { writer in
          writer.member("rule", finding.rule.rawValue)
          writer.member("severity", finding.rule.severity.rawValue)
          writer.member("file", finding.place.file)
          writer.member("line", finding.place.line > 0 ? finding.place.line : nil)
          writer.member("key", finding.place.path)
          writer.member("value", finding.value)
          writer.member("message", finding.message)
          writer.member("remedy", finding.remedy)
        }
      }
    }
    return writer.text + "\n"
  }
}
