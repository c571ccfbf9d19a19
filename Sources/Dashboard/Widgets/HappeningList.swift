import Telemetry

/// What happened, newest first, a line each.
struct HappeningList {
  let happenings: [Happening]
  let situation: Situation

  func draw(in rect: Rect, on frame: inout Frame) {
    guard !happenings.isEmpty else {
      frame.canvas.write("nothing yet", rect.row, rect.column, .muted, end: rect.endColumn)
      return
    }
    for (offset, happening) in happenings.prefix(rect.rows).enumerated() {
      let isToday = happening.time.dateText == situation.time.dateText
      let clock =
        isToday
        ? happening.time.clockText
        : String(happening.time.dateText.dropFirst(5)) + " " + happening.time.clockText.prefix(5)
      frame.sentence(
        [
          Run(clock + " ", .muted), Run(happening.standing.glyph + " ", happening.standing.role),
          Run(happening.subject + " ", .title), Run(happening.text, .text),
        ], rect.row + offset, rect.column, end: rect.endColumn)
    }
  }
}
