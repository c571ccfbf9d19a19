import Foundation

/// A folder of a test's own, removed with it.
final class Scratch {
  let path: String

  init() {
    path = NSTemporaryDirectory() + "meridian-" + UUID().uuidString
    try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func path(of name: String) -> String { "\(path)/\(name)" }

  /// Writes a file, and the folders that lead to it.
  @discardableResult
  func write(_ bytes: some Sequence<UInt8>, to name: String) -> String {
    let file = path(of: name)
    let folder = (file as NSString).deletingLastPathComponent
    try! FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try! Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  @discardableResult
  func write(_ text: String, to name: String) -> String { write(Array(text.utf8), to: name) }

  func append(_ text: String, to name: String) {
    let handle = FileHandle(forWritingAtPath: path(of: name))!
    handle.seekToEndOfFile()
    handle.write(Data(text.utf8))
    try! handle.close()
  }

  func truncate(_ name: String) {
    let handle = FileHandle(forWritingAtPath: path(of: name))!
    try! handle.truncate(atOffset: 0)
    try! handle.close()
  }

  func move(_ name: String, to other: String) {
    try! FileManager.default.moveItem(atPath: path(of: name), toPath: path(of: other))
  }
}
