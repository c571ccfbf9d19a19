import Telemetry

/// Inline SVG of one graph: a time axis, and what is drawn over it.
///
/// Colours are classes, so that the page's style sheet decides them; all text is escaped.
struct SVGPaper {
  static let width = 960.0
  static let left = 150.0
  static let right = 948.0

  let from: Timestamp
  let to: Timestamp
  let height: Double
  private(set) var body = ""

  init(from: Timestamp, to: Timestamp, height: Double) {
    (self.from, self.to, self.height) = (from, to, height)
  }

  /// The whole element; `label` says what it shows to who cannot see it.
  func element(label: String) -> String {
    "<svg viewBox=\"0 0 \(Self.figure(Self.width)) \(Self.figure(height))\" role=\"img\" "
      + "aria-label=\"\(HTML.escaped(label))\">\n\(body)</svg>\n"
  }

  func x(_ time: Timestamp) -> Double {
    guard to > from else { return Self.left }
    let part = Double(time - from) / Double(to - from)
    return Self.left + min(1, max(0, part)) * (Self.right - Self.left)
  }

  mutating func line(
    _ kind: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double
  ) {
    body +=
      "<line class=\"\(kind)\" x1=\"\(Self.figure(x1))\" y1=\"\(Self.figure(y1))\" "
      + "x2=\"\(Self.figure(x2))\" y2=\"\(Self.figure(y2))\"/>\n"
  }

  /// A block with a title that browsers show on hovering.
  mutating func block(
    _ kind: String, _ x: Double, _ y: Double, _ width: Double, _ height: Double, title: String
  ) {
    body +=
      "<rect class=\"\(kind)\" x=\"\(Self.figure(x))\" y=\"\(Self.figure(y))\" "
      + "width=\"\(Self.figure(max(0.5, width)))\" height=\"\(Self.figure(height))\">"
      + "<title>\(HTML.escaped(title))</title></rect>\n"
  }

  mutating func text(
    _ kind: String, _ x: Double, _ y: Double, _ text: String, anchor: String = "start"
  ) {
    body +=
      "<text class=\"\(kind)\" x=\"\(Self.figure(x))\" y=\"\(Self.figure(y))\" "
      + "text-anchor=\"\(anchor)\">\(HTML.escaped(text))</text>\n"
  }

  mutating func path(_ kind: String, _ commands: String, title: String) {
    body +=
      "<path class=\"\(kind)\" d=\"\(commands)\"><title>\(HTML.escaped(title))</title></path>\n"
  }

  /// Ticks at round times, with the date where a day begins.
  mutating func timeAxis(top: Double, bottom: Double) {
    let step = Self.tick(for: to - from)
    var time = Timestamp(milliseconds: (from.milliseconds + step - 1) / step * step)
    while time <= to {
      let x = x(time)
      line("grid", x, top, x, bottom)
      let isMidnight = time.milliseconds % 86_400_000 == 0
      let clock = String(time.clockText.prefix(5))
      if x < Self.right - 12, x > Self.left - 1 {
        text(
          "tick", x, bottom + 14, isMidnight ? String(time.dateText.dropFirst(5)) : clock,
          anchor: "middle")
      }
      time = time + step
    }
  }

  private static let ticks: [Int64] = [
    1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080,
  ]

  /// The smallest round step that makes twelve ticks at most.
  private static func tick(for span: Int64) -> Int64 {
    (ticks.first { $0 * 60_000 * 12 >= span } ?? 43_200) * 60_000
  }

  /// At most one digit after the point: a tenth of a pixel.
  static func figure(_ value: Double) -> String { Figures.short(value) }
}
