import Monitoring
import Telemetry

/// The rail of a replay: where columns lie in time.
package struct Rail: Hashable, Sendable {
  package var start: Timestamp
  package var end: Timestamp
  package var columns: Int

  package init(start: Timestamp, end: Timestamp, columns: Int) {
    self.start = start
    self.end = max(end, start + 1)
    self.columns = max(columns, 1)
  }

  /// The column an instant falls into, at the ends for those outside.
  package func column(of time: Timestamp) -> Int {
    let share = Double(time - start) / Double(end - start)
    return min(max(Int(share * Double(columns)), 0), columns - 1)
  }

  /// The middle of a column.
  package func time(of column: Int) -> Timestamp {
    let share = (Double(min(max(column, 0), columns - 1)) + 0.5) / Double(columns)
    return start + Int64(share * Double(end - start))
  }
}

/// The transport of a replay: state, markers, rail and worst lag, at the bottom of every view.
struct TransportStrip {
  let transport: Transport
  let situation: Situation

  /// How many rows it takes in a window.
  static func rows(inRows rows: Int, columns: Int) -> Int {
    if rows >= 36, columns >= 110 { return 9 }
    if rows >= 18, columns >= 50 { return 5 }
    return rows >= 7 ? 1 : 0
  }

  func draw(in rect: Rect, on frame: inout Frame) {
    switch rect.rows {
    case 9: drawBox(rect, on: &frame)
    case 5: drawCompact(rect, on: &frame)
    case 1:
      let end = frame.canvas.write(" \(state) \(speed) ", rect.row, rect.column, .replay)
      let rest = rect.splitColumns(end - rect.column).1.splitColumns(rect.endColumn - end - 1).0
      drawRail(rest, on: &frame)
    default: break
    }
  }

  private func drawBox(_ rect: Rect, on frame: inout Frame) {
    let length = Quantities.duration(transport.end.seconds(since: transport.start))
    let inner = frame.canvas.box(
      rect, title: [Run("Transport", .replay)],
      note: "\(length) recorded · \(transport.start.clockText) .. \(transport.end.clockText) UTC",
      role: .replay)
    drawState(inner.line(0), on: &frame)
    let lane = inner.splitColumns(8).1
    for (offset, name) in [(1, "events"), (2, "rail"), (4, "lag")] {
      frame.canvas.write(name, inner.row + offset, inner.column, .muted)
    }
    drawMarkers(lane.line(1), on: &frame)
    drawRail(lane.line(2), on: &frame)
    drawTicks(lane.line(3), labels: lane.line(5), on: &frame)
    drawLoad(lane.line(4), on: &frame)
    frame.canvas.write(
      "■ alarm  ▲ warning  F failover  ● recovered  • event  ╌ gap in the recording   "
        + "lag: worst of all links per column, full height is its RPO",
      inner.row + 6, inner.column, .muted, end: inner.endColumn)
  }

  private func drawCompact(_ rect: Rect, on frame: inout Frame) {
    frame.canvas.rule(
      rect.line(0),
      title: [Run("\(state) \(speed)", .replay, .bold), Run(" \(remaining)", .muted)],
      note: "\(transport.start.clockText) .. \(transport.end.clockText) UTC", role: .replay)
    let lane = rect.inset(rows: 0, columns: 1)
    drawMarkers(lane.line(1), on: &frame)
    drawRail(lane.line(2), on: &frame)
    drawLoad(lane.line(3), on: &frame)
    drawTicks(nil, labels: lane.line(4), on: &frame)
  }

  private var state: String { transport.isPlaying ? "▶ PLAY" : "‖ PAUSED" }

  private var speed: String { TransportStrip.text(ofSpeed: transport.speed) }

  /// `x8`, `x1/4`, `max`.
  static func text(ofSpeed speed: Double) -> String {
    if speed.isInfinite { return "max" }
    return speed < 1 && speed > 0
      ? "x1/\(Decimals.plain(1 / speed))" : "x\(Decimals.plain(speed))"
  }

  private var remaining: String {
    let left = max(transport.end.seconds(since: transport.playhead), 0)
    guard transport.speed.isFinite, transport.speed > 0 else {
      return "\(Quantities.duration(left)) left"
    }
    return "\(Quantities.duration(left)) left = \(Quantities.duration(left / transport.speed))"
      + " at \(speed)"
  }

