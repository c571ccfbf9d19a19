import Telemetry

/// A graph of one series: the band from minimum to maximum of each column, gaps, limits, axes.
package struct Graph: Sendable {
  package var points: [Datapoint]
  /// Multiplies stored values.
  package var scale = 1.0
  package var span: Int64
  package var end: Timestamp
  package var isLogarithmic = false
  package var limits: [Limit] = []
  package var marks: [Mark] = []
  package var glyphs = GlyphSet.unicode
  /// How values are written at the axis.
  package var unit: String?
  /// Which of the statistics are drawn; nil: the band.
  package var statistic: Statistic?

  package init(points: [Datapoint], span: Int64, end: Timestamp) {
    self.points = points
    self.span = span
    self.end = end
  }

  /// A level across the graph with its name, drawn inside at the left.
  package struct Limit: Hashable, Sendable {
    package var value: Double
    package var label: String
    package var role: Role

    package init(_ value: Double, _ label: String, _ role: Role = .threshold) {
      self.value = value
      self.label = label
      self.role = role
    }
  }

  /// An instant at which something changed that the line does not show: who writes.
  package struct Mark: Hashable, Sendable {
    package var time: Timestamp
    package var label: String

    package init(_ time: Timestamp, _ label: String) {
      self.time = time
      self.label = label
    }
  }

  static let gutter = 9

  /// Draws into the rectangle: plot, value axis at the left, time axis in the last two rows.
  package func draw(in rect: Rect, on canvas: inout Canvas) {
    guard rect.rows >= 3, rect.columns >= Self.gutter + 8 else { return }
    let plot = Rect(
      row: rect.row, column: rect.column + Self.gutter, rows: rect.rows - 2,
      columns: rect.columns - Self.gutter)
    let time = TimeAxis(columns: plot.columns, span: span, end: end)
    let values = points.flatMap { [low(of: $0), high(of: $0)] }
    let axis = Axis(
      covering: values, limits: limits.map(\.value), isLogarithmic: isLogarithmic)
    drawAxis(axis, left: rect.column, plot: plot, on: &canvas)
    var raster = Raster(plot: plot, axis: axis, time: time, glyphs: glyphs)
    raster.add(points.map { ($0.time, low(of: $0), high(of: $0)) })
    drawLimits(axis, plot: plot, raster: raster, on: &canvas)
    drawMarks(time, plot: plot, on: &canvas)
    drawBand(raster, plot: plot, axis: axis, on: &canvas)
    drawTimeAxis(time, plot: plot, on: &canvas)
  }

  /// Seconds of the columns drawn at a width, for titles.
  package func columnSeconds(width: Int) -> Double {
    Double(TimeAxis(columns: width - Self.gutter, span: span, end: end).step) / 1000
  }

  private func low(of point: Datapoint) -> Double {
    (statistic.map(point.statistics.value) ?? point.statistics.minimum) * scale
  }

  private func high(of point: Datapoint) -> Double {
    (statistic.map(point.statistics.value) ?? point.statistics.maximum) * scale
  }

  private func drawAxis(_ axis: Axis, left: Int, plot: Rect, on canvas: inout Canvas) {
    var taken: Set<Int> = []
    for limit in limits {
      let row = plot.row + axis.row(of: limit.value, rows: plot.rows)
      guard taken.insert(row).inserted else { continue }
      label(limit.value, row, left, on: &canvas)
    }
    for value in axis.ticks(rows: plot.rows) {
      let row = plot.row + axis.row(of: value, rows: plot.rows)
      guard !taken.contains(row), !taken.contains(row - 1), !taken.contains(row + 1) else {
        continue
      }
      taken.insert(row)
      label(value, row, left, on: &canvas)
    }
  }

  private func label(_ value: Double, _ row: Int, _ left: Int, on canvas: inout Canvas) {
    canvas.write(
      Quantities.limit(value, unit: unit), row, left, width: Self.gutter - 2, .right, .muted)
    canvas.put(0x2524, row, left + Self.gutter - 2, .border)
  }

  private func drawLimits(
    _ axis: Axis, plot: Rect, raster: Raster, on canvas: inout Canvas
  ) {
    for limit in limits {
      let row = plot.row + axis.row(of: limit.value, rows: plot.rows)
      for column in plot.column..<plot.endColumn { canvas.put(0x254C, row, column, limit.role) }
    }
  }

  /// Marks stand behind the data, their names in the first row, on the side that has room.
  private func drawMarks(_ time: TimeAxis, plot: Rect, on canvas: inout Canvas) {
    for mark in marks {
      guard let offset = time.column(of: mark.time) else { continue }
      let column = plot.column + offset
      for row in plot.row..<plot.endRow { canvas.put(0x2506, row, column, .border) }
      let width = mark.label.cells
      if column + 1 + width <= plot.endColumn {
        canvas.write(mark.label, plot.row, column + 1, .muted, end: plot.endColumn)
      } else if offset >= width {
        canvas.write(mark.label, plot.row, column - width, .muted, end: column)
      }
    }
  }

  private func drawBand(_ raster: Raster, plot: Rect, axis: Axis, on canvas: inout Canvas) {
    for row in 0..<plot.rows {
      for column in 0..<plot.columns {
        let scalar = raster.scalar(row: row, column: column)
        guard scalar != 0 else { continue }
        canvas.put(scalar, plot.row + row, plot.column + column, role(raster.highs[column]))
      }
    }
    let base = plot.endRow - 1
    for column in raster.gapColumns {
      canvas.put(0x254C, base, plot.column + column, .graphGap)
    }
    for limit in limits {
      let row = axis.row(of: limit.value, rows: plot.rows)
      let text = " \(limit.label) "
      let start = labelColumn(of: text.cells, row: row, raster: raster, plot: plot)
      canvas.write(
        text, plot.row + row, plot.column + start, limit.role, .bold, end: plot.endColumn)
    }
  }

  /// Where a limit's name hides no data: at the left, else the first free room.
  private func labelColumn(of width: Int, row: Int, raster: Raster, plot: Rect) -> Int {
    var start = 2
    while start + width < plot.columns {
      let used = (start..<(start + width)).last { raster.scalar(row: row, column: $0) != 0 }
      guard let used else { return start }
      start = used + 1
    }
    return 2
  }

  /// A column is drawn in the colour of the worst limit it breaks.
  private func role(_ value: Double?) -> Role {
    guard let value else { return .graphFill }
    let broken = limits.filter { $0.role != .threshold && value >= $0.value }
    return broken.max { $0.value < $1.value }?.role ?? .graphFill
  }

  private func drawTimeAxis(_ time: TimeAxis, plot: Rect, on canvas: inout Canvas) {
    let row = plot.endRow
    for column in plot.column..<plot.endColumn { canvas.put(0x2500, row, column, .border) }
    var free = plot.column - Self.gutter
    for tick in time.ticks {
      canvas.put(0x2534, row, plot.column + tick.column, .border)
      let start = max(plot.column + tick.column - tick.label.count / 2, free)
      guard start + tick.label.count <= plot.endColumn else { continue }
      free = canvas.write(tick.label, row + 1, start, .muted) + 2
    }
  }
}
