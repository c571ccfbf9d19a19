#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Where the files that come with meridian are: `sample-metrics`, `Themes`.
///
/// In order: `$MERIDIAN_SHARE`, beside the program, the prefix it is installed under, and the source
/// tree it was built in. Themes and catalog have an embedded copy besides, so a program that was
/// copied alone works too.
package struct ResourceFolders: Sendable {
  package let folders: [String]

  /// Looks around the program at `executable`; nil where it cannot be told.
  package init(executable: String?, environment: (String) -> String?) {
    var folders: [String] = []
    if let share = environment("MERIDIAN_SHARE"), !share.isEmpty { folders.append(share) }
    if let executable {
      let folder = Self.parent(of: executable)
      folders += [folder, Self.parent(of: folder) + "/share/meridian"]
      folders += Self.sourceTree(above: folder).map { [$0] } ?? []
    }
    self.folders = folders
  }

  /// The folders for the running program.
  package static func ofThisProgram(environment: (String) -> String?) -> ResourceFolders {
    ResourceFolders(executable: executablePath(), environment: environment)
  }

  /// The first of the folders that has this file or folder.
  package func find(_ name: String) -> String? {
    folders.lazy.map { $0 + "/" + name }.first { unsafe access($0, R_OK) == 0 }
  }

  /// The package that a program in `.build/…` was built from.
  private static func sourceTree(above folder: String) -> String? {
    var folder = folder
    while folder != "/" && !folder.isEmpty {
      folder = parent(of: folder)
      if unsafe access(folder + "/Package.swift", R_OK) == 0 { return folder }
    }
    return nil
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }

  /// The running program, links resolved; nil where the system does not tell.
  private static func executablePath() -> String? {
    #if canImport(Glibc)
    let path = "/proc/self/exe"
    #else
    let path = CommandLine.arguments.first ?? ""
    #endif
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}
