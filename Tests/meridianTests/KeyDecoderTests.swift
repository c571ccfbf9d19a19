import Dashboard
import Testing

@testable import meridian

/// Bytes to keys: tables of what terminals send, and the law that cuts do not matter.
@Suite
struct KeyDecoderTests {
  /// What terminals send, and what it is.
  static let table: [(bytes: String, keys: [Key])] = [
    ("q", [.character("q")]), ("Q?", [.character("Q"), .character("?")]),
    ("é漢🙂", [.character("é"), .character("漢"), .character("🙂")]),
    ("\r", [.enter]), ("\n", [.enter]), ("\t", [.tab]), ("\u{7f}\u{08}", [.backspace, .backspace]),
    ("\u{0c}", [.control("l")]), ("\u{04}\u{15}", [.control("d"), .control("u")]),
    ("\0", [.control(" ")]), ("\u{1c}", [.control("\\")]),
    // Arrows: cursor mode, application mode, with modifiers, rxvt's.
    ("\u{1b}[A\u{1b}[B\u{1b}[C\u{1b}[D", [.up, .down, .right, .left]),
    ("\u{1b}OA\u{1b}OB\u{1b}OC\u{1b}OD", [.up, .down, .right, .left]),
    ("\u{1b}[1;5A\u{1b}[1;2D", [.up, .left]), ("\u{1b}[a\u{1b}Od", [.up, .left]),
    // Home and End: xterm, application mode, tmux and the Linux console, rxvt.
    ("\u{1b}[H\u{1b}[F", [.home, .end]), ("\u{1b}OH\u{1b}OF", [.home, .end]),
    ("\u{1b}[1~\u{1b}[4~", [.home, .end]), ("\u{1b}[7~\u{1b}[8~", [.home, .end]),
    ("\u{1b}[5~\u{1b}[6~\u{1b}[3~", [.pageUp, .pageDown, .delete]), ("\u{1b}[2~", []),
    ("\u{1b}[Z", [.backTab]),
    // Function keys: xterm, the Linux console, the VT220's numbers with their holes.
    ("\u{1b}OP\u{1b}OQ\u{1b}OR\u{1b}OS", (1...4).map { .function($0) }),
    ("\u{1b}[[A\u{1b}[[E", [.function(1), .function(5)]),
    (
      [15, 17, 18, 19, 20, 21, 23, 24].map { "\u{1b}[\($0)~" }.joined(),
      (5...12).map { .function($0) }
    ),
    ("\u{1b}[1;2P\u{1b}[15;5~", [.function(1), .function(5)]),
    // The keypad in application mode.
    (
      "\u{1b}OM\u{1b}Ok\u{1b}Op\u{1b}Oy",
      [.enter, .character("+"), .character("0"), .character("9")]
    ),
    // Alt sends ESC first.
    ("\u{1b}x", [.escape, .character("x")]), ("\u{1b}\u{1b}[A", [.escape, .up]),
    // The mouse: counted from 1 on the wire, from 0 in keys; columns beyond 223 too.
    ("\u{1b}[<0;1;1M", [.mousePress(row: 0, column: 0)]),
    ("\u{1b}[<0;250;45m", [.mouseRelease(row: 44, column: 249)]),
    ("\u{1b}[<32;10;5M", [.mouseDrag(row: 4, column: 9)]),
    (
      "\u{1b}[<64;3;4M\u{1b}[<65;3;4M",
      [.wheelUp(row: 3, column: 2), .wheelDown(row: 3, column: 2)]
    ),
    ("\u{1b}[<80;3;4M", [.wheelUp(row: 3, column: 2)]),
    ("\u{1b}[<2;3;4M\u{1b}[<66;3;4M\u{1b}[<35;3;4M\u{1b}[<0;0;4M\u{1b}[<0;1M", []),
    ("\u{1b}[M !!\u{1b}[M#!!", [.mousePress(row: 0, column: 0), .mouseRelease(row: 0, column: 0)]),
    // Pasted text is one key, whatever is in it.
    ("\u{1b}[200~a\u{1b}[Ab\n\u{1b}[201~c", [.paste("a\u{1b}[Ab\n"), .character("c")]),
    ("\u{1b}[200~\u{1b}\u{1b}[201~", [.paste("\u{1b}")]),
    // Answers of terminals and focus reports are no keys.
    ("\u{1b}[?1;2c\u{1b}[I\u{1b}[0n\u{1b}[?2026;2$y", []),
    // A control character ends a broken sequence and stays itself.
    ("\u{1b}[1;\rx", [.enter, .character("x")]), ("\u{1b}[1;\u{1b}[B", [.down]),
  ]

