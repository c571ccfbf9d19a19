/// A label with dynamic expressions, as `[max: ${MAX}] ${PROP('Dim.Cluster')}`.
///
/// An expression that CloudWatch does not have stays as it is written; what a series does not tell is
/// `--`.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/graph-dynamic-labels.html
struct DynamicLabel: Hashable, Sendable {
  private let pieces: [Piece]

  private enum Piece: Hashable {
    case text(String)
    /// What stands between `${` and `}`.
    case expression(String)
  }

  init(_ text: String) {
    var pieces: [Piece] = []
    var rest = text[...]
    while let (before, expression, after) = Self.cut(rest) {
      pieces += [.text(String(before)), .expression(String(expression))]
      rest = after
    }
    pieces.append(.text(String(rest)))
    self.pieces = pieces
  }

  /// The text before the first expression, the expression, and the text behind it.
  private static func cut(_ text: Substring) -> (Substring, Substring, Substring)? {
    var start = text.startIndex
    while let dollar = text[start...].firstIndex(of: "$") {
      let brace = text.index(after: dollar)
      if brace < text.endIndex, text[brace] == "{",
        let end = text[brace...].firstIndex(of: "}")
      {
        return (
          text[..<dollar], text[text.index(after: brace)..<end], text[text.index(after: end)...]
        )
      }
      start = brace
    }
    return nil
  }

  var isDynamic: Bool { pieces.count > 1 }

  /// Its text as far as there is no expression.
  var plainText: String {
    guard case .text(let text) = pieces.first else { return "" }
    return text
  }

  /// Whether it says by itself which series of several it stands at.
  var tellsSeriesApart: Bool {
    pieces.contains { piece in
      guard case .expression(let text) = piece else { return false }
      return text == "LABEL" || text.hasPrefix("PROP(")
    }
  }

  /// The label of a series.
  func filled(_ subject: LabelSubject) -> String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .expression(let text): subject.value(of: text) ?? "${\(text)}"
      }
    }.joined()
  }
}
