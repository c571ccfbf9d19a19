import Documents
import Testing

@testable import Reports

@Suite
struct MarkdownReportTests {
  @Test
  func `tables keep their columns whatever stands in them`() {
    let text = report(text: "a|b\n`c`\u{1b}").markdown
    var columns = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("|") else {
        columns = 0
        continue
      }
      let bars = unescapedBars(line)
      #expect(columns == 0 || bars == columns, "\(line)")
      columns = bars
    }
    #expect(!text.contains("\u{1b}"))
  }

  @Test
  func `a new day has its heading`() {
    let text = report(text: "orders").markdown
    #expect(text.contains("### 2026-01-01\n") && text.contains("### 2026-01-02\n"))
    #expect(text.contains("  - against: orders"))
  }

  @Test
  func `a course is drawn with its gaps`() {
    let points = report(text: "x").lags[0].points
    #expect(Sparkline.text(points, isLogarithmic: true) == "▁▁  ▄█")
    #expect(Sparkline.text([], isLogarithmic: false) == "--")
  }

  @Test
  func `the JSON is one object, and unknown is null`() throws {
    let node = try Node.json(Array(report(text: "a\"b\u{1b}").json.utf8))
    let story = try #require(node["deployments"]?.elements?.first)
    #expect(story.entries?.first { $0.key == "rtoAchievedSeconds" }?.value.value == .null)
    #expect(try story["rpoAchievedSeconds"]?.number() == 40.1)
    let gap = node["lags"]?.elements?.first?["points"]?.elements?[2]
    #expect(gap?.entries?.first { $0.key == "lagSeconds" }?.value.value == .null)
    #expect(node["timeline"]?.elements?.count == 2)
  }

  @Test(
    arguments: [
      (0, "0 s"), (0.41, "410 ms"), (40.12, "40.1 s"), (59.99, "60 s"), (60.4, "60.4 s"),
      (760, "12 min 40 s"), (11_100, "3 h 5 min"), (187_200, "2 d 4 h"), (-90, "-90 s"),
      (180, "3 min"),
    ] as [(Double, String)])
  func `durations are read without counting`(seconds: Double, text: String) {
    #expect(Figures.duration(seconds) == text)
  }

  private func unescapedBars(_ line: Substring) -> Int {
    var count = 0
    var isEscaped = false
    for character in line {
      if character == "|", !isEscaped { count += 1 }
      isEscaped = character == "\\" && !isEscaped
    }
    return count
  }
}
