import Documents

/// `record:` of the configuration: where the daemon keeps what it received, and for how long.
package struct RecordSetting: Hashable, Sendable {
  /// A folder.
  package var path: String
  /// Nil: for ever.
  package var keepMilliseconds: Int64?

  package init(path: String, keepMilliseconds: Int64? = nil) {
    self.path = path
    self.keepMilliseconds = keepMilliseconds
  }

  /// `{path: /var/lib/meridian/recordings, keep: 30d}`; a relative path starts from the file's folder.
  static func read(_ node: Node, relativeTo file: String) throws(Fault) -> RecordSetting {
    if let fault = node.unknownKeys(["path", "keep"]).first { throw fault }
    let path = FileBytes.resolve(try node.required("path").string(), relativeTo: file)
    guard let keep = node["keep"] else { return RecordSetting(path: path) }
    let milliseconds = try keep.durationMilliseconds()
    guard milliseconds > 0 else { throw keep.fault("a duration above zero, as 30d") }
    return RecordSetting(path: path, keepMilliseconds: milliseconds)
  }
}
