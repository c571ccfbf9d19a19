import Collectors
import Monitoring
import Telemetry

extension HeadlessReplay {
  /// Writes the lines to standard output, progress and a summary to standard error.
  func runOnStandardStreams(logLevel: LogLevel) throws(Failure) {
    assembly.tellAlarmFaults(logLevel)
    var output = StandardOutput()
    var meter = ProgressMeter()
    let summary = try run(
      write: { (line) throws(Failure) in try output.write(line) }, progress: { meter.show($0) })
    try output.flush()
    meter.clear()
    if logLevel >= .warning { StandardError.print(summary.sentence(end: end)) }
  }
}

/// The share that is done, on standard error where that is a terminal.
private struct ProgressMeter {
  private let isTerminal = StandardError.isTerminal
  private var shown = -1

  mutating func show(_ share: Double) {
    let percent = Int(share * 100)
    guard isTerminal, percent != shown else { return }
    shown = percent
    StandardError.write("\rreplaying \(percent) %")
  }

  mutating func clear() {
    if isTerminal && shown >= 0 { StandardError.write("\r\u{1B}[K") }
  }
}

extension HeadlessReplay.Summary {
  fileprivate func sentence(end: Timestamp) -> String {
    var parts = [
      counted(transitions, "transition"), counted(samples, "sample"), counted(events, "event"),
    ]
    if late > 0 { parts.append("\(late) late") }
    if rejects > 0 { parts.append("\(counted(rejects, "record")) rejected") }
    return "replayed to \(end): " + parts.joined(separator: ", ")
  }
}
