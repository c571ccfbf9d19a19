import Telemetry
import Testing

@testable import Monitoring
@testable import meridian

/// What `check` prints, byte by byte, for one estate.
@Suite
struct CheckReportTests {
  private static let at = Timestamp(seconds: 1_767_226_500)

  private static var lag: AlarmReading {
    AlarmReading(
      definition: AlarmDefinition(
        name: "orders-lag", namespace: "AWS/RDS", metricName: "ReplicaLag", statistic: .average,
        periodSeconds: 60, evaluationPeriods: 1, threshold: 5),
      region: "eu-west-1", state: .alarm, previousState: .ok,
      stateReason: "Threshold Crossed: \"x\"", stateReasonData: #"{"version":"1.0"}"#,
      stateUpdated: at - 60_000, stateTransitioned: at - 60_000)
  }

  private static var silent: AlarmReading {
    var silent = lag
    silent.definition.name = "a-silent"
    silent.region = nil
    silent.state = .insufficientData
    silent.previousState = nil
    silent.stateReason = "Unchecked: Initial alarm creation"
    silent.stateReasonData = nil
    silent.stateUpdated = nil
    silent.stateTransitioned = nil
    return silent
  }

  private static var link: LinkReading {
    var link = LinkReading(
      service: "orders-db", kind: "aurora-global-database", from: "us-east-1", to: "eu-west-1",
      state: .ok)
    link.lagSeconds = 0.41
    link.nativeValue = 410
    link.nativeUnit = "Milliseconds"
    link.ageSeconds = 60
    link.rpoSeconds = 5
    link.rpoNowSeconds = 0.41 + 60.000_000_000_1
    return link
  }

  private static var failover: FailoverReading {
    var failover = FailoverReading(group: "orders", model: .activePassive, state: .steady)
    failover.since = at - 3_600_000
    failover.writers = ["us-east-1"]
    failover.writersKnown = true
    failover.epoch = 7
    failover.ready = [
      ReadinessReading(
        region: "eu-west-1", verdict: .ready,
        checks: [
          ReadinessReading.Check(
            id: "lag", verdict: .go, value: "0.4 s", limit: "5 s", ageSeconds: 60)
        ])
    ]
    return failover
  }

  private static var report: CheckReport {
    var primary = RegionReading(region: "us-east-1", role: .primary, health: .healthy)
    primary.trafficShare = 0.62
    primary.dataAgeSeconds = 2
    var standby = RegionReading(region: "eu-west-1", role: .standby, health: .blind)
    standby.reasons = ["no data for 5 minutes"]
    var rejects = RejectLog()
    rejects.append(Reject(source: "a.json", line: 3, record: "{", reason: "the record ends early"))
    let (alarms, regions) = ([lag, silent], [primary, standby])
    let verdict = Verdict(
      at: at, alarms: alarms, regions: regions, links: [link], failovers: [failover], hasData: true)
    return CheckReport(
      at: at, verdict: verdict, alarms: alarms, regions: regions, links: [link],
      failovers: [failover], rejects: rejects)
  }

