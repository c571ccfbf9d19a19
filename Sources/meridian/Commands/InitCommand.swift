import ArgumentParser
import Collectors
import ConfigurationFiles
import Documents
import Monitoring
import Telemetry
import WireFormats

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `meridian init`: a first configuration from what the sources contain.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a first meridian.yaml from what the sources contain.",
    discussion: """
      Finds regions and services by the metrics they publish: what replicates from where to where, who \
      writes, which names differ by region only. What metrics cannot tell stands in the file as a comment \
      that asks for it. A file that is there already is not written over.

        meridian init /var/log/metrics/
        meridian init metrics.jsonl.gz -o -
        aws cloudwatch get-metric-data --cli-input-json file://queries.json > metrics.json
        meridian init metrics.json --name shop
        meridian check --config meridian.yaml
      """)

  @OptionGroup
  var common: CommonOptions
  @OptionGroup
  var input: InputFlags

  @Argument(help: ArgumentHelp("Files, folders, globs or -.", valueName: "source"))
  var sources: [String]

  @Option(name: [.short, .long], help: ArgumentHelp("The file to write, or -.", valueName: "file"))
  var output = "meridian.yaml"

  @Option(help: "What the estate is called; default: as the current folder.")
  var name: String?

  func run() throws {
    let timeline = try input.load(sources)
    let catalog = Catalog.embedded().catalog
    let draft = TopologyDraft(series: timeline.metrics, sums: timeline.sums, catalog: catalog)
    guard !draft.services.isEmpty else {
      throw Failure(
        .failed,
        "none of \(timeline.metrics.count) series is of a service that meridian knows; "
          + "the README lists them")
    }
    let text = draft.yaml(name: name ?? Self.folderName, sources: namedSources)
    try prove(text, catalog)
    if output == "-" {
      var standard = StandardOutput()
      try standard.write(text)
      try standard.flush()
    } else {
      try TextFile.write(text, to: output, isNew: true)
    }
    tell(draft, timeline)
  }

  /// What is written must be read without a fault, whatever the sources contained.
  private func prove(_ text: String, _ catalog: Catalog) throws(Failure) {
    do throws(Fault) {
      let node = try Node.yaml(text, file: output)
      let (_, faults) = Topology.parse(node, catalog: catalog)
      guard let fault = faults.first else { return }
      throw fault
    } catch {
      throw Failure(.failed, "the draft has a fault, please report it: \(error.description)")
    }
  }

  private func tell(_ draft: TopologyDraft, _ timeline: Timeline) {
    guard common.logLevel >= .warning else { return }
    let open = draft.services.count { !$0.isComplete }
    let questions = open == 0 ? "" : ", \(open) of them with a question for you"
    StandardError.print(
      "\(output == "-" ? "a draft" : output): regions \(draft.regions.count), services "
        + "\(draft.services.count)\(questions)")
    if timeline.header?.topology != nil {
      StandardError.print(
        "a recording among the sources carries a topology of its own, which wins unless --config is given"
      )
    }
  }

  /// Paths as the file will be found from: its own folder.
  private var namedSources: [String] {
    guard output.contains("/") else { return sources.filter { $0 != "-" } }
    return sources.filter { $0 != "-" }.map {
      $0.hasPrefix("/") || $0.contains("://") ? $0 : Self.folder + "/" + $0
    }
  }

  private static var folderName: String {
    folder.split(separator: "/").last.map(String.init) ?? "estate"
  }

  private static var folder: String {
    guard let path = unsafe getcwd(nil, 0) else { return "." }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }
}

extension Timeline {
  /// By metric, the sum of its samples at the beginning, nil for none: what moved later is no plan.
  fileprivate var sums: [Double?] {
    var sums = [Double?](repeating: nil, count: metrics.count)
    guard let first = samples.map(\.time).min(), let last = newestTime else { return sums }
    let end =
      first + max(min((last - first) / 10, Self.beginning.upperBound), Self.beginning.lowerBound)
    for sample in samples where sample.time <= end {
      sums[Int(sample.metric)] = (sums[Int(sample.metric)] ?? 0) + sample.statistics.sum
    }
    return sums
  }

  /// Ten minutes to half an hour, or a tenth of the time between.
  private static let beginning: ClosedRange<Int64> = 600_000...1_800_000
}
