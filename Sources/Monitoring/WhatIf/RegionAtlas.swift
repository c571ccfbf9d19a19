#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Where the regions are and how long a round trip between two of them takes.
///
/// Data, in a format of its own: the tables stand at the end of the file.
package enum RegionAtlas {
  /// Milliseconds from one region to the other and back: measured where known, else by distance.
  ///
  /// Nil when either region is unknown.
  package static func roundTripMilliseconds(_ first: String, _ second: String) -> Double? {
    guard let a = positions[first], let b = positions[second] else { return nil }
    if let measured = roundTrips[pair(first, second)] { return measured }
    let kilometres = greatCircleKilometres(from: a, to: b)
    return (fallbackBase + fallbackPerKilometre * kilometres).rounded()
  }

  /// The way over the globe between two regions; nil when either is unknown.
  package static func kilometres(_ first: String, _ second: String) -> Double? {
    guard let a = positions[first], let b = positions[second] else { return nil }
    return greatCircleKilometres(from: a, to: b)
  }

  package static func knows(_ region: String) -> Bool { positions[region] != nil }

  /// The code of a region that stands in a text; nil where none does.
  static func code(in text: String) -> String? { codes.first { text.contains($0) } }

  private static let codes = positions.keys.sorted()

  /// A line through all measured pairs: mean error 29 ms.
  private static let fallbackBase = 14.2
  private static let fallbackPerKilometre = 0.01593

  private struct Position {
    var latitude: Double
    var longitude: Double
  }

  private static func pair(_ first: String, _ second: String) -> String {
    first < second ? first + " " + second : second + " " + first
  }

  private static func greatCircleKilometres(from: Position, to: Position) -> Double {
    let degree = Double.pi / 180
    let (a, b) = (from.latitude * degree, to.latitude * degree)
    let halfLatitude = sin((b - a) / 2)
    let halfLongitude = sin((to.longitude - from.longitude) * degree / 2)
    let square = halfLatitude * halfLatitude + cos(a) * cos(b) * halfLongitude * halfLongitude
    return 2 * 6371 * asin(min(1, square.squareRoot()))
  }

  private static let positions: [String: Position] = {
    var result: [String: Position] = [:]
    for line in positionTable.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count == 3, let latitude = Double(fields[1]), let longitude = Double(fields[2])
      else { continue }
      result[String(fields[0])] = Position(latitude: latitude, longitude: longitude)
    }
    return result
  }()

  private static let roundTrips: [String: Double] = {
    var result: [String: Double] = [:]
    var order: [String] = []
    for line in roundTripTable.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard let code = fields.first.map(String.init) else { continue }
      for (other, field) in zip(order, fields.dropFirst()) {
        result[pair(code, other)] = Double(field)
      }
      order.append(code)
    }
    return result
  }()

  /// Region, latitude, longitude.
  ///
  /// AWS names a city or a country only: these are pins on a map.
  private static let positionTable = """
    af-south-1 -33.9249 18.4241
    ap-east-1 22.3193 114.1694
    ap-east-2 25.033 121.5654
    ap-northeast-1 35.6895 139.6917
    ap-northeast-2 37.5665 126.978
    ap-northeast-3 34.6937 135.5023
    ap-south-1 19.076 72.8777
    ap-south-2 17.385 78.4867
    ap-southeast-1 1.3521 103.8198
    ap-southeast-2 -33.8688 151.2093
    ap-southeast-3 -6.2088 106.8456
    ap-southeast-4 -37.8136 144.9631
    ap-southeast-5 3.139 101.6869
    ap-southeast-6 -36.8485 174.7633
    ap-southeast-7 13.7563 100.5018
    ca-central-1 45.5017 -73.5673
    ca-west-1 51.0447 -114.0719
    eu-central-1 50.1109 8.6821
    eu-central-2 47.3769 8.5417
    eu-north-1 59.3293 18.0686
    eu-south-1 45.4642 9.19
    eu-south-2 41.6488 -0.8891
    eu-west-1 53.3498 -6.2603
    eu-west-2 51.5074 -0.1278
    eu-west-3 48.8566 2.3522
    il-central-1 32.0853 34.7818
    me-central-1 25.2048 55.2708
    me-south-1 26.0667 50.5577
    mx-central-1 20.5888 -100.3899
    sa-east-1 -23.5505 -46.6333
    us-east-1 39.0438 -77.4874
    us-east-2 39.9612 -82.9988
    us-west-1 37.7749 -122.4194
    us-west-2 45.8399 -119.7006
    us-gov-east-1 39.9612 -82.9988
    us-gov-west-1 45.8399 -119.7006
    cn-north-1 39.9042 116.4074
    cn-northwest-1 37.5149 105.1967
    eusc-de-east-1 52.4125 12.5316
    """

  /// Milliseconds of a TCP connection, mean of both directions (a sample of cloudping.co).
  ///
  /// Each line holds the region's round trips to the regions of the lines above it, in their order.
  private static let roundTripTable = """
    af-south-1
    ap-east-1 240.5
    ap-northeast-1 355.5 46
    ap-northeast-2 383 37.5 33.5
    ap-northeast-3 362 39 10 24
    ap-south-1 158.5 89 124.5 125 131
    ap-southeast-1 203 37.5 68.5 69.5 75 56
    ap-southeast-2 411.5 127 106.5 141.5 118.5 145.5 93
    ca-central-1 224.5 186 143.5 172 149.5 186.5 209.5 197.5
    eu-central-1 160.5 189 223 223 230.5 110 157.5 249 92
    eu-north-1 177.5 210.5 243 241.5 248.5 130.5 177.5 294.5 107.5 22
    eu-south-1 169.5 179.5 213.5 213 220 101.5 149 238 100 11.5 31
    eu-west-1 158 211.5 201 229.5 207 120 181.5 256 70 26.5 41.5 34.5
    eu-west-2 147 203 210.5 238 216.5 111 171 264.5 78 17 32.5 25 13
    eu-west-3 150.5 197 215.5 245 221 104 166.5 279 83.5 12 30 20 18 9.5
    me-south-1 145 121.5 161.5 157.5 167 35 86 177.5 162.5 86 105 77.5 95.5 87 79.5
    sa-east-1 342.5 299 256.5 285 262.5 297.5 322 311.5 125 204 215 213 176.5 186 194.5 272
    us-east-1 231.5 188 146 174 150.5 185.5 212 198.5 14.5 91.5 111.5 101.5 69.5 76 82.5 160 113.5
    us-east-2 241.5 175.5 134 161.5 138 195.5 200 187 24.5 102 121 110.5 79 86 92.5 170 124 12.5
    us-west-1 291 145.5 108 128 110 227.5 171.5 138.5 79 151 174 160 128 147 142.5 220 172 62 51.5
    us-west-2 273.5 136 97.5 119 99 217.5 161.5 140 60 140.5 157.5 150.5 119 128 134 211.5 174 63.5 51.5 22
    """
}
