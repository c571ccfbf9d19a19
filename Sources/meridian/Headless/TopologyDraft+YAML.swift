import Monitoring
import Telemetry

/// A draft as the text of a first `meridian.yaml`: what is known as lines, what is not as comments that
/// ask for it.
extension TopologyDraft {
  func yaml(name: String, sources: [String]) -> String {
    var lines = [
      "# A beginning, made by meridian init from what the sources contain: look at every line.",
      "name: \(quoted(name))",
    ]
    lines += section("regions", regions.map(line))
    lines += section("services", services.map(line))
    lines += deploymentLines(name)
    lines += strangers.map { namespace, count in
      "# not understood: \(count) series of \(namespace.isEmpty ? "no namespace" : sanitised(namespace))"
    }
    if !sources.isEmpty {
      lines.append("sources: [\(sources.map(quoted).joined(separator: ", "))]")
    }
    lines.append(
      "# alarms: [alarms.json]   # aws cloudwatch describe-alarms --output json > alarms.json")
    return lines.joined(separator: "\n") + "\n"
  }

  private func section(_ key: String, _ lines: [String]) -> [String] {
    let isEmpty = lines.allSatisfy { $0.hasPrefix("  #") }
    return [key + (isEmpty ? ": {}" : ":")] + lines
  }

  private func line(_ region: RegionDefinition) -> String {
    "  \(quoted(region.code)): {role: \(region.role.rawValue)}"
  }

  private func line(_ service: ServiceDraft) -> String {
    var parts = ["kind: \(service.kind.name)"] + placeParts(service)
    if !service.dimensions.isEmpty {
      let pairs = service.dimensions.map { "\(quoted($0.name)): \(quoted($0.value))" }
      parts.append("dimensions: {\(pairs.joined(separator: ", "))}")
    }
    let text = "\(quoted(service.name)): {\(parts.joined(separator: ", "))}"
    guard !service.isComplete else { return "  " + text }
    return "  # \(text)   # \(service.questions.joined(separator: " "))"
  }

  /// Where it is; `REGION` where only its owner knows.
  private func placeParts(_ service: ServiceDraft) -> [String] {
    let primary = service.primary.map(quoted) ?? Self.blank
    let regions =
      service.regions.isEmpty ? Self.blank : service.regions.map(quoted).joined(separator: ", ")
    return switch service.kind.layout {
    case .primaryAndReplicas: ["primary: \(primary)", "replicas: [\(regions)]"]
    case .sourceToTargets: ["from: \(primary)", "to: [\(regions)]"]
    case .multiWriter, .regional: ["regions: [\(regions)]"]
    case .edge: ["origin: \(Self.blank)"]
    case .healthChecks:
      [
        probes("healthChecks", service) {
          "\($0.watches.map(quoted) ?? Self.blank): \(quoted($0.name))"
        }
      ]
    case .canaries:
      [
        probes("canaries", service) {
          "\(quoted($0.name)): {watches: \($0.watches.map(quoted) ?? Self.blank), runsIn: \(quoted($0.runsIn))}"
        }
      ]
    }
  }

  private static let blank = "REGION"

  private func probes(
    _ key: String, _ service: ServiceDraft, _ text: (ServiceDraft.Probe) -> String
  ) -> String {
    "\(key): {\(service.probes.map(text).joined(separator: ", "))}"
  }

  /// One deployment of all services: objectives are their owner's to set.
  private func deploymentLines(_ name: String) -> [String] {
    let complete = services.filter(\.isComplete)
    guard regions.count > 1, !complete.isEmpty else { return [] }
    let model: DeploymentModel =
      regions.contains { $0.role == .primary } ? .activePassive : .activeActive
    let names = complete.map { quoted($0.name) }.joined(separator: ", ")
    return [
      "deployments:",
      "  # also hot-standby, warm-standby, pilot-light, backup-and-restore; and rpo: 60s, rto: 15m",
      "  \(quoted(name)): {model: \(model.rawValue), services: [\(names)]}",
    ]
  }
}

/// A scalar as it is, or in double quotes where YAML would take it for something else.
private func quoted(_ text: String) -> String {
  let isPlain =
    text.first?.isLetter == true
    && text.unicodeScalars.allSatisfy {
      $0.isASCII
        && ($0.properties.isAlphabetic || $0.properties.numericType != nil
          || "-_./".unicodeScalars.contains($0))
    }
  let words: Set<String> = ["true", "false", "null", "yes", "no", "on", "off"]
  if isPlain, !words.contains(text.lowercased()) { return text }
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\": result += "\\\(scalar)"
    case "\u{20}"..."\u{7e}", "\u{a1}"...: result.unicodeScalars.append(scalar)
    default: result += "\\U" + hexadecimal(scalar.value)
    }
  }
  return result + "\""
}

private func hexadecimal(_ value: UInt32) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: 8 - digits.count) + digits
}
