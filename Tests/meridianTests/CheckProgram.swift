import Foundation

/// The real program, run in a folder of its own that is removed at the end.
final class CheckProgram {
  let folder: String

  /// What a run left.
  struct Result: Equatable {
    var status: Int32
    var output: String
    var errors: String
  }

  init(_ files: [String: String] = [:]) throws {
    folder = FileManager.default.temporaryDirectory.path + "/meridian-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, text) in files { try write(text, to: name) }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func write(_ text: String, to name: String) throws {
    let file = URL(fileURLWithPath: folder + "/" + name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// Runs `meridian` with these arguments in the folder, without a terminal.
  func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Result {
    try run(arguments, environment: environment)
  }

  /// The same, with a file of the folder as standard input.
  func run(
    _ arguments: [String], input: String? = nil, environment: [String: String] = [:]
  ) throws -> Result {
    let process = Process()
    process.executableURL = try Self.program()
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    // Nothing of the machine's own configuration may be found.
    let own = ["HOME": folder, "XDG_CONFIG_HOME": folder + "/none", "PATH": "/usr/bin:/bin"]
    process.environment = own.merging(environment) { $1 }
    let (output, errors) = (try file("stdout"), try file("stderr"))
    process.standardInput =
      try input.map { try FileHandle(forReadingFrom: URL(fileURLWithPath: folder + "/" + $0)) }
      ?? FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: try text("stdout"), errors: try text("stderr"))
  }

  private func file(_ name: String) throws -> FileHandle {
    try write("", to: name)
    return try FileHandle(forWritingTo: URL(fileURLWithPath: folder + "/" + name))
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
  }

  /// The program stands beside the test bundle.
  private static func program() throws -> URL {
    let bundle = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
    let program = bundle.deletingLastPathComponent().appendingPathComponent("meridian")
    guard FileManager.default.isExecutableFile(atPath: program.path) else {
      throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: program.path])
    }
    return program
  }
}

extension CheckProgram {
  /// Metric Streams JSON: one sample a minute from 2026-01-01 on, of the metric that `lagAlarm` watches.
  static func lag(_ values: [Double], region: String = "eu-west-1", arrivalDelay: Int? = nil)
    -> String
  {
    values.enumerated().map { minute, value in
      let time = 1_767_225_600_000 + minute * 60_000
      let arrival = arrivalDelay.map { #","arrival":\#(time + $0)"# } ?? ""
      return """
        {"metric_stream_name":"m","account_id":"111122223333","region":"\(region)",\
        "namespace":"AWS/RDS","metric_name":"ReplicaLag",\
        "dimensions":{"DBInstanceIdentifier":"orders"},"timestamp":\(time),\
        "value":{"count":1,"sum":\(value),"max":\(value),"min":\(value)},"unit":"Seconds"\(arrival)}

        """
    }.joined()
  }

  /// A `meridian.yaml` with one alarm: lag above 5 s.
  static func lagAlarm(severity: String = "critical", more: String = "") -> String {
    """
    MetricAlarms:
      - AlarmName: orders-lag
        Namespace: AWS/RDS
        MetricName: ReplicaLag
        Dimensions: [{Name: DBInstanceIdentifier, Value: orders}]
        Period: 60
        EvaluationPeriods: 1
        Statistic: Average
        Threshold: 5
        ComparisonOperator: GreaterThanThreshold
        Tags: [{Key: severity, Value: \(severity)}]
    \(more)
    """
  }
}
