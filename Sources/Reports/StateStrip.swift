import Telemetry

extension IncidentReport {
  /// Deployments and regions as rows of coloured time: what was in which state, when.
  var stateStrip: String {
    let rows =
      deployments.map { ($0.name, $0.stretches) } + regions.map { ($0.region, $0.stretches) }
    let rowHeight = 26.0
    let bottom = 6 + rowHeight * Double(rows.count)
    var paper = SVGPaper(from: from, to: to, height: bottom + 22)
    paper.timeAxis(top: 4, bottom: bottom)
    for (index, row) in rows.enumerated() {
      let y = 6 + rowHeight * Double(index)
      paper.text("label", SVGPaper.left - 8, y + 15, row.0, anchor: "end")
      for stretch in row.1 { paper.stretch(stretch, of: row.0, y: y, height: rowHeight - 5) }
    }
    if let began { paper.line("began", paper.x(began), 2, paper.x(began), bottom) }
    return paper.element(label: "States of deployments and regions through the window")
  }
}

extension SVGPaper {
  /// About what a letter of a label takes, in the label's size.
  private static let letterWidth = 8.2

  fileprivate mutating func stretch(
    _ stretch: IncidentReport.Stretch, of name: String, y: Double, height: Double
  ) {
    let (start, end) = (x(stretch.from), x(stretch.to))
    let weight = IncidentReport.weight(of: stretch.state).rawValue
    block(
      "state \(weight)", start, y, end - start, height,
      title: "\(name) \(stretch.state), \(Figures.time(stretch.from)) for "
        + Figures.duration(stretch.seconds))
    if Double(stretch.state.count) * Self.letterWidth + 8 < end - start {
      text("state-name \(weight)", start + 4, y + 14.5, stretch.state)
    }
  }
}
