import ConfigurationFiles
import Telemetry
import WireFormats

/// Writes what arrives to a recording: to one file, or to a folder with a file for each day.
///
/// It never stops what it records: that a file cannot be written is kept in `failure` until it is taken.
final class Recorder {
  private let place: Place
  private let header: RecordingHeader
  private var file: RecordingFile?
  private var day: String?
  private var failure: Failure?
  private var nextFlush: Timestamp?

  enum Place {
    case file(String)
    case folder(RecordSetting)
  }

  /// What is lost at most when the machine is.
  static let flushMilliseconds: Int64 = 10_000

  /// - Throws: where the file, or the first of the folder, cannot be begun.
  init(_ place: Place, header: RecordingHeader, now: Timestamp) throws(Failure) {
    self.place = place
    self.header = header
    try begin(now)
  }

  /// What has been written, as a sentence; nil before anything.
  var summary: String? {
    file.map {
      "recorded in \($0.path): samples \($0.sampleCount), events \($0.eventCount)"
    }
  }

  func write(_ batch: Batch) {
    do throws(Failure) { try file?.write(batch) } catch { give(up: error) }
  }

  /// Flushes when it is time, and begins a day's file with its first instant.
  func tick(_ now: Timestamp) {
    do throws(Failure) {
      if case .folder = place, now.dateText != day {
        try file?.close()
        try begin(now)
      } else if now >= nextFlush ?? now {
        try file?.flush()
        nextFlush = now + Self.flushMilliseconds
      }
    } catch {
      give(up: error)
    }
  }

  func close() {
    do throws(Failure) { try file?.close() } catch { give(up: error) }
  }

  /// Why nothing is recorded any more; told once.
  func takeFailure() -> Failure? {
    defer { failure = nil }
    return failure
  }

  private func give(up error: Failure) {
    failure = failure ?? error
    file = nil
  }

  private func begin(_ now: Timestamp) throws(Failure) {
    day = now.dateText
    switch place {
    case .file(let path): file = try RecordingFile(path: path, header: header)
    case .folder(let setting):
      let folder = RecordingFolder(setting)
      try folder.make()
      file = try RecordingFile(path: folder.path(at: now), header: header)
      folder.removeOld(now)
    }
  }
}