  @Test(arguments: table.indices)
  func `each sequence is its keys`(index: Int) {
    let (bytes, keys) = Self.table[index]
    var decoder = KeyDecoder()
    #expect(decoder.decode(bytes.utf8) == keys)
    #expect(decoder.patienceMilliseconds == nil)
  }

  @Test(arguments: table.indices)
  func `a cut at any byte changes nothing`(index: Int) {
    let (bytes, keys) = Self.table[index]
    let all = Array(bytes.utf8)
    for cut in 0...all.count {
      var decoder = KeyDecoder()
      #expect(decoder.decode(all[..<cut]) + decoder.decode(all[cut...]) == keys)
    }
  }

  @Test
  func `bytes that are no UTF-8 are silent and hide no neighbour`() {
    for broken: [UInt8] in [
      [0x80], [0xff], [0xc3], [0xe2, 0x82], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xc2, 0x85],
    ] {
      var decoder = KeyDecoder()
      #expect(decoder.decode([97] + broken + [98]) == [.character("a"), .character("b")])
    }
  }

  @Test
  func `what stops in the middle is settled by time`() {
    let cases: [(String, [Key])] = [
      ("\u{1b}", [.escape]), ("\u{1b}[", [.escape, .character("[")]),
      ("\u{1b}O", [.escape, .character("O")]), ("\u{1b}[<0;1", []),
      ("\u{1b}[200~half", [.paste("half")]),
    ]
    for (bytes, keys) in cases {
      var decoder = KeyDecoder()
      #expect(decoder.decode(bytes.utf8) == [])
      #expect(decoder.patienceMilliseconds != nil)
      #expect(decoder.expire() == keys)
      #expect(decoder.patienceMilliseconds == nil)
      #expect(decoder.decode("j".utf8) == [.character("j")])
    }
  }

  @Test
  func `a lone escape waits longer over the network`() {
    for milliseconds in [25, 100] {
      var decoder = KeyDecoder(escapeMilliseconds: milliseconds)
      _ = decoder.decode([0x1b])
      #expect(decoder.patienceMilliseconds == milliseconds)
    }
  }

  @Test
  func `a paste of a megabyte is cut, and the key after it is not lost`() {
    var decoder = KeyDecoder()
    let text = String(repeating: "x", count: 1 << 20)
    let keys = decoder.decode("\u{1b}[200~\(text)\u{1b}[201~q".utf8)
    #expect(keys == [.paste(String(text.prefix(KeyDecoder.pasteLimit))), .character("q")])
  }

  @Test(arguments: [1, 20_251_020, 0xFEED] as [UInt64])
  func `random bytes never trap, and pieces give what the whole gives`(seed: UInt64) {
    var random = SeededBytes(state: seed)
    for _ in 0..<200 {
      let bytes = random.bytes(count: 300)
      var whole = KeyDecoder()
      var pieces = KeyDecoder()
      let keys = whole.decode(bytes)
      #expect(bytes.flatMap { pieces.decode([$0]) } == keys, "seed \(seed)")
      #expect(whole.expire() == pieces.expire(), "seed \(seed)")
    }
  }
}

/// Bytes of which many are parts of sequences.
private struct SeededBytes {
  var state: UInt64
  private static let common = Array("\u{1b}\u{1b}[[O<;~Mm0123456789200~201~AZ".utf8)

  init(state: UInt64) { self.state = state }

  mutating func bytes(count: Int) -> [UInt8] {
    (0..<count).map { _ in
      let number = next()
      let byte = UInt8(truncatingIfNeeded: number >> 8)
      return number % 4 == 0 ? byte : Self.common[Int(byte) % Self.common.count]
    }
  }

  /// Steele's SplitMix64.
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
