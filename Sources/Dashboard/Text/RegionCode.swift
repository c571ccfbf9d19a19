/// Short names of regions for narrow columns: `us-east-1` is `USE1`, `ap-southeast-1` is `APS1`.
package enum RegionCode {
  /// AWS's own billing-like codes: two letters of the area, the direction, the number.
  ///
  /// Directions that begin alike (`south`, `southeast`) are told apart by a second letter, except for
  /// `southeast`, which people write `S`. Other names are cut to four characters.
  package static func short(_ region: String) -> String {
    let parts = region.split(separator: "-")
    guard parts.count == 3, let number = parts.last, number.allSatisfy(\.isNumber),
      let direction = directions[String(parts[1])]
    else { return String(region.prefix(4)).uppercased() }
    return parts[0].uppercased() + direction + number
  }

  private static let directions = [
    "north": "N", "south": "SO", "east": "E", "west": "W", "central": "C", "northeast": "N",
    "southeast": "S", "northwest": "NW", "southwest": "SW",
  ]
}
