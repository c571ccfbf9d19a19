/// A name cut into the tokens that SEARCH compares.
///
/// New tokens begin at capitals, at digits and after anything that is neither letter nor digit:
/// `CustomCount1` is Custom, Count, 1; `SDBFailure` is SDB, Failure.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html
struct SearchTokens: Hashable, Sendable {
  /// In the order and the case of the name.
  let tokens: [String]
  /// All of them in one, small.
  let whole: String
  /// Whether something other than letters and digits stood in the name.
  let hasDelimiters: Bool

  init(_ name: String) {
    var tokens: [String] = []
    var current: [Character] = []
    func close() {
      if !current.isEmpty { tokens.append(String(current)) }
      current = []
    }
    let characters = Array(name)
    for (index, character) in characters.enumerated() {
      guard let kind = CharacterKind(character) else {
        close()
        continue
      }
      if let last = current.last.flatMap(CharacterKind.init) {
        let next = index + 1 < characters.count ? CharacterKind(characters[index + 1]) : nil
        if kind.beginsToken(after: last, before: next) { close() }
      }
      current.append(character)
    }
    close()
    self.tokens = tokens
    whole = tokens.joined().lowercased()
    hasDelimiters = characters.contains { CharacterKind($0) == nil }
  }

  /// Whether a search for `term` finds this name.
  ///
  /// One token matches in any case. Several must stand in a row, in the same case unless the term
  /// itself has delimiters: `Count1` finds CustomCount1, `count1` does not, `network/errors` finds
  /// NetworkErrors2.
  func contain(_ term: SearchTokens) -> Bool {
    if term.tokens.isEmpty { return false }
    if term.whole == whole { return true }
    let ignoresCase = term.tokens.count == 1 || term.hasDelimiters
    func adapted(_ tokens: [String]) -> [String] {
      ignoresCase ? tokens.map { $0.lowercased() } : tokens
    }
    let (own, wanted) = (adapted(tokens), adapted(term.tokens))
    guard wanted.count <= own.count else { return false }
    return (0...own.count - wanted.count).contains { first in
      own[first..<first + wanted.count].elementsEqual(wanted)
    }
  }
}

private enum CharacterKind {
  case upper, lower, digit

  /// Nil for what is neither letter nor digit.
  init?(_ character: Character) {
    if character.isNumber {
      self = .digit
    } else if character.isLetter {
      self = character.isUppercase ? .upper : .lower
    } else {
      return nil
    }
  }

  /// At a change between letters and digits, at a capital after a small letter, and at the last
  /// capital of several where a small letter follows it.
  func beginsToken(after last: CharacterKind, before next: CharacterKind?) -> Bool {
    switch (last, self) {
    case (.digit, .digit), (.lower, .lower), (.upper, .lower): false
    case (.upper, .upper): next == .lower
    default: true
    }
  }
}
