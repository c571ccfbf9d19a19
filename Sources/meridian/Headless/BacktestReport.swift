import Monitoring
import Telemetry

/// What a backtest found, for people, programs and spreadsheets.
struct BacktestReport {
  let result: BacktestResult
  let recordings: [String]

  /// `DatapointsToAlarm=2 Threshold=10`; empty for the alarm as it is defined.
  static func title(_ choices: [AlarmVariation.Choice]) -> String {
    choices.map { "\($0.field.rawValue)=\($0.value)" }.joined(separator: " ")
  }

  var days: Double { Double(result.end - result.start) / 86_400_000 }

  /// One row for each variant.
  var csv: String {
    var lines = [
      "alarm,variant,series,firings,alarm_seconds,flaps,windows,windows_detected,"
        + "mean_seconds_to_detect,false_alarms,false_alarms_per_day,nab_score,nab_threshold"
    ]
    for outcome in result.outcomes {
      let windows = outcome.detections
      let cells: [String] = [
        outcome.variant.name, Self.title(outcome.variant.choices), "\(outcome.instances.count)",
        "\(outcome.firings)", number(Double(outcome.alarmMilliseconds) / 1000),
        "\(outcome.flaps)", "\(windows.count)", "\(windows.count { $0.afterMilliseconds != nil })",
        number(outcome.meanMillisecondsToDetect.map { Double($0) / 1000 }),
        outcome.falseAlarms.map(String.init) ?? "",
        number(outcome.falseAlarmsPerDay(result)), number(outcome.score?.value),
        number(outcome.score?.threshold),
      ]
      lines.append(cells.map(quoted).joined(separator: ","))
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Each datapoint of each series, with what an anomaly detector made of it.
  ///
  /// One series as the Numenta Anomaly Benchmark's results have it; of several alarms the first.
  var pointsCSV: String {
    var text = "series,timestamp,value,anomaly_score,lower,upper\n"
    for instance in result.outcomes.first?.instances ?? [] {
      let name = quoted(instance.metric?.name ?? "")
      for point in instance.points {
        text += "\(name),\(point.time),\(point.value),\(number(point.anomalyScore)),"
        text += "\(number(point.band?.lower)),\(number(point.band?.upper))\n"
      }
    }
    return text
  }

  private func number(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "" }
    return Int(exactly: value).map(String.init) ?? String(value)
  }

  private func quoted(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
