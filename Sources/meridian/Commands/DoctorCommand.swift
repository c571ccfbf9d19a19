import ArgumentParser
import Collectors
import ConfigurationFiles
import Documents
import Monitoring
import Telemetry

/// `meridian doctor`: what was detected, and what is wrong with it.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Say what was detected: terminal, configuration, sources.",
    discussion: """
      Exits with 1 when something is wrong. Secrets are never shown.

        meridian doctor
        meridian doctor --config meridian.yaml metrics/
      """)

  @OptionGroup
  var common: CommonOptions
  @OptionGroup
  var input: InputFlags

  @Argument(help: ArgumentHelp("Files, folders, globs or -.", valueName: "source"))
  var sources: [String] = []

  func run() throws {
    var findings = Findings()
    findings.add("meridian", Meridian.version)
    findings.add("clock", WallClock.now().description)
    findings.addTerminal()
    let configuration = findings.addConfiguration(common)
    findings.addResources()
    findings.addSources(
      sources.isEmpty ? configuration?.file.sources ?? [] : sources, input, configuration)
    var output = StandardOutput()
    for line in findings.lines { try output.write(line + "\n") }
    try output.flush()
    if findings.hasProblem { throw ExitCode(ExitStatus.failed.rawValue) }
  }
}

/// Lines of a name and what was found.
private struct Findings {
  private(set) var lines: [String] = []
  private(set) var hasProblem = false

  mutating func add(_ name: String, _ value: String) {
    let padding = String(repeating: " ", count: max(1, 15 - name.count))
    lines.append(name + padding + value)
  }

  mutating func addProblem(_ name: String, _ sentence: String) {
    hasProblem = true
    for line in sentence.split(separator: "\n") { add(name, "PROBLEM: \(line)") }
  }

  mutating func addTerminal() {
    let streams = TerminalStreams()
    add("standard input", streams.isInputTerminal ? "a terminal" : "no terminal")
    add("standard output", streams.isOutputTerminal ? "a terminal" : "no terminal")
    if let size = streams.size { add("size", "\(size.columns)x\(size.rows)") }
    for name in ["TERM", "COLORTERM", "NO_COLOR", "LC_ALL", "LC_CTYPE", "LANG"] {
      add(name, environmentVariable(name) ?? "not set")
    }
    add("character set", streams.codeset)
  }

  mutating func addConfiguration(_ common: CommonOptions) -> LoadedConfiguration? {
    do throws(Failure) {
      guard let configuration = try common.loadConfiguration() else {
        add("configuration", "none found")
        return nil
      }
      let (place, file) = (configuration.place, configuration.file)
      add("configuration", "\(place.path) (\(place.origin))")
      let assembly = try EngineAssembly(configuration: configuration, header: nil)
      add("regions", "\(assembly.topology.regions.count)")
      add("services", "\(assembly.topology.services.count)")
      add("deployments", "\(assembly.topology.deployments.count)")
      add("alarms", "\(assembly.alarms.count)")
      for fault in assembly.alarmFaults { addProblem("alarms", fault.description) }
      add("state", file.statePath ?? "none: check has no memory")
      return configuration
    } catch {
      addProblem("configuration", error.sentence)
      return nil
    }
  }

  mutating func addResources() {
    let folders = ResourceFolders.ofThisProgram(environment: environmentVariable)
    for name in ["sample-metrics", "Themes"] { add(name, folders.find(name) ?? "not installed") }
  }

  mutating func addSources(
    _ sources: [String], _ input: InputFlags, _ configuration: LoadedConfiguration?
  ) {
    guard !sources.isEmpty else { return add("sources", "none") }
    for source in sources {
      do throws(Failure) {
        let timeline = try input.load([source], configuration)
        for status in timeline.statuses { add(status) }
        let regions = Set(timeline.metrics.map(\.region)).sorted().map {
          $0.isEmpty ? "(none)" : $0
        }
        if !regions.isEmpty { add("regions in it", regions.joined(separator: ", ")) }
        if let newest = timeline.newestTime { add("newest sample", newest.description) }
      } catch {
        addProblem("source", error.sentence)
      }
    }
  }

  private mutating func add(_ status: SourceStatus) {
    if case .failed(let reason) = status.state {
      return addProblem("source", "\(status.source): \(reason)")
    }
    add(
      "source",
      "\(status.source): \(status.format ?? "empty"), \(status.samples) samples, "
        + "\(status.events) events, \(status.rejects) rejected")
  }
}
