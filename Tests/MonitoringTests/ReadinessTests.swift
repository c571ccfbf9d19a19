import Documents
import Telemetry
import Testing

@testable import Monitoring

@Suite
struct ReadinessTests {
  private let east = Estates.east
  private let west = Estates.west

  /// The checks of eu-west-1 in a healthy shop, as `id VERDICT value`.
  private func checks(_ change: (inout Deployment) -> Void) -> [String: String] {
    let story = Story.shop(minutes: 0..<30)
    var topology = story.topology
    change(&topology.deployments[0])
    let reading = Story(topology: topology, batch: story.batch).played(to: 30).moment()
      .failovers[0]
    var result: [String: String] = [:]
    for check in reading.ready.first(where: { $0.region == west })?.checks ?? [] {
      result[check.id] = "\(check.verdict.rawValue) \(check.value)"
    }
    return result
  }

  @Test
  func `what the configuration does not speak of is no check, and what it must know is UNKNOWN`() {
    let bare = checks { _ in }
    #expect(bare["drill"] == nil)
    #expect(bare["static-stability"] == nil)
    #expect(bare["ttl"] == nil)
    #expect(bare["lag-p99.orders-db"] == nil)
    let told = checks { $0.practice.isConfigured = true }
    #expect(told["drill"] == "UNKNOWN --")
  }

  @Test(arguments: [(PlanAction.route53Record, "NO_GO"), (.routingControl, "GO"), (.promote, "GO")])
  func `a plan must not need the control plane of the region it leaves`(
    action: PlanAction, verdict: String
  ) {
    let found = checks { $0.plan = [PlanStep(name: "step", action: action)] }
    #expect(found["static-stability"]?.hasPrefix(verdict) == true)
  }

  @Test
  func `an old drill, a long TTL and a near standby are no go`() {
    let found = checks {
      $0.practice.isConfigured = true
      $0.practice.lastDrill = Story.start - 100 * 86_400_000
      $0.timeToLiveSeconds = 300
      $0.minimumDistanceKilometres = 6000
    }
    #expect(found["drill"]?.hasPrefix("NO_GO") == true)
    #expect(found["ttl"] == "NO_GO 5 min")
    #expect(found["blast-radius"]?.hasPrefix("NO_GO 5") == true)
    #expect(checks { _ in }["blast-radius"]?.hasPrefix("GO") == true)
  }

  @Test
  func `an alarm that is not there does not make a standby ready`() {
    let found = checks { $0.alarmChecks = [Dimension(name: "drift", value: "drift-{region}")] }
    #expect(found["drift"] == "UNKNOWN --")
  }

  private static let evaluation = "ARC Region Switch Plan Evaluation"
  private static let plan = ServiceKind(
    name: "region-switch-plan", title: "ARC Region switch", layout: .regional,
    events: [
      ServiceEvent(
        name: evaluation, proves: .planFailed, means: "action", says: ["actionRequired"]),
      ServiceEvent(name: evaluation, proves: .planPassed, means: "nothing to do", says: ["passed"]),
      ServiceEvent(name: evaluation, proves: .planUnknown, means: "not evaluated"),
    ])

  /// What `plan-evaluation` of eu-west-1 says after evaluations at their minutes, in their regions.
  private func evaluated(
    _ results: [(minute: Double, region: String, says: String)]
  ) -> String? {
    var story = Story.shop(minutes: 0..<30)
    var topology = story.topology
    topology.services.append(
      ServiceDefinition(
        name: "plan", kind: Self.plan.name, replicas: [east, west],
        dimensions: [
          Dimension(name: "PlanArn", value: "arn:aws:arc-region-switch::1:plan/orders:a1")
        ]))
    topology.deployments[0].services.append("plan")
    for result in results {
      story.event(
        Self.evaluation, at: result.minute, region: result.region, subject: "a1",
        message: result.says)
    }
    var engine = Engine(
      topology: topology, catalog: Catalog(kinds: Estates.catalog.kinds + [Self.plan]))
    engine.ingest(story.batch)
    _ = engine.advance(to: Story.minute(30))
    let ready = engine.moment().failovers[0].ready.first { $0.region == west }
    return ready?.checks.first { $0.id == "plan-evaluation" }
      .map { "\($0.verdict.rawValue) \($0.value) \(Int($0.ageSeconds ?? -1))" }
  }

