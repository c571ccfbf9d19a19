import Testing

@testable import Telemetry

@Suite
struct TimestampTests {
  @Test(arguments: [
    ("2026-11-23T09:00:00Z", 1_795_424_400_000),
    ("2026-11-23T09:00:00.25Z", 1_795_424_400_250),
    ("2026-11-23T09:00:00.250000Z", 1_795_424_400_250),
    ("2026-11-23T09:00:00+00:00", 1_795_424_400_000),
    ("2026-11-23T09:00:00.250+0000", 1_795_424_400_250),
    ("2026-11-23T10:30:00+01:30", 1_795_424_400_000),
    ("2026-11-23 09:00:00", 1_795_424_400_000),
    ("2026-11-23", 1_795_392_000_000),
    ("1969-12-31T23:59:59.999Z", -1),
    ("2000-02-29T00:00:00Z", 951_782_400_000),
  ])
  func `a time in any of the spellings of AWS is read`(_ text: String, _ milliseconds: Int64) {
    #expect(Timestamp(iso8601: text) == Timestamp(milliseconds: milliseconds))
  }

  @Test(arguments: [
    (1.2345, 1235), (-0.5, -500), (1e308, 320_000_000_000_000), (-1e308, -320_000_000_000_000),
    (.infinity, 320_000_000_000_000), (.nan, 0),
  ])
  func `seconds of any size are milliseconds that can be taken from any instant`(
    _ seconds: Double, _ milliseconds: Int64
  ) {
    #expect(Int64(millisecondsOf: seconds) == milliseconds)
    #expect(CivilTime(Timestamp.distantPast - Int64(millisecondsOf: seconds)).second < 60)
  }

  @Test(arguments: [
    "", "2026", "2026-13-01", "2026-02-29", "2026-11-23T24:00:00Z", "2026-11-23T09:00:00X",
    "2026-11-23T09:00:00Z ", "2026-11-23T09:00:00.Z", "23/11/26", "noon",
  ])
  func `what is no time is not read as one`(_ text: String) {
    #expect(Timestamp(iso8601: text) == nil)
  }

  @Test(arguments: [
    ("1795424400", 1_795_424_400_000), ("1795424400.25", 1_795_424_400_250),
    ("1795424400250", 1_795_424_400_250), ("1795424400250000000", 1_795_424_400_250),
  ])
  func `an epoch number has its unit by its magnitude`(_ text: String, _ milliseconds: Int64) {
    #expect(Timestamp(text: text) == Timestamp(milliseconds: milliseconds))
  }

  @Test
  func `each day of four centuries is written and read back`() {
    for day in stride(from: Int64(-80_000), through: 80_000, by: 1) {
      let time = Timestamp(milliseconds: day * 86_400_000 + day & 0xFFFF)
      #expect(Timestamp(iso8601: time.description) == time)
    }
  }

  @Test
  func `times are written as CloudWatch writes them`() {
    let time = Timestamp(milliseconds: 1_661_778_544_685)
    #expect(time.awsText == "2022-08-29T13:09:04.685+0000")
    #expect(time.reasonText == "29/08/22 13:09:04")
    #expect(time.description == "2022-08-29T13:09:04.685Z")
  }

  @Test
  func `flooring goes down on both sides of the epoch`() {
    #expect(Timestamp(milliseconds: 61_000).floored(toMilliseconds: 60_000).milliseconds == 60_000)
    #expect(Timestamp(milliseconds: -1).floored(toMilliseconds: 60_000).milliseconds == -60_000)
    #expect(CivilTime(Timestamp(milliseconds: 0)).weekday == 4)
  }
}
