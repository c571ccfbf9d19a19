import Testing

@testable import Documents

@Suite
struct JSONTests {
  private func parse(_ text: String) throws -> Node {
    try Node.json(Array(text.utf8), file: "a.json")
  }

  @Test
  func `a document keeps its order, its lines and its paths`() throws {
    let node = try parse("{\"b\": 1,\n \"a\": [true, null, {\"c\": \"x\"}]}")
    #expect(node.entries?.map(\.key) == ["b", "a"])
    let inner = node["a"]?.elements?[2]["c"]
    #expect(inner?.place == Node.Place(file: "a.json", line: 2, path: "a[2].c"))
  }

  @Test(arguments: [
    ("\"a\\u00e9\\n\\/\\\"\"", "aé\n/\""), ("\"\\ud83d\\ude00\"", "😀"),
    ("\"\\ud83dx\"", "\u{FFFD}x"), ("\"plain\"", "plain"),
  ])
  func `escapes are read`(_ json: String, _ text: String) throws {
    #expect(try parse(json).value == .string(text))
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\" 1}", "nul", "01x", "\"open", "{\"a\":1}}", "[1 2]", "\"\\x\"", "+",
    "1e999",
  ])
  func `what is no JSON is a fault`(_ text: String) {
    #expect(throws: Fault.self) { try parse(text) }
  }

  @Test
  func `a fault names its line and what was expected`() {
    do {
      _ = try parse("{\n\"a\": 1\n\"b\": 2}")
      Issue.record("no fault")
    } catch let fault as Fault {
      #expect(fault.description == "a.json:3: '\"b\": 2}' is not a comma or }")
    } catch { Issue.record(error) }
  }

  @Test
  func `values that follow one another are all read, up to a bad one`() {
    let (nodes, fault) = Node.jsonSequence(Array("{\"a\":1}\n[2] 3 x".utf8))
    #expect(nodes.count == 3)
    #expect(fault?.place.line == 2)
  }

  @Test
  func `nesting has a limit instead of a crash`() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: Fault.self) { try parse(deep) }
  }

  @Test
  func `what is written is read back`() throws {
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("name")
      writer.string("a\"\u{1}\u{9B}\n")
      writer.key("values")
      writer.array([1.5, 2, .infinity]) { $0.number($1) }
    }
    #expect(writer.text == #"{"name":"a\"\u0001\u009b\n","values":[1.5,2,null]}"#)
    #expect(try parse(writer.text)["name"]?.value == .string("a\"\u{1}\u{9B}\n"))
  }

  @Test(arguments: [
    ("90s", 90_000), ("15m", 900_000), ("1h30m", 5_400_000), ("500ms", 500), ("2d", 172_800_000),
    ("60", 60_000), ("0.5", 500),
  ])
  func `durations are read`(_ text: String, _ milliseconds: Int64) {
    #expect(parseDuration(text) == milliseconds)
  }

  @Test(arguments: ["", "soon", "5x", "m", "1h30", "-"])
  func `what is no duration is not read`(
    _ text: String
  ) {
    #expect(parseDuration(text) == nil)
  }
}
