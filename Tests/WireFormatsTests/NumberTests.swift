import Testing

@testable import WireFormats

@Suite
struct NumberTests {
  func read(_ text: String) -> Double? {
    var cursor = JSONCursor()
    let bytes = Array(text.utf8)
    let number = cursor.number(in: bytes.span)
    return cursor.position == bytes.count ? number : nil
  }

  @Test
  func aNumberReadsAsTheStandardLibraryReadsIt() {
    var state: UInt64 = 20_260_101
    let random = { (limit: UInt64) -> UInt64 in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 11) % limit
    }
    for round in 0..<50_000 {
      let whole = random(1 << random(53)) * (round % 3 == 0 ? 100 + random(1000) : 1)
      var text = (random(2) == 0 ? "-" : "") + String(whole)
      if random(2) == 0 { text += "." + String(random(1 << random(53))) }
      if random(4) == 0 { text += "e" + String(Int(random(80)) - 40) }
      #expect(read(text)?.bitPattern == Double(text)?.bitPattern, "\(text), round \(round)")
    }
  }

  @Test
  func aDoubleSurvivesBeingPrinted() {
    var state: UInt64 = 7
    for round in 0..<30_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let number = Double(bitPattern: state)
      guard number.isFinite else { continue }
      #expect(read("\(number)")?.bitPattern == number.bitPattern, "\(number), round \(round)")
    }
  }

  @Test(arguments: ["", "-", ".5", "1.", "1e", "1e+", "NaN", "inf", "0x1", "1e999", "- 1", "+1"])
  func whatIsNoNumberIsNone(_ text: String) { #expect(read(text) == nil) }
}
