import Dashboard

/// What the byte sequences of common terminals (xterm, tmux, screen, rxvt, the Linux console) mean.
///
/// Modifiers of arrows and function keys are ignored: no key of the dashboard needs them.
enum KeySequences {
  /// A byte by itself.
  static func plain(_ byte: UInt8) -> Key? {
    switch byte {
    case 0x00: .control(" ")
    case 0x08, 0x7f: .backspace
    case 0x09: .tab
    case 0x0a, 0x0d: .enter
    case 0x01...0x1a: .control(Character(UnicodeScalar(byte + 0x60)))
    case 0x1c...0x1f: .control(Character(UnicodeScalar(byte + 0x40)))
    case 0x20...0x7e: .character(Character(UnicodeScalar(byte)))
    default: nil
    }
  }

  /// One scalar in UTF-8; nil for what is none, and for control characters.
  static func character(_ bytes: [UInt8]) -> Key? {
    guard let text = String(validating: bytes, as: UTF8.self),
      let scalar = text.unicodeScalars.first,
      scalar.value >= 0xa0
    else { return nil }
    return .character(Character(scalar))
  }

  /// ESC O and a byte.
  static func single(_ byte: UInt8) -> Key? {
    switch byte {
    case UInt8(ascii: "M"): .enter
    case UInt8(ascii: "X"): .character("=")
    case UInt8(ascii: "j")...UInt8(ascii: "y"): .character(Character(UnicodeScalar(byte - 0x40)))
    default: letter(byte)
    }
  }

  /// ESC [ [ and a byte.
  static func consoleFunction(_ byte: UInt8) -> Key? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "E"): .function(Int(byte - UInt8(ascii: "A")) + 1)
    default: nil
    }
  }

  /// ESC [, parameters, and a final byte.
  static func control(parameters: [UInt8], final: UInt8) -> Key? {
    if parameters.first == UInt8(ascii: "<") {
      return mouseReport(numbers(parameters.dropFirst()), final: final)
    }
    guard let numbers = numbers(parameters[...]) else { return nil }
    guard final == UInt8(ascii: "~") else { return letter(final) }
    return numbers.first.flatMap(numbered)
  }

  private static func letter(_ byte: UInt8) -> Key? {
    switch byte {
    case UInt8(ascii: "A"), UInt8(ascii: "a"): .up
    case UInt8(ascii: "B"), UInt8(ascii: "b"): .down
    case UInt8(ascii: "C"), UInt8(ascii: "c"): .right
    case UInt8(ascii: "D"), UInt8(ascii: "d"): .left
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(byte - UInt8(ascii: "P")) + 1)
    case UInt8(ascii: "Z"): .backTab
    default: nil
    }
  }

  private static func numbered(_ number: Int) -> Key? {
    switch number {
    case 1, 7: .home
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    case 11...15: .function(number - 10)
    case 17...21: .function(number - 11)
    case 23...26: .function(number - 12)
    case 28, 29: .function(number - 13)
    case 31...34: .function(number - 14)
    default: nil
    }
  }

  /// Numbers between semicolons; nil when there is anything else.
  private static func numbers(_ bytes: ArraySlice<UInt8>) -> [Int]? {
    if bytes.isEmpty { return [] }
    var numbers: [Int] = []
    for part in bytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
      guard let number = Int(String(decoding: part.isEmpty ? [48] : part, as: UTF8.self)),
        number >= 0
      else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  /// The reports of mode 1006: button; column; row, counted from 1.
  private static func mouseReport(_ numbers: [Int]?, final: UInt8) -> Key? {
    guard let numbers, numbers.count == 3,
      final == UInt8(ascii: "M") || final == UInt8(ascii: "m")
    else { return nil }
    return mouse(
      button: numbers[0], isRelease: final == UInt8(ascii: "m"), row: numbers[2] - 1,
      column: numbers[1] - 1)
  }

  /// The reports of terminals without mode 1006: three bytes, each 32 more than its number.
  static func oldMouseReport(_ bytes: [UInt8]) -> Key? {
    guard bytes.count == 3, bytes.allSatisfy({ $0 >= 32 }) else { return nil }
    let button = Int(bytes[0]) - 32
    let isRelease = button & 0b1110_0011 == 3
    return mouse(
      button: isRelease ? 0 : button, isRelease: isRelease, row: Int(bytes[2]) - 33,
      column: Int(bytes[1]) - 33)
  }

  /// Bits of a button: 1, 2 which; 4, 8, 16 modifiers; 32 motion; 64 the wheel; 128 further buttons.
  private static func mouse(button: Int, isRelease: Bool, row: Int, column: Int) -> Key? {
    guard row >= 0, column >= 0 else { return nil }
    switch (button & 0b1110_0011, isRelease) {
    case (0, false): return .mousePress(row: row, column: column)
    case (0, true), (32, true): return .mouseRelease(row: row, column: column)
    case (32, false): return .mouseDrag(row: row, column: column)
    case (64, false): return .wheelUp(row: row, column: column)
    case (65, false): return .wheelDown(row: row, column: column)
    default: return nil
    }
  }
}
