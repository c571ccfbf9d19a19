import Telemetry
import Testing

@testable import Dashboard
@testable import Monitoring

/// What stands below the checks of the failover view when it is asked for.
@Suite
struct InsightTests {
  private static let loss = WhatIf(
    region: "us-east-1", at: Fixtures.now,
    regions: [
      .init(
        region: "eu-west-1", health: .healthy, roundTripMilliseconds: 69.5,
        requestsPerSecond: 120, requestsPerSecondAfter: 900, share: 0.13, shareAfter: 1)
    ],
    headroom: [
      .init(
        service: "web", region: "eu-west-1", requestsPerSecondAfter: 900, capacityPerSecond: 600,
        basis: .hosts)
    ],
    stores: [
      .init(
        service: "orders-db", kind: "aurora-global-database", effect: .lost, target: "eu-west-1",
        lagSeconds: 0.4, ageSeconds: 95, seconds: 95.4, objectiveSeconds: 5),
      .init(service: "ledger", kind: "rds-read-replica", effect: .unprotected),
    ],
    deployments: [
      .init(
        group: "orders", model: .activePassive, effect: .failover, target: "eu-west-1",
        readiness: .notReady, blockers: [],
        steps: [
          .init(phase: .detect, name: "detect", seconds: 240, basis: .assumed, isBlocked: false),
          .init(
            phase: .execute, name: "names", seconds: 60, basis: .plan, controlPlane: "us-east-1",
            isBlocked: true),
        ], objectiveSeconds: 120)
    ],
    breaks: [
      .init(afterSeconds: 0, severity: .critical, text: "orders has no writer"),
      .init(afterSeconds: 60, severity: .warning, text: "web needs more"),
    ])

  private static let vantage: Vantage = {
    let codes = ["us-east-1", "eu-west-1", "ap-southeast-1"]
    let states: [[Vantage.Cell.State]] = [
      [.none, .unknown, .none], [.dark, .none, .sees], [.dark, .slow, .none],
    ]
    let cells = states.map { row in
      row.map { Vantage.Cell(state: $0, roundTripMilliseconds: 69.5) }
    }
    return Vantage(
      regions: codes, cells: cells,
      verdicts: Vantage.verdicts(cells, codes, isBlind: [true, false, false]))
  }()

  @Test(arguments: [72, 118])
  func `the loss of a region and who sees whom look as their pictures show`(columns: Int) throws {
    var frame = Frame(rows: 24, columns: columns, glyphs: .unicode)
    let (top, bottom) = frame.canvas.bounds.splitRows(13)
    LossPane(loss: Self.loss).draw(in: top, boxed: columns > 100, on: &frame)
    VantagePane(vantage: Self.vantage).draw(in: bottom, boxed: columns > 100, on: &frame)
    try expectSnapshot(frame.canvas.description, "insight-\(columns)x24")
  }

  @Test
  func `w leads through the regions and back to the timeline, v to the matrix, esc closes`() {
    var dashboard = Dashboard()
    let situation = Fixtures.failing()
    let codes = situation.topology.regions.map(\.code)
    dashboard.show(view: ViewNumber.failover)
    for code in codes {
      _ = dashboard.handle(.character("w"), in: situation, rows: 45, columns: 160)
      #expect(dashboard.insight == .loss(code))
    }
    _ = dashboard.handle(.character("w"), in: situation, rows: 45, columns: 160)
    #expect(dashboard.insight == .timeline)
    _ = dashboard.handle(.character("v"), in: situation, rows: 45, columns: 160)
    #expect(dashboard.insight == .vantage)
    _ = dashboard.handle(.escape, in: situation, rows: 45, columns: 160)
    #expect(dashboard.insight == .timeline)
  }

  @Test
  func `w on a region of another view opens its loss, and going back leads there`() {
    var dashboard = Dashboard()
    let situation = Fixtures.failing()
    let before = dashboard.place.view
    _ = dashboard.handle(.character("w"), in: situation, rows: 45, columns: 160)
    #expect(dashboard.place.view == ViewNumber.failover)
    #expect(dashboard.insight != .timeline)
    _ = dashboard.handle(.backspace, in: situation, rows: 45, columns: 160)
    #expect(dashboard.place.view == before)
  }
}
