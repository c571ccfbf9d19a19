import ConfigurationFiles
import Telemetry

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The folder of a daemon's recordings: one for each day or start, the oldest removed in time.
///
/// Only files that are named as it names them are ever removed.
struct RecordingFolder {
  private let setting: RecordSetting

  init(_ setting: RecordSetting) { self.setting = setting }

  private static let prefix = "meridian-"
  private static let suffix = ".jsonl.gz"

  /// `meridian-20261126T175800Z.jsonl.gz`: sorted by name is sorted by time.
  func path(at time: Timestamp) -> String {
    let text = time.floored(toMilliseconds: 1000).description
    return setting.path + "/" + Self.prefix + text.filter { $0 != "-" && $0 != ":" } + Self.suffix
  }

  func make() throws(Failure) {
    guard unsafe mkdir(setting.path, 0o755) == 0 || errno == EEXIST else {
      throw Failure(
        .inputOutput, "the folder \(setting.path) cannot be made: \(systemMessage(errno))")
    }
  }

  /// Removes the recordings that ended before what is kept: those followed by one that is old itself.
  func removeOld(_ now: Timestamp) {
    guard let keep = setting.keepMilliseconds else { return }
    let limit = path(at: now - keep)
    let folder = setting.path.map { "*?[]\\".contains($0) ? "\\\($0)" : String($0) }.joined()
    let paths = FileBytes.matches(folder + "/" + Self.prefix + "*Z" + Self.suffix)
    for (path, next) in zip(paths, paths.dropFirst()) where next <= limit { unsafe unlink(path) }
  }
}