  private func drawState(_ line: Rect, on frame: inout Frame) {
    var column = frame.canvas.write("\(state) ", line.row, line.column, .replay, .bold)
    column = line.column + 11
    for choice in Transport.speeds {
      let isChosen = choice == transport.speed
      let text = TransportStrip.text(ofSpeed: choice)
      column = frame.canvas.write(
        text + " ", line.row, column, isChosen ? .replay : .muted,
        isChosen ? [.bold, .underline] : [])
    }
    frame.canvas.write(
      "   playhead \(transport.playhead.dateText) \(transport.playhead.clockText)Z   \(remaining)",
      line.row, column, .text, end: line.endColumn)
  }

  private func rail(_ lane: Rect) -> Rail {
    Rail(start: transport.start, end: transport.end, columns: lane.columns)
  }

  /// Of several markers in a column the worst is drawn.
  private func drawMarkers(_ lane: Rect, on frame: inout Frame) {
    let rail = rail(lane)
    for marker in transport.markers.sorted(by: { $0.kind < $1.kind }) {
      let (glyph, role): (UInt32, Role) =
        switch marker.kind {
        case .event: (0x2022, .info)
        case .recovered: (0x25CF, .ok)
        case .failover: (0x46, .replay)
        case .warning: (0x25B2, .warn)
        case .alarm: (0x25A0, .crit)
        }
      frame.canvas.put(glyph, lane.row, lane.column + rail.column(of: marker.time), role)
    }
    frame.add(Target(lane, .rail(rail)))
  }

  private func drawRail(_ lane: Rect, on frame: inout Frame) {
    guard lane.columns > 0 else { return }
    let rail = rail(lane)
    let playhead = rail.column(of: transport.playhead)
    for column in 0..<lane.columns {
      let isPast = column < playhead
      frame.canvas.put(
        isPast ? 0x2501 : 0x2500, lane.row, lane.column + column,
        isPast ? .replay : .graphFuture)
    }
    for gap in transport.gaps {
      for column in rail.column(of: gap.lowerBound)...rail.column(of: gap.upperBound) {
        frame.canvas.put(0x254C, lane.row, lane.column + column, .graphGap)
      }
    }
    frame.canvas.put(0x2588, lane.row, lane.column + playhead, .title)
    frame.add(Target(lane, .rail(rail)))
  }

  private func drawTicks(_ line: Rect?, labels: Rect, on frame: inout Frame) {
    let rail = rail(labels)
    let count = max(labels.columns / 18, 1)
    var free = labels.column
    for index in 0...count {
      let time = transport.start + (transport.end - transport.start) * Int64(index) / Int64(count)
      let column = labels.column + rail.column(of: time)
      if let line { frame.canvas.put(0x2534, line.row, column, .border) }
      let text = String(time.clockText.prefix(5))
      let start = min(max(column - 2, free), labels.endColumn - 5)
      guard start >= free else { continue }
      free = frame.canvas.write(text, labels.row, start, .muted) + 1
    }
  }

  /// The worst lag of all links against its objective, up to the playhead: what is known.
  private func drawLoad(_ lane: Rect, on frame: inout Frame) {
    let rail = rail(lane)
    let step = (transport.end - transport.start) / Int64(max(lane.columns, 1))
    guard step > 0, lane.columns > 0 else { return }
    for column in 0...rail.column(of: transport.playhead) {
      let from = transport.start + Int64(column) * step
      let to = min(from + max(step, 60_000), transport.playhead + 60_000)
      let worst = situation.links.compactMap { link -> (strain: Double, level: Int)? in
        guard let series = link.series, let rpo = link.rpoSeconds,
          let found = situation.store.statistics(of: series, from: from, to: to)
        else { return nil }
        let lag = found.maximum * link.secondsPerUnit
        return (lag / max(rpo, 0.001), Sparkline.level(lag, objective: rpo))
      }.max { $0.strain < $1.strain }
      guard let worst else {
        frame.canvas.put(0xB7, lane.row, lane.column + column, .graphGap)
        continue
      }
      frame.canvas.put(
        UInt32(0x2580 + worst.level), lane.row, lane.column + column, worst.level == 8 ? .crit : .ok
      )
    }
  }
}
