import ArgumentParser
import ConfigurationFiles
import Documents
import Monitoring
import Telemetry

/// `meridian test FILE…`: runs alarm unit tests.
struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Runs alarm unit tests.",
    discussion: """
      A test file feeds data to alarms and says what they must do at which instant. A failing \
      expectation prints the slots the alarm saw, the rule that decided, and a line that can be \
      pasted into the file. Exit code 0: all pass; 1: any fails; 65: a file is malformed.

      EXAMPLES:
        meridian test alarms/lag.test.yaml
        meridian test tests/*.yaml
      """)

  @OptionGroup
  var common: CommonOptions

  @Argument(help: "Test files, YAML or JSON.")
  var files: [String]

  func run() throws {
    var passed = 0
    var failed = 0
    var status = ExitStatus.done
    var output = StandardOutput()
    for file in files {
      do throws(Failure) {
        for result in try Self.results(of: file) {
          if result.passed { passed += 1 } else { failed += 1 }
          for line in Self.lines(result, in: file) { try output.write(sanitised(line) + "\n") }
        }
      } catch {
        StandardError.print(error.sentence)
        status = error.code
      }
    }
    do throws(Failure) {
      try output.write("\(passed) passed, \(failed) failed\n")
      try output.flush()
    } catch {
      status = error.code
    }
    if status == .done, failed > 0 { status = .failed }
    if status != .done { throw ExitCode(status.rawValue) }
  }

  private static func results(of file: String) throws(Failure) -> [AlarmTestResult] {
    guard let bytes = FileBytes.read(file) else {
      throw Failure(.inputOutput, "\(file) cannot be read")
    }
    do throws(Fault) {
      let node = try Node.document(bytes, file: file)
      let zones = TimeZones.ofThisMachine(environment: environmentVariable)
      var alarms = AlarmFiles(relativeTo: file, zones: zones)
      for path in try AlarmTestSuite.alarmFiles(in: node) { try alarms.add(pattern: path) }
      if let fault = alarms.faults.first { throw fault }
      for fault in alarms.unresolved { StandardError.print(fault.description) }
      return try AlarmTestSuite.parse(node, alarms: alarms.documents, zones: zones).run()
    } catch {
      throw Failure(.badData, error.description)
    }
  }

  private static func lines(_ result: AlarmTestResult, in file: String) -> [String] {
    if result.passed { return [] }
    return ["FAILED \(file): \(result.name)"]
      + result.failures.flatMap(\.lines).map { "  " + $0 } + [""]
  }
}
