import Telemetry
import Testing

@testable import Dashboard

/// What the screens look like: a file for each view and size.
@Suite
struct PictureTests {
  static let sizes = [(10, 40), (24, 80), (40, 120), (45, 160)]

  @Test(arguments: Dashboard.viewNames)
  func `a view of a failing region looks as its pictures show`(name: String) throws {
    let situation = Fixtures.failing()
    for (rows, columns) in Self.sizes {
      try expectSnapshot(
        picture(name, situation, rows, columns), "\(name)-\(columns)x\(rows)")
    }
    try expectSnapshot(picture(name, situation, 24, 80, .ascii), "\(name)-80x24-ascii")
    try expectSnapshot(picture(name, situation, 24, 80, .block), "\(name)-80x24-block")
  }

  @Test(arguments: [(10, 40), (24, 80), (45, 160)])
  func `a replay carries its transport`(rows: Int, columns: Int) throws {
    try expectSnapshot(
      picture("overview", Fixtures.replay(), rows, columns), "replay-\(columns)x\(rows)")
  }

  @Test
  func `a healthy estate is quiet`() throws {
    try expectSnapshot(picture("overview", Fixtures.steady(), 45, 160), "steady-160x45")
    try expectSnapshot(picture("failover", Fixtures.steady(), 24, 80), "steady-failover-80x24")
  }

  @Test
  func `before the first sample the screen says what it waits for`() throws {
    let empty = Situation(time: .distantPast)
    for name in Dashboard.viewNames {
      try expectSnapshot(picture(name, empty, 24, 80), "empty-\(name)-80x24")
    }
    try expectSnapshot(picture("overview", empty, 45, 160), "empty-overview-160x45")
  }

  @Test
  func `help shows every key of the table`() throws {
    var dashboard = Dashboard()
    dashboard.isHelpShown = true
    let frame = dashboard.frame(Fixtures.failing(), rows: 45, columns: 160)
    try expectSnapshot(frame.canvas.description, "help-160x45")
  }

  @Test
  func `the roles of the overview are as its map shows`() throws {
    let frame = Dashboard().frame(Fixtures.failing(), rows: 24, columns: 80)
    try expectSnapshot(frame.canvas.roleMap, "overview-80x24-roles")
  }

  private func picture(
    _ view: String, _ situation: Situation, _ rows: Int, _ columns: Int,
    _ glyphs: GlyphSet = .unicode
  ) -> String {
    var dashboard = Dashboard()
    dashboard.options.glyphs = glyphs
    dashboard.show(view: Dashboard.viewNames.firstIndex(of: view) ?? 0)
    return dashboard.frame(situation, rows: rows, columns: columns).canvas.description
  }
}
