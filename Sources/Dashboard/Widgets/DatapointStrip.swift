import Monitoring
import Telemetry

/// The last periods of an alarm, a cell each, with its evaluation window in brackets.
///
/// Answers "why is it (not) firing" without counting in a graph.
package struct DatapointStrip: Hashable, Sendable {
  package var slots: [Slot]
  package var evaluationPeriods: Int
  package var datapointsToAlarm: Int

  /// One period: its value, and on which side of the threshold it lies.
  package struct Slot: Hashable, Sendable {
    package var start: Timestamp
    package var value: Double?
    package var isBreaching: Bool
  }

  /// The slots that end at an instant, as alarms see them: sliding by the minute.
  package init(
    of alarm: AlarmReading, periods: Int, until time: Timestamp, in store: SeriesStore
  ) {
    let definition = alarm.definition
    evaluationPeriods = max(definition.evaluationPeriods, 1)
    datapointsToAlarm = definition.datapointsToAlarm ?? evaluationPeriods
    let period = Int64(max(definition.periodSeconds, 1)) * 1000
    let end = time.floored(toMilliseconds: period < 60_000 ? 10_000 : 60_000)
    slots = (0..<max(periods, 0)).reversed().map { index in
      let start = end - Int64(index + 1) * period
      let value = alarm.series.flatMap { store.statistics(of: $0, from: start, to: start + period) }
        .map { $0.value(of: definition.statistic) }
      return Slot(
        start: start, value: value, isBreaching: value.map(definition.isBreached) ?? false)
    }
  }

  /// How many of the last evaluation periods breach.
  package var breaching: Int { slots.suffix(evaluationPeriods).count { $0.isBreaching } }
  package var missing: Int { slots.suffix(evaluationPeriods).count { $0.value == nil } }

  /// Draws the strip, and below it the bracket with the count.
  package func draw(_ row: Int, _ column: Int, end: Int, on canvas: inout Canvas) {
    let shown = slots.suffix(max(end - column, 0))
    for (offset, slot) in shown.enumerated() {
      let (scalar, role): (UInt32, Role) =
        slot.value == nil ? (0x3F, .unknown) : slot.isBreaching ? (0x25A0, .crit) : (0x25CF, .ok)
      canvas.put(scalar, row, column + offset, role)
    }
    let window = min(evaluationPeriods, shown.count)
    guard window > 0 else { return }
    let first = column + shown.count - window
    drawBracket(row + 1, first, width: window, on: &canvas)
    var text = "\(breaching) of \(evaluationPeriods) breach, \(datapointsToAlarm) needed"
    if missing > 0 { text += ", \(missing) missing" }
    let after = first + window + 1
    let start = after + text.count <= end ? after : max(first - text.count - 1, column)
    canvas.write(text, row + 1, start, .muted, end: end)
  }

  private func drawBracket(_ row: Int, _ first: Int, width: Int, on canvas: inout Canvas) {
    if width == 1 {
      canvas.put(0x2191, row, first, .title)
      return
    }
    canvas.put(0x2570, row, first, .title)
    for column in (first + 1)..<(first + width - 1) { canvas.put(0x2500, row, column, .title) }
    canvas.put(0x256F, row, first + width - 1, .title)
  }
}

extension AlarmDefinition {
  /// Whether a value lies on the wrong side of the threshold; never for a band, which moves.
  package func isBreached(_ value: Double) -> Bool {
    switch comparison {
    case .greaterThanOrEqualToThreshold: value >= threshold
    case .greaterThanThreshold: value > threshold
    case .lessThanThreshold: value < threshold
    case .lessThanOrEqualToThreshold: value <= threshold
    case .lessThanLowerOrGreaterThanUpperThreshold, .lessThanLowerThreshold,
      .greaterThanUpperThreshold:
      false
    }
  }

  /// `>`, `>=`, `<` or `<=`; `outside`, `below` or `above` a band.
  package var comparisonSign: String { comparison.symbol }

  /// `5s`, or `the band`.
  package func limitText(unit: String?) -> String {
    band == nil ? Quantities.limit(threshold, unit: unit) : "the band"
  }

  /// The rule in words: `> 5s for 3 of 5 periods of 60s, missing data breaching`.
  package func rule(unit: String?) -> String {
    let m = datapointsToAlarm ?? evaluationPeriods
    let periods = evaluationPeriods == 1 ? "1 period" : "\(m) of \(evaluationPeriods) periods"
    return "\(statistic.rawValue) \(comparisonSign) \(limitText(unit: unit)) for "
      + "\(periods) of \(Quantities.objective(Double(periodSeconds))), "
      + "missing data: \(treatMissingData.rawValue)"
  }
}
