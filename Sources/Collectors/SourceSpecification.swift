import WireFormats

/// A SOURCE as it is written on the command line: a path, a folder, a glob, or `-`.
///
/// `?format=NAME` at its end says which format it is in.
package struct SourceSpecification: Hashable, Sendable, CustomStringConvertible {
  package var location: Location
  package var format: String?

  package enum Location: Hashable, Sendable {
    case standardInput
    /// A file, a folder or a glob.
    case path(String)
  }

  package init(location: Location, format: String? = nil) {
    self.location = location
    self.format = format
  }

  package init(_ text: String) throws(InputError) {
    let (path, format) = Self.split(text)
    if let format { try Self.check(format) }
    if let scheme = Self.scheme(of: path) {
      throw InputError(
        .usage,
        "\(path): \(scheme):// sources are not in this version; give files, folders, globs or -")
    }
    guard !path.isEmpty else { throw InputError(.usage, "a source is empty; give a path or -") }
    self.init(location: path == "-" ? .standardInput : .path(path), format: format)
  }

  package var description: String {
    switch location {
    case .standardInput: "-"
    case .path(let path): path
    }
  }

  /// Fails with a sentence that names all formats when there is none of this name.
  package static func check(_ format: String) throws(InputError) {
    guard wireFormat(named: format) == nil else { return }
    let names = allWireFormats.map { $0.name }.joined(separator: ", ")
    throw InputError(.usage, "'\(format)' is not one of the formats \(names)")
  }

  private static func split(_ text: String) -> (path: String, format: String?) {
    let marker = "?format="
    guard let mark = text.lastRange(of: marker) else { return (text, nil) }
    return (String(text[..<mark.lowerBound]), String(text[mark.upperBound...]))
  }

  private static func scheme(of path: String) -> String? {
    guard let mark = path.lastRange(of: "://") else { return nil }
    let scheme = path[..<mark.lowerBound]
    guard let first = scheme.first, first.isLetter,
      scheme.allSatisfy({ $0.isLetter || $0.isNumber || "+-.".contains($0) })
    else { return nil }
    return String(scheme)
  }
}

extension String {
  /// Where a text stands last.
  func lastRange(of text: String) -> Range<Index>? {
    var start = endIndex
    while true {
      if self[start...].hasPrefix(text) {
        return start..<index(start, offsetBy: text.count)
      }
      guard start > startIndex else { return nil }
      start = index(before: start)
    }
  }
}
