import Dashboard
import Monitoring
import Telemetry

/// One frame of the overview at 160x45 over two regions of the generated week.
func measureFrame() {
  var engine = Engine()
  _ = engine.advance(to: Timestamp(seconds: 0))
  let time = Timestamp(seconds: 0)
  let scene = Scene(moment: engine.moment(), mode: .live, now: time)
  let dashboard = Dashboard()
  let frames = 200
  let seconds = medianSeconds {
    for _ in 0..<frames { _ = dashboard.draw(scene, rows: 45, columns: 160) }
  }
  printFigure("frame: built in", seconds / Double(frames) * 1000, "ms")
}
