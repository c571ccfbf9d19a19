extension SearchExpression {
  /// Reads the string; a fault's column counts from `column`, that of the string's first character.
  static func parse(_ text: String, column: Int) throws(MathFault) -> SearchExpression {
    if text.count > lengthLimit {
      throw MathFault(column, "a search expression has at most \(lengthLimit) characters")
    }
    var parser = SearchParser(text, column: column)
    return try parser.search()
  }
}

/// Reads a search expression by recursive descent.
private struct SearchParser {
  private let characters: [Character]
  private let column: Int
  private var position = 0
  private var depth = 0

  init(_ text: String, column: Int) {
    characters = Array(text)
    self.column = column
  }

  mutating func search() throws(MathFault) -> SearchExpression {
    var search = SearchExpression()
    if skip("{") {
      search.namespace = try name()
      while skip(",") { search.dimensionNames.insert(try name()) }
      guard skip("}") else { throw fault("expected ',' or '}' in the metric schema") }
      _ = skip(",")
    }
    if peek != nil { search.condition = try alternatives() }
    if search.namespace == nil, search.condition == nil {
      throw fault("expected a metric schema in braces, a search term, or both")
    }
    if let character = peek { throw fault("'\(character)' cannot stand here") }
    return search
  }

  private func fault(_ problem: String) -> MathFault {
    let space = characters[position...].prefix { $0.isWhitespace }.count
    return MathFault(column + position + space, problem)
  }

  private mutating func alternatives() throws(MathFault) -> SearchExpression.Condition {
    var left = try conjunction()
    while skipWord("OR") { left = .or(left, try conjunction()) }
    return left
  }

  /// Terms side by side are joined by AND, whether it is written or not.
  private mutating func conjunction() throws(MathFault) -> SearchExpression.Condition {
    var left = try negation()
    while let next = peek, next != ")", !isWord("OR") {
      _ = skipWord("AND")
      left = .and(left, try negation())
    }
    return left
  }

  private mutating func negation() throws(MathFault) -> SearchExpression.Condition {
    depth += 1
    defer { depth -= 1 }
    if depth > MathParser.depthLimit { throw fault("too many brackets in each other") }
    if skipWord("NOT") { return .not(try negation()) }
    guard skip("(") else { return .term(try term()) }
    let inner = try alternatives()
    guard skip(")") else { throw fault("expected ')'") }
    return inner
  }

  private mutating func term() throws(MathFault) -> SearchExpression.Term {
    let first = try value()
    guard skip("=") else {
      return SearchExpression.Term(property: nil, text: first.text, isExact: first.isExact)
    }
    let second = try value()
    return SearchExpression.Term(property: first.text, text: second.text, isExact: second.isExact)
  }

  private mutating func name() throws(MathFault) -> String { try value().text }

  private mutating func value() throws(MathFault) -> (text: String, isExact: Bool) {
    guard let next = peek else { throw fault("expected a search term, found the end") }
    if next == "\"" || next == "'" { return (try quoted(next), true) }
    let text = take { !$0.isWhitespace && !"()\",={}".contains($0) }
    if text.isEmpty { throw fault("expected a search term, found '\(next)'") }
    return (text, false)
  }

  /// Between quotes; a backslash keeps the next character: `"Europe\\France Traffic\(Network\)"`.
  private mutating func quoted(_ quote: Character) throws(MathFault) -> String {
    skipSpace()
    let start = position
    position += 1
    var text = ""
    while position < characters.count, characters[position] != quote {
      if characters[position] == "\\", position + 1 < characters.count { position += 1 }
      text.append(characters[position])
      position += 1
    }
    guard position < characters.count else {
      position = start
      throw fault("the quote is not closed")
    }
    position += 1
    return text
  }

  /// The next character that is not white space.
  private var peek: Character? { characters[position...].first { !$0.isWhitespace } }

  private mutating func skipSpace() {
    while position < characters.count, characters[position].isWhitespace { position += 1 }
  }

  private mutating func take(while belongs: (Character) -> Bool) -> String {
    skipSpace()
    let start = position
    while position < characters.count, belongs(characters[position]) { position += 1 }
    return String(characters[start..<position])
  }

  private mutating func skip(_ character: Character) -> Bool {
    guard peek == character else { return false }
    skipSpace()
    position += 1
    return true
  }

  /// Whether the word comes next, and ends there.
  private func isWord(_ word: String) -> Bool {
    let rest = characters[position...].drop { $0.isWhitespace }
    guard rest.starts(with: word) else { return false }
    return rest.dropFirst(word.count).first.map { $0.isWhitespace || $0 == "(" || $0 == ")" }
      ?? true
  }

  private mutating func skipWord(_ word: String) -> Bool {
    guard isWord(word) else { return false }
    skipSpace()
    position += word.count
    return true
  }
}
