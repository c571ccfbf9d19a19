import Monitoring
import Testing

@testable import Dashboard

/// What must hold for every picture, whatever happens in the estate.
@Suite
struct FrameLawTests {
  private static let sizes = [
    (1, 1), (1, 70), (2, 19), (3, 40), (4, 20), (5, 33), (6, 56), (7, 80), (10, 40), (12, 60),
    (16, 60),
    (24, 79), (24, 80), (30, 118), (40, 120), (45, 160), (70, 250), (70, 20), (1, 250), (9, 200),
  ]

  @Test(arguments: 1...24)
  func `any scene at any size gives whole rows of safe characters`(seed: Int) {
    var dice = Dice(seed: UInt64(seed))
    let situation = RandomScenes.situation(using: &dice)
    var dashboard = Dashboard()
    dashboard.options.glyphs = RandomScenes.pick(GlyphSet.allCases, &dice)
    dashboard.place.filter = Filter(
      RandomScenes.pick(["", "", "us", "!us", "nothing matches"], &dice))
    dashboard.isHelpShown = seed % 7 == 0
    dashboard.isFiltering = seed % 5 == 0
    dashboard.spanIndex = seed % Dashboard.spans.count
    for view in allViews.indices {
      dashboard.place.view = view
      for (rows, columns) in Self.sizes.shuffled(using: &dice).prefix(5) {
        let canvas = dashboard.frame(situation, rows: rows, columns: columns).canvas
        #expect(canvas.cells.count == rows * columns)
        for row in 0..<rows {
          let width = canvas.row(row).filter { $0.scalar != 0 }
            .reduce(0) { $0 + (CharacterWidth.cells(of: $1.scalar) ?? -1000) }
          #expect(width == columns, "seed \(seed), view \(view), \(columns)x\(rows), row \(row)")
        }
      }
    }
  }

  @Test
  func `every size from nothing up to 250 columns draws`() {
    let situation = Fixtures.replay()
    for view in allViews.indices {
      var dashboard = Dashboard()
      dashboard.show(view: view)
      for size in stride(from: 0, through: 250, by: 11) {
        let canvas = dashboard.frame(situation, rows: size * 70 / 250, columns: size).canvas
        #expect(canvas.cells.count == size * (size * 70 / 250))
      }
    }
  }

  @Test(arguments: 1...6)
  func `drawing changes nothing, and the same state draws the same picture`(seed: Int) {
    var dice = Dice(seed: UInt64(seed))
    let situation = RandomScenes.situation(using: &dice)
    let dashboard = Dashboard()
    let one = dashboard.frame(situation, rows: 45, columns: 160).canvas
    let other = dashboard.frame(situation, rows: 45, columns: 160).canvas
    #expect(one == other)
    #expect(other.changes(from: one).isEmpty)
  }

  @Test(arguments: 1...6)
  func `the header counts the alarms that fire`(seed: Int) {
    var dice = Dice(seed: UInt64(seed))
    let situation = RandomScenes.situation(using: &dice)
    let critical = situation.alarms.count {
      $0.state == .alarm && $0.definition.severity == .critical
    }
    for (rows, columns) in [(10, 40), (24, 80), (45, 160)] {
      let canvas = Dashboard().frame(situation, rows: rows, columns: columns).canvas
      #expect(canvas.text(ofRow: 0).contains("■\(critical) "))
    }
  }

  @Test(arguments: 1...16)
  func `any keys in any order leave a dashboard that can be drawn`(seed: Int) {
    var dice = Dice(seed: UInt64(seed))
    var dashboard = Dashboard()
    let keys = Binding.table.flatMap(\.keys) + [.character("a"), .paste("us\u{1B}[A"), .delete]
    for _ in 0..<25 {
      let situation = RandomScenes.situation(using: &dice)
      let key: Key =
        Int.random(in: 0...5, using: &dice) == 0
        ? .mousePress(
          row: Int.random(in: 0...44, using: &dice), column: Int.random(in: 0...159, using: &dice))
        : RandomScenes.pick(keys, &dice)
      _ = dashboard.handle(key, in: situation, rows: 45, columns: 160)
      #expect(allViews.indices.contains(dashboard.place.view))
    }
    let canvas = dashboard.frame(Fixtures.failing(), rows: 24, columns: 80).canvas
    #expect(canvas.cells.contains { $0.scalar != 0x20 })
  }

  @Test
  func `without colours the states differ in glyph and attributes`() {
    let standings = [
      Standing(.healthy), Standing(.degraded), Standing(.impaired), Standing(RegionHealth.blind),
      Standing(LinkState.stale), Standing(.maintenance),
    ]
    let looks = standings.map { standing in
      "\(standing.glyph) \(Theme.monoAttributes(of: standing.role).rawValue)"
    }
    #expect(Set(looks).count == standings.count)
    #expect(Set(standings.map(\.glyph)).count == standings.count)
  }

  @Test
  func `the built-in theme has every role and no problem`() {
    #expect(Role.allCases.allSatisfy { Theme.builtIn.styles[$0] != nil })
    #expect(Theme.builtIn.problems().isEmpty, "\(Theme.builtIn.problems())")
    #expect(Set(Role.allCases.map(\.letter)).count == Role.allCases.count)
  }
}
