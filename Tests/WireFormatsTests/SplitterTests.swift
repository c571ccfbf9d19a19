import Telemetry
import Testing

@testable import WireFormats

@Suite
struct SplitterTests {
  /// What the line splitter makes of a text that comes in pieces of a size.
  func lines(_ text: String, limit: Int, pieces size: Int) -> [String] {
    var splitter = LineSplitter(limit: limit)
    var found: [String] = []
    var rest = Array(text.utf8)[...]
    func add(_ line: LineSplitter.Line, of piece: [UInt8]) {
      switch line {
      case .inPlace(let range): found.append(String(decoding: piece[range], as: UTF8.self))
      case .joined(let bytes): found.append(String(decoding: bytes, as: UTF8.self))
      case .tooLong(let bytes): found.append("! " + String(decoding: bytes, as: UTF8.self))
      }
    }
    while !rest.isEmpty {
      let piece = Array(rest.prefix(size))
      rest = rest.dropFirst(size)
      var position = 0
      while let line = splitter.next(in: piece.span, from: &position) { add(line, of: piece) }
    }
    if let line = splitter.finish() { add(line, of: []) }
    return found
  }

  @Test(arguments: [1, 2, 3, 7, 1000])
  func aLineThatIsTooLongCostsThatLine(_ size: Int) {
    let long = String(repeating: "x", count: 300)
    let text = "a\n\n\(long)\nbcdefgh\n\(long)"
    let excerpt = "! " + long.prefix(200)
    #expect(lines(text, limit: 10, pieces: size) == ["a", "", excerpt, "bcdefgh", excerpt])
  }

  @Test(arguments: [1, 5, 1000])
  func aValueThatIsTooLongCostsThatValue(_ size: Int) {
    let text = "{\"a\":\"\(String(repeating: "x", count: 50))\"}{\"b\":1} [2]"
    var splitter = JSONSplitter(limit: 20)
    var found: [String] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let piece = Array(rest.prefix(size))
      rest = rest.dropFirst(size)
      var position = 0
      while let part = splitter.next(in: piece.span, from: &position) {
        switch part {
        case .value(let bytes, _): found.append(String(decoding: bytes, as: UTF8.self))
        case .garbage(_, _, let reason): found.append("! " + reason)
        }
      }
    }
    #expect(found == ["! longer than 20 bytes", "{\"b\":1}", "[2]"])
  }

  @Test
  func aBrokenEventDoesNotTakeTheNextWithIt() {
    let text = """
      {"source":"a","time":"2026-01-01T00:00:00Z","message":"cut
      {"source":"b","time":"2026-01-01T00:00:00Z"
      {"source":"c","time":"2026-01-01T00:00:00Z"}
      """
    var format = EventJSON(context: DecodingContext(source: "test"))
    var batch = Batch()
    format.decode(Array(text.utf8), into: &batch)
    format.finish(into: &batch)
    #expect(batch.events.map(\.source) == ["c"])
    #expect(batch.rejects.samples.map(\.line) == [1, 2])
  }
}
