import Monitoring
import Telemetry

/// The lag of a link in time, with the lines of its objective and its warning.
struct LinkGraph {
  let link: LinkReading
  let situation: Situation
  let span: Int64
  var isLogarithmic = true

  func draw(in rect: Rect, on frame: inout Frame) {
    guard let series = link.series else {
      frame.canvas.write(
        "no sample of this link has been seen", rect.row, rect.column, .unknown,
        end: rect.endColumn)
      return
    }
    let axis = TimeAxis(columns: rect.columns - Graph.gutter, span: span, end: situation.time)
    let points = situation.store.datapoints(of: series, from: axis.start, to: situation.time + 1)
    var graph = Graph(points: points, span: span, end: situation.time)
    graph.scale = link.secondsPerUnit
    graph.unit = "Seconds"
    graph.isLogarithmic = isLogarithmic
    graph.glyphs = frame.glyphs
    if let warn = link.warnSeconds {
      graph.limits.append(.init(warn, "warn \(Quantities.limit(warn, unit: "Seconds"))", .warn))
    }
    if let rpo = link.rpoSeconds {
      graph.limits.append(.init(rpo, "RPO \(Quantities.objective(rpo))", .crit))
    }
    graph.draw(in: rect, on: &frame.canvas)
  }
}
