/// The answers, a line each: glyph, question, sentence.
struct AnswerLines {
  let situation: Situation

  func draw(in rect: Rect, on frame: inout Frame) {
    for (offset, answer) in situation.answers.prefix(rect.rows).enumerated() {
      let row = rect.row + offset
      let isBad = answer.standing.severity > .planned
      var column = frame.canvas.write(
        answer.standing.glyph + " ", row, rect.column, answer.standing.role, isBad ? .bold : [])
      column = frame.canvas.write(answer.question, row, column, width: 9, .left, .muted)
      frame.sentence(answer.words, row, column, end: rect.endColumn)
    }
  }
}