  @Test
  func `the plan is fit as its newest evaluation says, the standby's own before another's`() {
    #expect(evaluated([]) == nil)
    #expect(evaluated([(10, west, "passed")]) == "GO passed 1200")
    #expect(
      evaluated([(10, west, "passed"), (20, west, "actionRequired")]) == "NO_GO action required 600"
    )
    #expect(evaluated([(10, west, "passed"), (20, east, "actionRequired")]) == "GO passed 1200")
    #expect(evaluated([(10, east, "actionRequired")]) == "NO_GO action required 1200")
    #expect(
      evaluated([(10, west, "passed"), (20, west, "pendingEvaluation")]) == "UNKNOWN unknown 600")
  }

  @Test
  func `an evaluation that is more than a day old is none`() throws {
    let note = FailoverNote(
      time: Story.start, event: Self.plan.events[1], service: 0, target: nil, region: nil, text: "")
    let evaluation = try #require(PlanEvaluation(note))
    #expect(evaluation.verdict(at: Story.minute(1440)) == .go)
    #expect(evaluation.verdict(at: Story.minute(1441)) == .unknown)
  }

  @Test
  func `a day of lag counts when there is a whole one, and one percent may be over`() {
    var day = LagDay()
    let signal = Estates.aurora.metrics[0]
    var points: [Signal.Point] = []
    for minute in 0..<1500 {
      points.append(
        Signal.Point(time: Story.minute(Double(minute)), value: minute % 50 == 0 ? 9000 : 400))
    }
    day.learn(points, metric: signal, objective: 5, activeSince: nil)
    #expect(day.kept(at: Story.minute(1400)) == nil)
    #expect(day.kept(at: Story.minute(1500)) == 980)
  }

  @Test
  func `standbys are ranked: ready before not, then by what would be lost`() {
    var story = Story(topology: Estates.shop(services: ["orders-db"], third: true))
    story.add("orders-db", .writes, from: east, 0..<30) { _ in 800 }
    story.add("orders-db", .lag, from: east, to: west, 0..<30) { _ in 3000 }
    story.add("orders-db", .lag, from: east, to: Estates.south, 0..<30) { _ in 400 }
    let reading = story.played(to: 30).moment().failovers[0]
    #expect(reading.standbys.map(\.region) == [Estates.south, west])
    #expect(reading.standbys.map(\.rank) == [1, 2])
  }

  @Test
  func `the plan and the practice are read, and what is wrong is named`() throws {
    let text = #"""
      {"regions": {"us-east-1": {"role": "primary"}, "eu-west-1": {"role": "standby"}},
       "deployments": {"orders": {"model": "hot-standby", "routing": "latency", "ttl": "30s",
         "lockOut": "30m", "minimumDistance": 500, "drill": {"from": "2026-01-01T00:00:00Z"},
         "practice": {"lastDrill": "2025-11-01", "drillEvery": "60d"},
         "readiness": {"drift": "drift-{region}"},
         "plan": ["route53-record", {"step": "promote it", "action": "promote", "takes": "2m"}]}}}
      """#
    let parsed = Topology.parse(try Node.json(Array(text.utf8)), catalog: Estates.catalog)
    #expect(parsed.faults == [])
    let deployment = try #require(parsed.topology.deployments.first)
    #expect(deployment.model == .hotStandby)
    #expect(deployment.routing == .latency)
    #expect(deployment.timeToLiveSeconds == 30)
    #expect(deployment.lockOutSeconds == 1800)
    #expect(deployment.minimumDistanceKilometres == 500)
    #expect(deployment.drills == [DrillWindow(from: Timestamp(iso8601: "2026-01-01T00:00:00Z"))])
    #expect(deployment.practice.drillEverySeconds == 60 * 86_400)
    #expect(deployment.practice.lastDrill == Timestamp(iso8601: "2025-11-01T00:00:00Z"))
    #expect(deployment.alarmChecks == [Dimension(name: "drift", value: "drift-{region}")])
    #expect(deployment.plan.map(\.action) == [.route53Record, .promote])
    #expect(deployment.plan.map(\.takesSeconds) == [nil, 120])
    let wrong = text.replacing("\"route53-record\"", with: "\"route53-recrod\"")
    let faults = Topology.parse(try Node.json(Array(wrong.utf8)), catalog: Estates.catalog).faults
    #expect(faults.count == 1)
    #expect(faults.first?.description.contains("route53-recrod") == true)
  }
}
