/// HTML in pieces; whatever comes from outside goes through `escaped`.
enum HTML {
  static func escaped(_ outside: String) -> String {
    var result = ""
    for scalar in Figures.clean(outside).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  static func heading(_ title: String) -> String { "<h2>\(escaped(title))</h2>\n" }

  static func paragraph(_ sentence: String, kind: String = "") -> String {
    "<p\(kind.isEmpty ? "" : " class=\"\(kind)\"")>\(escaped(sentence))</p>\n"
  }

  /// Cells that are text; a cell's weight is its colour.
  static func table(_ head: [String], _ rows: [[Cell]]) -> String {
    guard !rows.isEmpty else { return paragraph("None.", kind: "none") }
    let names = head.map { "<th scope=\"col\">\(escaped($0))</th>" }.joined()
    let lines = rows.map { row in
      "<tr>"
        + row.map { cell in
          let kind = cell.weight == .neutral ? "" : " class=\"\(cell.weight.rawValue)\""
          return "<td\(kind)>\(escaped(cell.text))</td>"
        }.joined() + "</tr>\n"
    }.joined()
    return "<div class=\"wide\"><table><thead><tr>\(names)</tr></thead><tbody>\n\(lines)"
      + "</tbody></table></div>\n"
  }

  struct Cell: ExpressibleByStringInterpolation {
    var text: String
    var weight: TimelineEntry.Weight

    init(_ text: String, _ weight: TimelineEntry.Weight = .neutral) {
      (self.text, self.weight) = (text, weight)
    }

    init(stringLiteral text: String) { self.init(text) }
  }
}
