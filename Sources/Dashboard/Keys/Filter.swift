/// A filter on lists: all words must occur, in any letter case; a leading `!` turns it round.
package struct Filter: Hashable, Sendable {
  package var text: String

  package init(_ text: String = "") { self.text = text }

  package var isEmpty: Bool { words.isEmpty }

  package func accepts(_ texts: [String]) -> Bool {
    let words = words
    if words.isEmpty { return true }
    let all = texts.joined(separator: " ").lowercased()
    return words.allSatisfy { all.contains($0) } != isInverted
  }

  private var isInverted: Bool { text.hasPrefix("!") }

  private var words: [Substring] {
    (isInverted ? text.dropFirst() : text[...]).lowercased().split(separator: " ").map { $0[...] }
  }
}
