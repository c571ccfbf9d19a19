#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The files a source stands for, in a fixed order.
struct SourceFiles {
  var paths: [String] = []
  /// Whether the user named the file itself, so that a fault in it is the user's to hear.
  var isNamed = false

  init(path: String) throws(InputError) {
    if let status = FileStatus(path: path) {
      isNamed = !status.isFolder
      paths = status.isFolder ? Self.files(within: path, depth: 0) : [path]
      return
    }
    let reason = SystemError()
    guard path.contains(where: { "*?[".contains($0) }) else {
      throw InputError(.inputOutput, "\(path): \(reason)")
    }
    for match in Self.matches(of: path) {
      let isFolder = FileStatus(path: match)?.isFolder ?? false
      paths += isFolder ? Self.files(within: match, depth: 0) : [match]
    }
    if paths.isEmpty { throw InputError(.inputOutput, "\(path): no file matches") }
  }

  /// Folders within folders deeper than this are a loop of links.
  private static let depthLimit = 32

  /// All files below a folder, by name; hidden ones and the truth beside a recording left out.
  private static func files(within folder: String, depth: Int) -> [String] {
    guard depth < depthLimit else { return [] }
    var result: [String] = []
    for name in names(in: folder) where !name.hasPrefix(".") && !name.hasSuffix(".truth.json") {
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      let isFolder = FileStatus(path: path)?.isFolder ?? false
      result += isFolder ? files(within: path, depth: depth + 1) : [path]
    }
    return result
  }

  private static func names(in folder: String) -> [String] {
    guard let stream = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) {
          names.append(unsafe String(cString: $0))
        }
      }
    }
    return names.sorted()
  }

  private static func matches(of pattern: String) -> [String] {
    var found = unsafe glob_t()
    defer { unsafe globfree(&found) }
    guard unsafe glob(pattern, 0, nil, &found) == 0 else { return [] }
    var paths: [String] = []
    for index in 0..<Int(unsafe found.gl_pathc) {
      if let path = unsafe found.gl_pathv[index] { paths.append(unsafe String(cString: path)) }
    }
    return paths.sorted()
  }
}
