import Telemetry
import Testing

@testable import Monitoring

/// The exit code table: each row of it, and which of several wins.
@Suite
struct VerdictTests {
  private static let now = Timestamp(seconds: 1_767_225_600)

  private static func alarm(
    _ state: AlarmState, severity: String? = nil, previous: AlarmState? = nil,
    hasSeries: Bool = true
  ) -> AlarmReading {
    var definition = AlarmDefinition(
      name: "lag", namespace: "AWS/RDS", metricName: "ReplicaLag", statistic: .average,
      periodSeconds: 60, evaluationPeriods: 1, threshold: 5)
    if let severity { definition.tags = [Dimension(name: "severity", value: severity)] }
    var store = SeriesStore()
    let series = store.intern(
      MetricID(region: "eu-west-1", namespace: "AWS/RDS", name: "ReplicaLag"))
    return AlarmReading(
      definition: definition, region: "eu-west-1", state: state, previousState: previous,
      stateReason: "", series: hasSeries ? series : nil)
  }

  private static func verdict(
    alarms: [AlarmReading] = [alarm(.ok)], regions: [RegionReading] = [],
    links: [LinkReading] = [], failovers: [FailoverReading] = [], hasData: Bool = true,
    alarmFaults: Int = 0, findings: [Verdict.Reason] = []
  ) -> Verdict {
    Verdict(
      at: now, alarms: alarms, regions: regions, links: links, failovers: failovers,
      hasData: hasData, alarmFaults: alarmFaults, findings: findings)
  }

  @Test("an alarm counts by its severity, and CRITICAL is the default")
  func alarms() {
    #expect(Self.verdict(alarms: [Self.alarm(.ok)]).level == .ok)
    #expect(Self.verdict(alarms: [Self.alarm(.alarm)]).level == .critical)
    #expect(Self.verdict(alarms: [Self.alarm(.alarm, severity: "critical")]).level == .critical)
    #expect(Self.verdict(alarms: [Self.alarm(.alarm, severity: "warning")]).level == .warning)
    #expect(Self.verdict(alarms: [Self.alarm(.alarm, severity: "page")]).level == .critical)
  }

  @Test("an alarm that had data and has none is a WARNING, one that never had any is not")
  func silence() {
    let lost = Self.alarm(.insufficientData, previous: .ok)
    let forgotten = Self.alarm(.insufficientData, previous: .alarm, hasSeries: false)
    let never = Self.alarm(.insufficientData, hasSeries: false)
    #expect(Self.verdict(alarms: [Self.alarm(.ok), lost]).level == .warning)
    #expect(Self.verdict(alarms: [Self.alarm(.ok), forgotten]).level == .warning)
    #expect(Self.verdict(alarms: [Self.alarm(.ok), never]).level == .ok)
  }

  @Test("UNKNOWN: no data, every alarm without data, or nothing to judge")
  func unknown() {
    let silent = Self.alarm(.insufficientData, previous: .ok)
    #expect(Self.verdict(alarms: [silent, silent]).level == .unknown)
    #expect(Self.verdict(hasData: false).level == .unknown)
    #expect(Self.verdict(alarms: []).level == .unknown)
    let region = RegionReading(region: "us-east-1", role: .primary, health: .healthy)
    #expect(Self.verdict(alarms: [], regions: [region]).level == .ok)
    let store = Verdict.Reason(.unknown, "the state cannot be read")
    #expect(Self.verdict(findings: [store]).level == .unknown)
  }

  @Test(
    "each health of a region has its level",
    arguments: zip(
      RegionHealth.allCases,
      [Verdict.Level.ok, .warning, .warning, .critical, .unknown, .ok]))
  func regions(health: RegionHealth, level: Verdict.Level) {
    let region = RegionReading(region: "us-east-1", role: .primary, health: health)
    #expect(Self.verdict(regions: [region]).level == level)
  }

  @Test(
    "each state of a link has its level",
    arguments: zip(LinkState.allCases, [Verdict.Level.ok, .ok, .critical, .ok, .critical]))
  func links(state: LinkState, level: Verdict.Level) {
    let link = LinkReading(service: "db", kind: "k", from: "a", to: "b", state: state)
    #expect(Self.verdict(links: [link]).level == level)
  }

  @Test(
    "each failover state has its level",
    arguments: zip(
      FailoverState.allCases,
      [
        Verdict.Level.ok, .ok, .warning, .warning, .ok, .warning, .critical, .critical, .unknown,
      ]))
  func failovers(state: FailoverState, level: Verdict.Level) {
    let failover = FailoverReading(group: "orders", model: .activePassive, state: state)
    #expect(Self.verdict(failovers: [failover]).level == level)
  }

  @Test("no writer is CRITICAL only where it is known")
  func writers() {
    var failover = FailoverReading(group: "orders", model: .activePassive, state: .steady)
    #expect(Self.verdict(failovers: [failover]).level == .ok)
    failover.writersKnown = true
    #expect(Self.verdict(failovers: [failover]).level == .critical)
    failover.writers = ["us-east-1"]
    #expect(Self.verdict(failovers: [failover]).level == .ok)
  }

  @Test("an incident past its RTO is CRITICAL until it is over")
  func recoveryTime() {
    var failover = FailoverReading(group: "orders", model: .activePassive, state: .failingOver)
    failover.rtoSeconds = 900
    failover.incidentStart = Self.now - 900_000
    #expect(Self.verdict(failovers: [failover]).level == .warning)
    failover.incidentStart = Self.now - 901_000
    #expect(Self.verdict(failovers: [failover]).level == .critical)
    failover.state = .failedOver
    #expect(Self.verdict(failovers: [failover]).level == .ok)
  }

  @Test("a standby that is NOT_READY is a WARNING, an unknown one is not")
  func readiness() {
    var failover = FailoverReading(group: "orders", model: .activePassive, state: .steady)
    failover.ready = [ReadinessReading(region: "eu-west-1", verdict: .unknown, checks: [])]
    #expect(Self.verdict(failovers: [failover]).level == .ok)
    failover.ready = [ReadinessReading(region: "eu-west-1", verdict: .notReady, checks: [])]
    #expect(Self.verdict(failovers: [failover]).level == .warning)
  }

  @Test("of several, 2 wins over 3, 3 over 1, 1 over 0; reasons are worst first")
  func precedence() {
    let blind = RegionReading(region: "us-east-1", role: .primary, health: .blind)
    let degraded = RegionReading(region: "eu-west-1", role: .standby, health: .degraded)
    let down = RegionReading(region: "sa-east-1", role: .standby, health: .down)
    #expect(Self.verdict(regions: [degraded], alarmFaults: 0).level.exitCode == 1)
    #expect(Self.verdict(regions: [degraded, blind]).level.exitCode == 3)
    let all = Self.verdict(regions: [degraded, blind, down], alarmFaults: 2)
    #expect(all.level.exitCode == 2)
    #expect(
      all.reasons.map(\.text) == [
        "region sa-east-1 is DOWN", "region us-east-1 is BLIND", "region eu-west-1 is DEGRADED",
        "2 faults in alarm definitions",
      ])
  }
}
