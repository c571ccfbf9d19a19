import Dashboard

/// Turns the bytes of a terminal into keys.
///
/// However the bytes are cut into reads, the keys are the same; only a byte sequence that stops in
/// the middle is settled by time: after `patienceMilliseconds` the caller calls `expire`. What is no
/// key is silent. ESC followed at once by a key counts as the two, as Alt sends it.
struct KeyDecoder {
  /// How long a lone ESC waits for the rest of a sequence: links that cut sequences need longer.
  let escapeMilliseconds: Int

  private var state = State.ground
  private var pending: [UInt8] = []
  /// How many bytes of `pasteEnd` the newest pasted bytes match.
  private var matchedEnd = 0

  static let localEscapeMilliseconds = 25
  static let remoteEscapeMilliseconds = 100
  /// A paste that never ends must not swallow the keyboard.
  private static let pasteMilliseconds = 1000
  /// More than anybody pastes into a filter; what exceeds it is dropped.
  static let pasteLimit = 65_536
  /// Longer than any sequence with a meaning.
  private static let sequenceLimit = 32
  private static let pasteEnd = Array("\u{1b}[201~".utf8)

  private enum State: Equatable {
    case ground
    case escape
    /// After ESC [.
    case sequence
    /// After ESC O.
    case single
    /// After ESC [ [: the Linux console's function keys.
    case consoleFunction
    /// After ESC [ M: a mouse report of so many bytes.
    case report(remaining: Int)
    case character(remaining: Int)
    case paste
  }

  init(escapeMilliseconds: Int = localEscapeMilliseconds) {
    self.escapeMilliseconds = escapeMilliseconds
  }

  /// How long to wait for more bytes before `expire`; nil when nothing is unfinished.
  var patienceMilliseconds: Int? {
    switch state {
    case .ground: nil
    case .paste: Self.pasteMilliseconds
    default: escapeMilliseconds
    }
  }

  /// The keys that these bytes complete.
  mutating func decode(_ bytes: some Sequence<UInt8>) -> [Key] {
    var keys: [Key] = []
    for byte in bytes { accept(byte, into: &keys) }
    return keys
  }

  /// Settles what is unfinished: no more bytes came in time.
  mutating func expire() -> [Key] {
    defer { reset() }
    switch state {
    case .escape: return [.escape]
    case .sequence where pending.isEmpty: return [.escape, .character("[")]
    case .single: return [.escape, .character("O")]
    case .paste: return [.paste(String(decoding: pending, as: UTF8.self))]
    default: return []
    }
  }

  private mutating func reset() {
    state = .ground
    pending.removeAll(keepingCapacity: true)
    matchedEnd = 0
  }

  private mutating func accept(_ byte: UInt8, into keys: inout [Key]) {
    switch state {
    case .ground: acceptPlain(byte, into: &keys)
    case .escape: acceptAfterEscape(byte, into: &keys)
    case .sequence: acceptInSequence(byte, into: &keys)
    case .single: finish(KeySequences.single(byte), into: &keys)
    case .consoleFunction: finish(KeySequences.consoleFunction(byte), into: &keys)
    case .report(let remaining): acceptInReport(byte, remaining: remaining, into: &keys)
    case .character(let remaining): acceptInCharacter(byte, remaining: remaining, into: &keys)
    case .paste: acceptInPaste(byte, into: &keys)
    }
  }

  private mutating func finish(_ key: Key?, into keys: inout [Key]) {
    if let key { keys.append(key) }
    reset()
  }

  private mutating func acceptPlain(_ byte: UInt8, into keys: inout [Key]) {
    switch byte {
    case 0x1b: state = .escape
    case 0xc2...0xdf: begin(byte, remaining: 1)
    case 0xe0...0xef: begin(byte, remaining: 2)
    case 0xf0...0xf4: begin(byte, remaining: 3)
    default: finish(KeySequences.plain(byte), into: &keys)
    }
  }

  private mutating func begin(_ byte: UInt8, remaining: Int) {
    pending = [byte]
    state = .character(remaining: remaining)
  }

  private mutating func acceptAfterEscape(_ byte: UInt8, into keys: inout [Key]) {
    switch byte {
    case UInt8(ascii: "["): state = .sequence
    case UInt8(ascii: "O"): state = .single
    default:
      keys.append(.escape)
      restart(with: byte, into: &keys)
    }
  }

  private mutating func restart(with byte: UInt8, into keys: inout [Key]) {
    reset()
    acceptPlain(byte, into: &keys)
  }

  private mutating func acceptInSequence(_ byte: UInt8, into keys: inout [Key]) {
    switch byte {
    case UInt8(ascii: "[") where pending.isEmpty: state = .consoleFunction
    case UInt8(ascii: "M") where pending.isEmpty: state = .report(remaining: 3)
    case 0x20...0x3f: if pending.count < Self.sequenceLimit { pending.append(byte) }
    case UInt8(ascii: "~") where pending == Array("200".utf8):
      reset()
      state = .paste
    case 0x40...0x7e: finish(KeySequences.control(parameters: pending, final: byte), into: &keys)
    default: restart(with: byte, into: &keys)
    }
  }

  private mutating func acceptInReport(_ byte: UInt8, remaining: Int, into keys: inout [Key]) {
    pending.append(byte)
    state = .report(remaining: remaining - 1)
    if remaining == 1 { finish(KeySequences.oldMouseReport(pending), into: &keys) }
  }

  private mutating func acceptInCharacter(_ byte: UInt8, remaining: Int, into keys: inout [Key]) {
    guard byte & 0xc0 == 0x80 else { return restart(with: byte, into: &keys) }
    pending.append(byte)
    state = .character(remaining: remaining - 1)
    if remaining == 1 { finish(KeySequences.character(pending), into: &keys) }
  }

  private mutating func acceptInPaste(_ byte: UInt8, into keys: inout [Key]) {
    if byte == Self.pasteEnd[matchedEnd] {
      matchedEnd += 1
      if matchedEnd == Self.pasteEnd.count {
        finish(.paste(String(decoding: pending, as: UTF8.self)), into: &keys)
      }
      return
    }
    keep(Self.pasteEnd.prefix(matchedEnd))
    matchedEnd = byte == Self.pasteEnd[0] ? 1 : 0
    if matchedEnd == 0 { keep(CollectionOfOne(byte)) }
  }

  private mutating func keep(_ bytes: some Collection<UInt8>) {
    pending += bytes.prefix(Self.pasteLimit - pending.count)
  }
}
