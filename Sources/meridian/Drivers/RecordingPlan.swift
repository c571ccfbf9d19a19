import ConfigurationFiles
import Documents
import Telemetry
import WireFormats

/// What a live driver is to record, before it knows its sources.
struct RecordingPlan {
  var place: Recorder.Place
  /// Its topology and alarms go into line one; where it has none, those of a recording that is read.
  var configuration: ConfigurationFile?
  /// What the recording is called where nothing else says so.
  var name = "meridian"
  /// Whether what files hold already is recorded, too.
  var includesHistory = false

  func recorder(reading header: RecordingHeader?, now: Timestamp) throws(Failure) -> Recorder {
    let line = RecordingHeader(
      name: configuration?.topology?["name"].flatMap { try? $0.string() } ?? header?.name ?? name,
      topology: configuration?.topology ?? header?.topology,
      alarms: configuration?.alarmDocument ?? header?.alarms)
    return try Recorder(place, header: line, now: now)
  }
}
