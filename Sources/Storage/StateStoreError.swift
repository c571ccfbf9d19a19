/// Why the state of earlier runs cannot be used, as a sentence.
package enum StateStoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Another run holds the state and did not end in time.
  case locked(path: String, waitedMilliseconds: Int64)
  /// The file cannot be opened, read or written, or is no state of ours.
  case unusable(path: String, reason: String)
  /// A later version of meridian wrote it.
  case newer(path: String)

  package var description: String {
    switch self {
    case .locked(let path, let waited):
      "another run still holds the state in \(path) after \(seconds(waited))"
    case .unusable(let path, let reason): "the state in \(path) cannot be used: \(reason)"
    case .newer(let path): "the state in \(path) was written by a later version of meridian"
    }
  }

  private func seconds(_ milliseconds: Int64) -> String {
    milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
  }
}
