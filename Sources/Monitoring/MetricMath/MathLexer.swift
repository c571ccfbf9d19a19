/// A word, number, string or sign of an expression, and the column it begins in.
struct MathToken: Hashable, Sendable {
  var column: Int
  var kind: Kind

  enum Kind: Hashable, Sendable {
    case number(Double)
    /// An Id, a function, a keyword.
    case word(String)
    case string(String)
    case symbol(String)
    case end
  }

  /// The token as a person would name it.
  var text: String {
    switch kind {
    case .number(let number): number.description
    case .word(let word): "'\(word)'"
    case .string(let string): "the string '\(string)'"
    case .symbol(let symbol): "'\(symbol)'"
    case .end: "the end"
    }
  }
}

/// Cuts an expression into tokens.
struct MathLexer {
  private let characters: [Character]
  private var position = 0
  private var tokens: [MathToken] = []

  /// Longer signs first.
  private static let symbols = [
    "==", "!=", "<=", ">=", "&&", "||", "+", "-", "*", "/", "^", "<", ">", "(", ")", "[", "]", ",",
  ]

  private init(_ text: String) { characters = Array(text) }

  /// All tokens; the last one is the end.
  static func tokens(of text: String) throws(MathFault) -> [MathToken] {
    var lexer = MathLexer(text)
    while let character = lexer.current {
      try lexer.scan(character)
    }
    lexer.append(.end, at: lexer.position)
    return lexer.tokens
  }

  private var current: Character? { position < characters.count ? characters[position] : nil }

  private mutating func append(_ kind: MathToken.Kind, at start: Int) {
    tokens.append(MathToken(column: start + 1, kind: kind))
  }

  private mutating func scan(_ character: Character) throws(MathFault) {
    let start = position
    if character.isWhitespace {
      position += 1
    } else if character.isDigit || character == "." {
      append(.number(try number()), at: start)
    } else if character.isWordStart {
      append(.word(take { $0.isWordStart || $0.isDigit }), at: start)
    } else if character == "'" || character == "\"" {
      append(.string(try string(quote: character)), at: start)
    } else if let symbol = Self.symbols.first(where: { starts(with: $0) }) {
      position += symbol.count
      append(.symbol(symbol), at: start)
    } else {
      throw MathFault(start + 1, "'\(character)' has no meaning in metric math")
    }
  }

  private func starts(with symbol: String) -> Bool {
    characters[position...].starts(with: symbol)
  }

  private mutating func take(while belongs: (Character) -> Bool) -> String {
    let start = position
    while let character = current, belongs(character) { position += 1 }
    return String(characters[start..<position])
  }

  /// Digits with a fraction and an exponent, which may be missing.
  private mutating func number() throws(MathFault) -> Double {
    let start = position
    var text = take { $0.isDigit || $0 == "." }
    if current == "e" || current == "E" { text += exponent() }
    guard let number = Double(text), number.isFinite else {
      throw MathFault(start + 1, "'\(text)' is not a number")
    }
    return number
  }

  private mutating func exponent() -> String {
    let start = position
    position += 1
    if current == "-" || current == "+" { position += 1 }
    if take(while: \.isDigit).isEmpty { position = start }
    return String(characters[start..<position])
  }

  /// A string runs to the next quote of its kind; a backslash before a quote keeps it, any other stays.
  private mutating func string(quote: Character) throws(MathFault) -> String {
    let start = position
    var text = ""
    position += 1
    while let character = current, character != quote {
      let next = position + 1 < characters.count ? characters[position + 1] : nil
      if character == "\\", next == quote {
        position += 1
        text.append(quote)
      } else {
        text.append(character)
      }
      position += 1
    }
    guard current != nil else { throw MathFault(start + 1, "the string is not closed") }
    position += 1
    return text
  }
}

extension Character {
  fileprivate var isDigit: Bool { "0" <= self && self <= "9" }

  fileprivate var isWordStart: Bool { isASCII && (isLetter || self == "_") }
}
