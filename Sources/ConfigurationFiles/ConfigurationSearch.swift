import Documents

/// Where `meridian.yaml` is looked for; the first place that has one wins.
package struct ConfigurationSearch: Sendable {
  /// The places in order of precedence.
  package let places: [Place]

  /// `explicit` is what the user gave with `--config`; `environment` reads an environment variable.
  package init(explicit: String?, environment: (String) -> String?) {
    var places: [Place] = []
    if let explicit { places.append(Place(origin: "--config", path: explicit, isNamed: true)) }
    if let path = environment("MERIDIAN_CONFIG"), !path.isEmpty {
      places.append(Place(origin: "$MERIDIAN_CONFIG", path: path, isNamed: true))
    }
    places.append(Place(origin: "the current folder", path: "meridian.yaml"))
    if let folder = Self.userFolder(environment) {
      places.append(Place(origin: "the user's folder", path: folder + "/meridian/meridian.yaml"))
    }
    places.append(Place(origin: "the system's folder", path: "/etc/meridian/meridian.yaml"))
    self.places = places
  }

  /// One place and who named it.
  package struct Place: Hashable, Sendable {
    /// For `doctor` and messages: `--config`, `$MERIDIAN_CONFIG`, "the current folder".
    package var origin: String
    package var path: String
    /// Whether the user named this very file, so that its absence is a mistake.
    package var isNamed = false

    package var isExplicit: Bool { origin == "--config" }
  }

  /// The place that wins; nil where there is no configuration at all.
  ///
  /// A file that the user named and that cannot be read is a fault, not a reason to look further.
  package func find() throws(Fault) -> Place? {
    for place in places {
      if FileBytes.isReadableFile(place.path) { return place }
      guard !place.isNamed else {
        throw Fault(
          place: Node.Place(path: place.origin), value: place.path, expected: "a readable file")
      }
    }
    return nil
  }

  private static func userFolder(_ environment: (String) -> String?) -> String? {
    if let folder = environment("XDG_CONFIG_HOME"), folder.hasPrefix("/") { return folder }
    return environment("HOME").map { $0 + "/.config" }
  }
}
