import Testing

@testable import Telemetry

@Suite
struct TimeZoneTests {
  /// A zone file of version 2 with some changes and the rule for later years.
  static func zoneFile(
    _ rule: String, first: Int32 = 0, changes: [(at: Int64, offset: Int32)] = []
  ) -> [UInt8] {
    func header(_ counts: [Int]) -> [UInt8] {
      Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15) + counts.flatMap { bytes(Int32($0)) }
    }
    func bytes(_ number: Int32) -> [UInt8] {
      (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
    }
    func bytes(_ number: Int64) -> [UInt8] {
      (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
    }
    let types = [first] + changes.map(\.offset)
    var file = header([0, 0, 0, 0, 1, 1]) + [UInt8](repeating: 0, count: 7)
    file += header([0, 0, 0, changes.count, types.count, 1])
    file += changes.flatMap { bytes($0.at) } + changes.indices.map { UInt8($0 + 1) }
    file += types.flatMap { bytes($0) + [0, 0] } + [0]
    return file + [10] + Array(rule.utf8) + [10]
  }

  static func zone(_ rule: String, first: Int32) -> TimeZoneTable {
    TimeZoneTable(zoneFile: zoneFile(rule, first: first))!
  }

  static let berlin = zone("CET-1CEST,M3.5.0,M10.5.0/3", first: 3600)
  static let newYork = zone("EST5EDT,M3.2.0,M11.1.0", first: -18_000)
  static let lordHowe = zone("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", first: 37_800)
  static let santiago = zone("<-04>4<-03>,M9.1.6/24,M4.1.6/24", first: -14_400)

  private func time(_ text: String) -> Timestamp { Timestamp(text: text)! }

  @Test(arguments: [
    (berlin, "2026-03-29T00:59:59Z", 3600), (berlin, "2026-03-29T01:00:00Z", 7200),
    (berlin, "2026-10-25T00:59:59Z", 7200), (berlin, "2026-10-25T01:00:00Z", 3600),
    (newYork, "2026-03-08T06:59:59Z", -18_000), (newYork, "2026-03-08T07:00:00Z", -14_400),
    (newYork, "2026-11-01T06:00:00Z", -18_000), (lordHowe, "2026-01-01T00:00:00Z", 39_600),
    (lordHowe, "2026-04-04T15:00:00Z", 37_800), (berlin, "2099-07-01T00:00:00Z", 7200),
  ])
  func `the rule at the end of a zone file gives the offset of any year`(
    zone: TimeZoneTable, at instant: String, offset: Int64
  ) {
    #expect(zone.offsetSeconds(at: time(instant)) == offset)
  }

  @Test
  func `changes in the file come before its rule, and the first offset before them`() throws {
    let file = Self.zoneFile(
      "<+03>-3", first: 100, changes: [(at: 1000, offset: 7200), (at: 2000, offset: 10_800)])
    let zone = try #require(TimeZoneTable(zoneFile: file))
    let offsets = [999, 1000, 1999, 2000, 9_999_999].map {
      zone.offsetSeconds(at: Timestamp(seconds: $0))
    }
    #expect(offsets == [100, 7200, 7200, 10_800, 10_800])
  }

  @Test
  func `a file cut short, or none at all, is no zone`() {
    let file = Self.zoneFile("CET-1CEST,M3.5.0,M10.5.0/3", changes: [(at: 1000, offset: 7200)])
    for length in 0..<100 { #expect(TimeZoneTable(zoneFile: Array(file.prefix(length))) == nil) }
    #expect(TimeZoneTable(zoneFile: Array("root:x:0:0:root:/root:/bin/sh".utf8)) == nil)
  }

  @Test(arguments: [
    // In spring 02:30 is skipped: it stands for the change itself. In autumn it comes twice.
    (berlin, (2026, 3, 29, 2, 30), "2026-03-29T01:00:00Z"),
    (berlin, (2026, 10, 25, 2, 30), "2026-10-25T00:30:00Z"),
    (berlin, (2026, 7, 1, 0, 0), "2026-06-30T22:00:00Z"),
    (newYork, (2026, 11, 1, 1, 30), "2026-11-01T05:30:00Z"),
    // Santiago has no midnight on 6 September: the day begins at one o'clock.
    (santiago, (2026, 9, 6, 0, 0), "2026-09-06T04:00:00Z"),
  ])
  func `a local time stands for one instant`(
    zone: TimeZoneTable, local: (Int, Int, Int, Int, Int), instant: String
  ) {
    let civil = CivilTime(
      year: local.0, month: local.1, day: local.2, hour: local.3, minute: local.4)
    #expect(zone.instant(civil) == time(instant))
  }

  @Test
  func `every instant's local time leads back to it, or to its twin an hour before`() {
    for zone in [Self.berlin, Self.newYork, Self.lordHowe, Self.santiago] {
      for hour in 0..<(366 * 24) {
        let instant = time("2026-01-01T00:00:00Z") + Int64(hour) * 3_600_000 + 1_800_000
        let back = instant - zone.instant(zone.civilTime(at: instant))
        #expect(back == 0 || back == 3_600_000 || back == 1_800_000)
      }
    }
  }

  @Test
  func `hours begin where the local clock shows a full hour`() {
    let kolkata = TimeZoneTable(fixedOffsetSeconds: 19_800)
    #expect(
      kolkata.floored(time("2026-01-01T10:29:00Z"), toSeconds: 3600) == time("2026-01-01T09:30:00Z")
    )
    // Clocks of Lord Howe go forward half an hour at 2:00 on 4 October: that hour has 90 minutes.
    let after = Self.lordHowe.floored(time("2026-10-03T15:40:00Z"), toSeconds: 3600)
    #expect(after == time("2026-10-03T14:30:00Z"))
    #expect(Self.lordHowe.floored(after - 1, toSeconds: 3600) == time("2026-10-03T13:30:00Z"))
  }

  @Test(arguments: [
    ("Z", 0), ("UTC", 0), ("+05:30", 19_800), ("-0800", -28_800), ("UTC+05:30", 19_800),
    ("GMT-08:00", -28_800), ("+1", 3600), ("UTC", 0),
  ])
  func `offsets are zones`(name: String, offset: Int64) {
    #expect(TimeZones().zone(named: name)?.lastOffsetSeconds == offset)
  }

  @Test(arguments: [
    "", "+", "+5:3", "+19:00", "+05:60", "05:30", "UTC5", "Europe/Berlin", "+-5:00",
  ])
  func `what is no offset is looked for, and not found here`(name: String) {
    #expect(TimeZones().zone(named: name) == nil)
    #expect(TimeZones { _ in Self.berlin }.zone(named: name) == Self.berlin)
  }
}
