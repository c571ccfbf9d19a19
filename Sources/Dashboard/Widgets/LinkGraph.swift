import Monitoring
import Telemetry

/// The lag of a link in time, with the lines of its objective and its warning.
struct LinkGraph {
  let link: LinkReading
  let situation: Situation
  let span: Int64
  var isLogarithmic = true

  func draw(in rect: Rect, on frame: inout Frame) {
    let axis = TimeAxis(columns: rect.columns - Graph.gutter, span: span, end: situation.time)
    let points = points(from: axis.start)
    guard link.series != nil || !points.isEmpty else {
      let text =
        link.lagSeconds == nil
        ? "no sample of this link has been seen"
        : "no series: the lag is the age of the newest copy"
      frame.canvas.write(text, rect.row, rect.column, .unknown, end: rect.endColumn)
      return
    }
    var graph = Graph(points: points, span: span, end: situation.time)
    graph.scale = link.secondsPerUnit
    graph.unit = "Seconds"
    graph.isLogarithmic = isLogarithmic
    graph.glyphs = frame.glyphs
    graph.marks = marks
    if let warn = link.warnSeconds {
      graph.limits.append(.init(warn, "warn \(Quantities.limit(warn, unit: "Seconds"))", .warn))
    }
    if let rpo = link.rpoSeconds {
      graph.limits.append(.init(rpo, "RPO \(Quantities.objective(rpo))", .crit))
    }
    graph.draw(in: rect, on: &frame.canvas)
  }

  /// The line of the role: each epoch's series for as long as the epoch lasted.
  private func points(from start: Timestamp) -> [Datapoint] {
    guard !link.segments.isEmpty else {
      return link.series.map {
        situation.store.datapoints(of: $0, from: start, to: situation.time + 1)
      } ?? []
    }
    return link.segments.flatMap { segment -> [Datapoint] in
      guard let series = segment.series else { return [] }
      return situation.store.datapoints(
        of: series, from: max(start, segment.start ?? start),
        to: min(situation.time + 1, segment.end ?? situation.time + 1))
    }
  }

  private var marks: [Graph.Mark] {
    link.segments.compactMap { segment in
      segment.start.map { Graph.Mark($0, "epoch \(segment.epoch): \(segment.from) writes") }
    }
  }
}
