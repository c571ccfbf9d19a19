import Telemetry

extension TimeZones {
  /// The zones of this machine: compiled zone files, as the tz database installs them.
  ///
  /// `$TZDIR` comes first where it is set. A name leads to no file outside of these folders.
  package static func ofThisMachine(environment: (String) -> String?) -> TimeZones {
    let folders = [environment("TZDIR")].compactMap { $0 } + ["/usr/share/zoneinfo"]
    return TimeZones { name in
      guard isZoneName(name) else { return nil }
      return folders.lazy.compactMap { FileBytes.read($0 + "/" + name) }
        .compactMap(TimeZoneTable.init(zoneFile:)).first
    }
  }

  /// `Europe/Berlin`, `America/Argentina/Buenos_Aires`, `Etc/GMT+5`.
  private static func isZoneName(_ name: String) -> Bool {
    name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
      part.utf8.first.map { (65...90).contains($0 & 0xDF) } == true
        && part.utf8.allSatisfy { byte in
          (65...90).contains(byte & 0xDF) || (48...57).contains(byte) || "_+-".utf8.contains(byte)
        }
    }
  }
}
