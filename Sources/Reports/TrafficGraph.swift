import Telemetry

extension IncidentReport {
  /// The parts of all requests, region over region; a gap where nothing is known.
  var trafficGraph: String {
    let (top, bottom) = (10.0, 170.0)
    var paper = SVGPaper(from: from, to: to, height: bottom + 22)
    paper.timeAxis(top: top, bottom: bottom)
    let y: (Double) -> Double = { bottom - min(1, max(0, $0)) * (bottom - top) }
    for share in [0, 0.25, 0.5, 0.75, 1.0] {
      paper.line("grid", SVGPaper.left, y(share), SVGPaper.right, y(share))
      paper.text("tick", SVGPaper.left - 8, y(share) + 4, Figures.percent(share), anchor: "end")
    }
    var below = traffic.first?.points.map { _ in 0.0 } ?? []
    for (index, series) in traffic.enumerated() {
      let above = zip(below, series.points).map { $0 + ($1.value ?? 0) }
      paper.path(
        "area \(SeriesClass.name(index))", paper.area(below, above, knownColumns, y),
        title: series.region)
      below = above
    }
    if let began { paper.line("began", paper.x(began), top, paper.x(began), bottom) }
    return paper.element(label: "Traffic shares of \(traffic.count) regions")
  }

  /// The runs of columns in which every region's share is known: a part of the whole says nothing.
  private var knownColumns: [Range<Int>] {
    var runs: [Range<Int>] = []
    for column in traffic.first?.points.indices ?? 0..<0
    where traffic.allSatisfy({ $0.points[column].value != nil || $0.isSilent }) {
      if let last = runs.last, last.upperBound == column {
        runs[runs.count - 1] = last.lowerBound..<column + 1
      } else {
        runs.append(column..<column + 1)
      }
    }
    return runs
  }
}

extension TrafficSeries {
  /// Whether nothing was ever known of it.
  fileprivate var isSilent: Bool { points.allSatisfy { $0.value == nil } }
}

extension SVGPaper {
  /// The area between two courses of the same columns.
  fileprivate func area(
    _ below: [Double], _ above: [Double], _ runs: [Range<Int>], _ y: (Double) -> Double
  ) -> String {
    let step = (Self.right - Self.left) / Double(max(1, above.count - 1))
    func place(_ column: Int, _ value: Double) -> String {
      Self.figure(Self.left + step * Double(column)) + " " + Self.figure(y(value))
    }
    return runs.map { run in
      let upper = run.map { place($0, above[$0]) }
      let lower = run.reversed().map { place($0, below[$0]) }
      return "M" + (upper + lower).joined(separator: "L") + "Z"
    }.joined()
  }
}