  @Test("the JSON has the documented keys in the documented order, sorted arrays, null for unknown")
  func json() {
    let expected = #"""
      {"at":"2026-01-01T00:15:00Z","verdict":"CRITICAL","exitCode":2,
      "alarms":[{"name":"a-silent","region":null,"severity":"critical","state":"INSUFFICIENT_DATA",
      "previousState":null,"stateReason":"Unchecked: Initial alarm creation",
      "stateReasonData":null,"stateUpdatedTimestamp":null,"stateTransitionedTimestamp":null,
      "actionsSuppressedBy":null},
      {"name":"orders-lag","region":"eu-west-1","severity":"critical","state":"ALARM",
      "previousState":"OK","stateReason":"Threshold Crossed: \"x\"",
      "stateReasonData":{"version":"1.0"},"stateUpdatedTimestamp":"2026-01-01T00:14:00Z",
      "stateTransitionedTimestamp":"2026-01-01T00:14:00Z","actionsSuppressedBy":null}],
      "regions":[{"region":"eu-west-1","role":"standby","health":"BLIND",
      "reasons":["no data for 5 minutes"],"trafficShare":null,"dataAgeSeconds":null,
      "freshness":null,"absences":[]},
      {"region":"us-east-1","role":"primary","health":"HEALTHY","reasons":[],
      "trafficShare":0.62,"dataAgeSeconds":2,"freshness":null,"absences":[]}],
      "links":[{"service":"orders-db","kind":"aurora-global-database","from":"us-east-1",
      "to":"eu-west-1","lagSeconds":0.41,"nativeValue":410,"nativeUnit":"Milliseconds",
      "ageSeconds":60,"rpoSeconds":5,"rpoNowSeconds":60.41,"state":"OK","reasons":[],
      "thresholdBasis":null,"absence":null,"backlogs":[],"catchUp":null,"drain":null,
      "segments":[]}],
      "failover":[{"group":"orders","model":"active-passive","state":"STEADY",
      "since":"2025-12-31T23:15:00Z","drill":false,"writer":"us-east-1","writers":1,"epoch":7,
      "evidence":[],"ready":[{"region":"eu-west-1","verdict":"READY",
      "checks":[{"id":"lag","verdict":"GO","value":"0.4 s","limit":"5 s","ageSeconds":60}],
      "rank":null}],"primary":null,"evidenceAgainst":[],"expectedState":"STEADY",
      "expectedWriter":null,"differsSince":null,"fencing":null,"writeOutageSince":null,
      "incidentStart":null,"clock":{"detectSeconds":null,"decideSeconds":null,
      "executeSeconds":null,"recoverSeconds":null,"running":null},"rpoNowSeconds":null,
      "rpoAchievedSeconds":null,"rtoAchievedSeconds":null}],
      "rejects":{"count":1,"samples":[{"source":"a.json","line":3,"record":"{",
      "reason":"the record ends early"}]}}
      """#
    #expect(Self.report.json == expected.replacing("\n", with: "") + "\n")
  }

  @Test("who writes is null where it is not known, and none is not one")
  func writers() {
    var failover = Self.failover
    failover.writersKnown = false
    let unknown = CheckReport(at: Self.at, verdict: Verdict(reasons: []), failovers: [failover])
    #expect(unknown.json.contains(#""writer":null,"writers":null"#))
    failover.writersKnown = true
    failover.writers = []
    let none = CheckReport(at: Self.at, verdict: Verdict(reasons: []), failovers: [failover])
    #expect(none.json.contains(#""writer":null,"writers":0"#))
    failover.writers = ["a", "b"]
    let two = CheckReport(at: Self.at, verdict: Verdict(reasons: []), failovers: [failover])
    #expect(two.json.contains(#""writer":null,"writers":2"#))
  }

  @Test("nagios: one line, the worst first, performance data behind one pipe")
  func nagios() {
    #expect(
      Self.report.nagios == """
        MERIDIAN CRITICAL - alarm orders-lag in eu-west-1 is ALARM; \
        region eu-west-1 is BLIND | 'alarms_OK'=0;;;0;2 'alarms_ALARM'=1;;;0;2 \
        'alarms_INSUFFICIENT_DATA'=1;;;0;2 'rpo orders-db us-east-1 eu-west-1'=60.41s;;5;0; \
        'share us-east-1'=62%;;;0;100 'rejects'=1;;;0;

        """)
    #expect(
      CheckReport.nagiosLine(unknown: "a|b\nc") == "MERIDIAN UNKNOWN - a b c\n")
  }

  @Test("the table is worst first, and says why")
  func text() {
    #expect(
      Self.report.text == """
        CRITICAL at 2026-01-01T00:15:00Z
          CRITICAL: alarm orders-lag in eu-west-1 is ALARM
          UNKNOWN: region eu-west-1 is BLIND

        STATE              WHAT      NAME        WHERE                  FOR   WHY
        ALARM              alarm     orders-lag  eu-west-1              1m    Threshold Crossed: "x"
        BLIND              region    eu-west-1   standby                --    no data for 5 minutes
        INSUFFICIENT_DATA  alarm     a-silent    --                     --    Unchecked: Initial alarm creation
        HEALTHY            region    us-east-1   primary                --
        OK                 link      orders-db   us-east-1 → eu-west-1  --    RPO now 60.41 s of 5 s
        STEADY             failover  orders      us-east-1              1h0m
        READY              standby   orders      eu-west-1              --

        1 record could not be read
          a.json:3: the record ends early

        """)
  }

  @Test("text from outside cannot drive the terminal")
  func sanitising() {
    var alarm = Self.lag
    alarm.stateReason = "\u{1B}[2Jgone"
    let report = CheckReport(at: Self.at, verdict: Verdict(reasons: []), alarms: [alarm])
    #expect(report.text.contains("\u{FFFD}[2Jgone"))
    #expect(!report.text.contains("\u{1B}"))
  }

  @Test("OpenMetrics: every family once, a sample per state, none for what is unknown")
  func openMetrics() {
    let lines = Self.report.openMetrics.split(separator: "\n").map(String.init)
    let families = lines.filter { $0.hasPrefix("# TYPE") }
    #expect(Set(families).count == families.count)
    #expect(lines.last == "# EOF")
    #expect(
      lines.contains(
        #"meridian_alarm_state{alarm="a-silent",region="",severity="critical",state="INSUFFICIENT_DATA"} 1.0"#
      ))
    #expect(
      lines.contains(
        #"meridian_link_rpo_now_seconds{service="orders-db",from="us-east-1",to="eu-west-1"} 60.4100000001"#
      ))
    #expect(lines.count { $0.hasPrefix("meridian_region_traffic_ratio") } == 1)
    #expect(lines.count { $0.hasPrefix("meridian_verdict{") && $0.hasSuffix(" 1.0") } == 1)
  }

  @Test("JUnit: a case per thing, failures and errors counted, text escaped")
  func junit() {
    let xml = Self.report.junit
    #expect(
      xml.contains(
        #"<testsuite name="alarms" tests="2" failures="1" errors="1" skipped="0""#))
    #expect(
      xml.contains(
        #"<failure message="ALARM" type="ALARM">Threshold Crossed: &quot;x&quot;</failure>"#))
    #expect(xml.contains(#"<error message="BLIND" type="BLIND">no data for 5 minutes</error>"#))
    #expect(
      xml.contains(#"<testcase classname="meridian.links" name="orders-db us-east-1 eu-west-1"/>"#))
  }

  @Test("the digest changes with states and with nothing else")
  func digest() {
    let report = Self.report
    var later = Self.report
    later.at = Self.at + 60_000
    later.links[0].lagSeconds = 3
    #expect(later.digest == report.digest)
    later.links[0].state = .warn
    #expect(later.digest != report.digest)
  }
}
