import Monitoring
import Telemetry

@testable import Reports

/// A small report whose every text is the one given.
func report(text: String) -> IncidentReport {
  let start = Timestamp(iso8601: "2026-01-01T23:50:00Z") ?? .distantPast
  let minute: (Int64) -> Timestamp = { start + $0 * 60_000 }
  var report = IncidentReport(name: text, from: start, to: minute(20), began: minute(4))
  report.regions = [
    .init(
      region: "us-east-1", role: .primary,
      stretches: [
        .init(from: start, to: minute(5), state: "HEALTHY"),
        .init(from: minute(5), to: minute(20), state: "DOWN"),
      ])
  ]
  var story = DeploymentStory(
    name: text, model: .activePassive,
    stretches: [.init(from: start, to: minute(20), state: "FAILED_OVER")],
    rpo: .init(objectiveSeconds: 60, achievedSeconds: 40.1),
    rto: .init(objectiveSeconds: 600, achievedSeconds: nil))
  (story.writerBefore, story.writerAfter) = (text, nil)
  story.phases = [.init(phase: .detect, seconds: 90), .init(phase: .decide, seconds: nil)]
  story.readyBefore = [
    ReadinessReading(
      region: text, verdict: .notReady,
      checks: [.init(id: text, verdict: .noGo, value: text, limit: text, ageSeconds: nil)])
  ]
  report.deployments = [story]
  report.timeline = [
    TimelineEntry(
      time: minute(5), kind: .failover, title: text, evidence: [text], doubts: [text],
      weight: .warning),
    TimelineEntry(time: minute(15), kind: .note, title: text, weight: .neutral),
  ]
  let lag: [Double?] = [0.2, 0.3, nil, nil, 4, 90]
  report.lags = [
    LagSeries(
      service: text, from: "us-east-1", to: "eu-west-1", objectiveSeconds: 5,
      points: lag.enumerated().map { ReportPoint(time: minute(Int64($0) * 4), value: $1) })
  ]
  report.traffic = ["us-east-1", text].map { region in
    TrafficSeries(
      region: region,
      points: (0..<6).map { ReportPoint(time: minute($0 * 4), value: $0 == 3 ? nil : 0.5) })
  }
  report.alarms = [
    AlarmStory(
      name: text, region: text, severity: .critical, fired: minute(6), afterSeconds: 120, count: 1,
      inAlarmSeconds: 840, reason: text, isOver: false)
  ]
  report.silences = [
    SilentBreach(
      subject: text, state: "BREACHED", from: minute(6), to: minute(20), watching: [text])
  ]
  report.differences = [text]
  return report
}
