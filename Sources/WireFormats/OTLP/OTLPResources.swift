import Telemetry

/// The resources that have reported, numbered: most requests repeat one, and a stream's key holds the
/// number in place of all its attributes.
struct OTLPResources: Sendable {
  private var resources: [[UInt8]: OTLPResource] = [:]
  private var byteCount = 0

  /// More processes than an estate has.
  private static let limit = 10_000
  /// What their names take at most: 6 kB each.
  private static let byteLimit = 64 << 20

  /// The resource that a request spelled so before.
  func known(_ name: [UInt8]) -> OTLPResource? { resources[name] }

  /// Whether there is no room for another, and the table must start anew.
  func isFull(for name: [UInt8]) -> Bool {
    resources.count >= Self.limit || byteCount + name.count > Self.byteLimit
  }

  /// Adds a resource, and gives it its number.
  mutating func add(_ name: [UInt8], labels: [Dimension]) -> OTLPResource {
    let resource = OTLPResource(number: resources.count + 1, labels: labels)
    resources[name] = resource
    byteCount += name.count
    return resource
  }
}
