import Monitoring
import Telemetry

/// Series that are looked for and not there: what that means, since when, and what says so.
struct AbsenceTable {
  let absences: [AbsenceReading]
  let situation: Situation

  func draw(in rect: Rect, selected: Int?, on frame: inout Frame) {
    guard !absences.isEmpty else {
      let text = "all that it should publish is here"
      return _ = frame.canvas.write(text, rect.row, rect.column, .muted, end: rect.endColumn)
    }
    let (list, first) = frame.list(of: absences.count, selected: selected, in: rect)
    Table(columns: Self.columns, rows: absences.map(cells)).draw(
      in: list, from: first, selected: selected, on: &frame.canvas)
    frame.addRows(absences.map(\.identity), from: first, in: list, pane: 1)
  }

  private static let columns: [Table.Column] = [
    .init(" "), .init("MEANS"), .init("SERVICE", priority: 1), .init("METRIC", most: 32),
    .init("SEEN", .right, priority: 2), .init("BECAUSE", isElastic: true, most: 20),
  ]

  private func cells(_ absence: AbsenceReading) -> [Run] {
    let (glyph, role) = Self.marks[absence.meaning] ?? ("?", .unknown)
    let age = situation.age(of: absence.lastSeen)
    return [
      Run(glyph, role), Run(absence.meaning.words, role), Run(absence.service, .text),
      Run(absence.metric, absence.meaning.matters ? .title : .text),
      Run(age.map { Quantities.age($0) } ?? "never", .muted), Run(absence.evidence, .muted),
    ]
  }

  private static let marks: [Absence: (String, Role)] = [
    .zero: ("○", .muted), .unknown: ("?", .unknown), .broken: ("◌", .stale),
    .regionBlind: ("?", .unknown), .roleMoved: ("○", .muted), .neverEnabled: ("·", .muted),
  ]
}
