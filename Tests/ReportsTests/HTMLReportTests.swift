import Testing

@testable import Reports

@Suite
struct HTMLReportTests {
  private let plain = report(text: "orders").html

  @Test
  func `the page needs nothing from elsewhere and runs nothing`() {
    for forbidden in ["<script", "http:", "https:", "src=", "@import", "url(", "<link", " on"] {
      let tags = plain.split(separator: "<").map { $0.prefix { $0 != ">" } }
      let isFree =
        forbidden == " on"
        ? tags.allSatisfy { !$0.contains(" on") } : !plain.contains(forbidden)
      #expect(isFree, "\(forbidden)")
    }
  }

  @Test
  func `every element that is opened is closed, in order`() {
    #expect(unbalanced(plain) == nil)
    #expect(unbalanced(report(text: "<b>&\"'</b>").html) == nil)
  }

  @Test
  func `text from outside stays text`() {
    let hostile = "<img src=x onerror='alert(1)'>\u{1b}[31m\u{202e}&amp;\""
    let page = report(text: hostile).html
    #expect(!page.contains("<img"))
    #expect(!page.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
    #expect(!page.contains("\u{202e}"))
    #expect(
      page.contains(
        "&lt;img src=x onerror=&#39;alert(1)&#39;&gt;\u{FFFD}[31m\u{FFFD}&amp;amp;&quot;"))
  }

  @Test
  func `light, dark and paper each have all colours`() {
    let sets = plain.components(after: ":root {")
    #expect(sets.count == 3)
    let names = sets.map {
      Set($0.prefix { $0 != "}" }.split(separator: " ").filter { $0.hasPrefix("--") })
    }
    #expect(names[0] == names[1] && names[0] == names[2] && names[0].count > 10)
    #expect(plain.contains("prefers-color-scheme: dark") && plain.contains("@media print"))
    for used in plain.components(after: "var(") {
      let name = used.prefix { $0 != ")" }
      #expect(names[0].contains("\(name):"), "\(name)")
    }
  }

  @Test
  func `what is unknown breaks a line`() {
    let report = report(text: "orders")
    let paper = SVGPaper(from: report.from, to: report.to, height: 100)
    let course = paper.course(report.lags[0].points) { $0 }
    #expect(course.count { $0 == "M" } == 2)
  }

  @Test
  func `what is unknown is two dashes`() {
    #expect(plain.contains("<b>--</b> <span>of 10 min, kept: --</span>"))
    #expect(plain.contains("decide --"))
  }

  /// The first element that is closed too early or never; nil: none.
  private func unbalanced(_ page: String) -> String? {
    var open: [Substring] = []
    for piece in page.split(separator: "<").dropFirst(1) {
      let tag = piece.prefix { $0 != ">" }
      let name = tag.prefix { $0 != " " && $0 != "/" }
      if tag.hasPrefix("!") || name == "meta" || tag.hasSuffix("/") { continue }
      guard tag.hasPrefix("/") else {
        open.append(name)
        continue
      }
      let closed = tag.dropFirst()
      guard open.popLast() == closed else { return String(tag) }
    }
    return open.last.map(String.init)
  }
}

extension String {
  fileprivate func components(after mark: String) -> [Substring] {
    var found: [Substring] = []
    var rest = self[...]
    while let range = rest.firstRange(of: mark) {
      rest = rest[range.upperBound...]
      found.append(rest)
    }
    return found
  }
}
