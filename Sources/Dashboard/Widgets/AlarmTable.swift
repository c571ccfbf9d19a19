import Monitoring
import Telemetry

/// Alarms as rows, worst first.
struct AlarmTable {
  let alarms: [AlarmReading]
  let situation: Situation
  /// Without a head, with few columns: as parts of other views have it.
  var isShort = false

  func draw(in rect: Rect, selected: Int?, first: Int, on frame: inout Frame) {
    let visible = max(isShort ? rect.rows : rect.rows - 1, 0)
    let shown = Array(alarms.dropFirst(first).prefix(visible))
    let table = Table(columns: columns, rows: shown.map(cells))
    // A table draws its head first; short ones hide it above the clip.
    let area =
      isShort
      ? Rect(row: rect.row - 1, column: rect.column, rows: rect.rows + 1, columns: rect.columns)
      : rect
    let clip = frame.canvas.clip
    frame.canvas.clip = clip.intersection(rect)
    table.draw(in: area, selected: selected.map { $0 - first }, on: &frame.canvas)
    frame.canvas.clip = clip
  }

  private var columns: [Table.Column] {
    [
      .init(" "), .init("STATE", priority: 2), .init("NAME", isElastic: true),
      .init("REGION", priority: 3), .init("VALUE", .right, priority: 4),
      .init("LIMIT", .right, priority: 5), .init("SINCE", .right, priority: 1),
    ]
  }

  private func cells(_ alarm: AlarmReading) -> [Run] {
    let standing = Standing(alarm)
    let unit = situation.unit(of: alarm)
    let isFine = alarm.state == .ok
    let value = situation.newestValue(of: alarm)
    return [
      Run(standing.glyph, standing.role, standing.severity == .critical ? .bold : []),
      Run(alarm.state == .insufficientData ? "INSUFFICIENT" : standing.word, standing.role),
      Run(alarm.name, isFine ? .text : .title),
      Run(alarm.region.map(RegionCode.short) ?? "-", .muted),
      Run(
        Quantities.value(value, unit: unit),
        value == nil ? .unknown : isFine ? .muted : standing.role),
      Run(limit(of: alarm, unit: unit), .muted),
      Run(Quantities.duration(situation.age(of: alarm.stateTransitioned)), .muted),
    ]
  }
}

extension AlarmTable {
  /// `> 5 s`; a composite alarm has a rule in its place.
  private func limit(of alarm: AlarmReading, unit: String?) -> String {
    if alarm.definition.composite != nil { return "composite" }
    return alarm.definition.comparisonSign + " "
      + alarm.definition.limitText(unit: unit)
  }
}

extension Situation {
  /// The unit of what an alarm watches, as data or definition tell it.
  func unit(of alarm: AlarmReading) -> String? {
    alarm.series.flatMap { store.metric($0).unit } ?? alarm.definition.unit
  }

  /// The newest datapoint that an alarm still looks at; nil when its whole range has no data.
  func newestValue(of alarm: AlarmReading) -> Double? {
    DatapointStrip(
      of: alarm, periods: alarm.definition.evaluationRange, until: time, in: store
    ).slots.last { $0.value != nil }?.value
  }
}
