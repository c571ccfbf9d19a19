/// Time zones by name: offsets are understood here, IANA names come from the edge.
package struct TimeZones: Sendable {
  private let find: @Sendable (String) -> TimeZoneTable?

  /// `find` gives the table of an IANA name such as `Europe/Berlin`; nil where there is none.
  package init(_ find: @escaping @Sendable (String) -> TimeZoneTable? = { _ in nil }) {
    self.find = find
  }

  /// `America/New_York`, `+05:30`, `Z`, `UTC`, `UTC+05:30`, `GMT-08:00`; nil for what is no zone.
  package func zone(named name: String) -> TimeZoneTable? {
    if ["Z", "UTC", "GMT", "Etc/UTC"].contains(name) { return .utc }
    let prefix = ["UTC", "GMT"].first { name.hasPrefix($0) } ?? ""
    if let offset = Self.offset(name.dropFirst(prefix.count)) {
      return TimeZoneTable(fixedOffsetSeconds: offset)
    }
    return find(name)
  }

  /// `+05:30`, `-0800`, `+5`: seconds east of UTC, at most 18 hours.
  private static func offset(_ text: Substring) -> Int64? {
    guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
    let digits = text.dropFirst()
    let parts = digits.split(separator: ":", omittingEmptySubsequences: false)
    let isCompact = parts.count == 1 && digits.count == 4
    let hours = isCompact ? digits.prefix(2) : parts[0]
    let minutes = isCompact ? digits.suffix(2) : parts.count == 2 ? parts[1] : "00"
    guard parts.count <= 2, (1...2).contains(hours.count), minutes.count == 2,
      let hour = UInt8(hours), let minute = UInt8(minutes), hour <= 18, minute < 60
    else { return nil }
    let seconds = Int64(hour) * 3600 + Int64(minute) * 60
    return seconds > 18 * 3600 ? nil : sign == "-" ? -seconds : seconds
  }
}
