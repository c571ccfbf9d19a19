/// The characters of a rule, from left to right.
struct AlarmExpressionScanner {
  private let characters: [Character]
  private var position = 0

  init(_ text: String) { characters = Array(text) }

  private static let separators: Set<Character> = ["(", ")", ","]
  private static let comparisonSigns: Set<Character> = [">", "<", "=", "!"]

  var isAtEnd: Bool {
    var copy = self
    copy.skipSpace()
    return copy.position == characters.count
  }

  mutating func skipSpace() {
    while position < characters.count, characters[position].isWhitespace { position += 1 }
  }

  func isNext(_ character: Character) -> Bool {
    var copy = self
    return copy.skip(character)
  }

  mutating func skip(_ character: Character) -> Bool {
    skipSpace()
    guard position < characters.count, characters[position] == character else { return false }
    position += 1
    return true
  }

  /// Skips a whole word; a longer word that begins with it stays.
  mutating func skip(word: String) -> Bool {
    var copy = self
    guard copy.word() == word else { return false }
    self = copy
    return true
  }

  /// Everything up to a space, bracket or comma; empty where there is nothing.
  mutating func word() -> String { take { !$0.isWhitespace && !Self.separators.contains($0) } }

  /// Everything up to a space, bracket, comma or comparison sign.
  mutating func operand() -> String {
    take {
      !$0.isWhitespace && !Self.separators.contains($0) && !Self.comparisonSigns.contains($0)
    }
  }

  private mutating func take(_ belongs: (Character) -> Bool) -> String {
    skipSpace()
    let start = position
    while position < characters.count, belongs(characters[position]) { position += 1 }
    return String(characters[start..<position])
  }

  mutating func require(_ character: Character) throws(AlarmExpressionError) {
    if !skip(character) { throw unsupported(instead: "'\(character)'") }
  }

  /// A name or ARN: plain, or in quotes with `\"` inside.
  mutating func argument() throws(AlarmExpressionError) -> String {
    let start = self
    guard isNext("\"") else {
      let text = word()
      if text.isEmpty { throw start.unsupported() }
      return text
    }
    guard let text = quoted(), !text.isEmpty else { throw start.unsupported() }
    return text
  }

  private mutating func quoted() -> String? {
    guard skip("\"") else { return nil }
    var text = ""
    while position < characters.count {
      let character = characters[position]
      position += 1
      if character == "\"" { return text }
      if character == "\\", position < characters.count, "\"\\".contains(characters[position]) {
        text.append(characters[position])
        position += 1
      } else {
        text.append(character)
      }
    }
    return nil
  }

  /// `, eu-west-1` where it follows.
  mutating func trailingRegion() -> String? {
    var copy = self
    guard copy.skip(",") else { return nil }
    let region = copy.word()
    let parts = region.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 3, parts.dropLast().allSatisfy({ $0.count > 1 }),
      let number = parts.last, !number.isEmpty, number.allSatisfy(\.isNumber)
    else { return nil }
    self = copy
    return region
  }

  mutating func comparison() -> EstateCondition.Comparison? {
    skipSpace()
    return EstateCondition.Comparison.allCases.first { sign in
      guard characters[position...].starts(with: sign.rawValue) else { return false }
      position += sign.rawValue.count
      return true
    }
  }

  /// What has been read since an earlier place, without the spaces around it.
  func text(since start: AlarmExpressionScanner) -> String {
    var start = start
    start.skipSpace()
    return String(characters[start.position..<position])
  }

  /// CloudWatch's complaint about the token that comes next.
  func unsupported(instead expected: String? = nil) -> AlarmExpressionError {
    var copy = self
    copy.skipSpace()
    let place = copy.position
    let start = copy
    if copy.isNext("\"") { _ = copy.quoted() } else { _ = copy.word() }
    if copy.position == place, place < characters.count { copy.position += 1 }
    let token = place == characters.count ? "<EOF>" : copy.text(since: start)
    let remedy = expected.map { ", must be: \($0)" } ?? ""
    return AlarmExpressionError(
      message: "Error in AlarmRule [Unsupported token '\(token)' at char \(place)\(remedy)]")
  }
}
