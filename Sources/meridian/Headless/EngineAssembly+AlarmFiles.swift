import Collectors
import ConfigurationFiles
import Documents
import Monitoring
import WireFormats

extension EngineAssembly {
  /// With the alarms of files that the user named, if any, instead of those found elsewhere.
  init(
    configuration: LoadedConfiguration?, header: RecordingHeader?, alarmFiles paths: [String]
  ) throws(Failure) {
    try self.init(configuration: configuration, header: header)
    if paths.isEmpty { return }
    for path in paths where FileBytes.read(path) == nil {
      throw Failure(.inputOutput, "\(path) cannot be read")
    }
    var files = AlarmFiles(zones: .ofThisMachine(environment: environmentVariable))
    for path in paths { files.add(file: path) }
    let (collection, faults) = files.collection
    (alarms, muteRules, alarmFaults) = (collection.alarms, collection.muteRules, faults)
  }

  /// For what was read: a bare table of values is what the alarms are about.
  init(
    configuration: LoadedConfiguration?, timeline: Timeline, alarmFiles paths: [String] = []
  ) throws(Failure) {
    try self.init(configuration: configuration, header: timeline.header, alarmFiles: paths)
    notes = alarms.bindNameless(among: timeline.metrics)
  }

  /// Names the definitions that were skipped, and what was assumed.
  func tellAlarmFaults(_ logLevel: LogLevel) {
    guard logLevel >= .warning else { return }
    for fault in alarmFaults { StandardError.print("alarm definition: \(fault)") }
    notes.forEach(StandardError.print)
  }
}
