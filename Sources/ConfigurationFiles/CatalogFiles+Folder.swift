import Documents
import Monitoring

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Catalog {
  /// Reads the users' own services: every `*.yaml` and `*.yml` of a folder, in order of name.
  ///
  /// A folder that is not there holds no services; a file that cannot be read is a fault.
  package static func load(_ directory: String) -> (catalog: Catalog, faults: [Fault]) {
    var texts: [(name: String, text: String)] = []
    var faults: [Fault] = []
    for name in yamlFiles(in: directory) {
      let path = directory + "/" + name
      if let text = contents(of: path) {
        texts.append((path, text))
      } else {
        let problem = unsafe String(cString: strerror(errno))
        faults.append(
          Fault(place: Node.Place(file: path), value: problem, expected: "a readable file"))
      }
    }
    let parsed = parse(texts)
    return (parsed.catalog, faults + parsed.faults)
  }

  private static func yamlFiles(in directory: String) -> [String] {
    guard let folder = unsafe opendir(directory) else { return [] }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      let isDocument = name.hasSuffix(".yaml") || name.hasSuffix(".yml")
      if isDocument, !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  private static func contents(of path: String) -> String? {
    guard let file = unsafe fopen(path, "rb") else { return nil }
    defer { unsafe fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe fread(&block, 1, block.count, file)
      if count == 0 { break }
      bytes += block[..<count]
    }
    return unsafe ferror(file) == 0 ? String(decoding: bytes, as: UTF8.self) : nil
  }
}
