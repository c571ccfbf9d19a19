import Monitoring
import Telemetry
import Testing

@testable import Dashboard

@Suite
struct KeyTests {
  @Test
  func `no key means two things at once`() {
    for isReplay in [true, false] {
      let keys = Binding.table.filter { $0.scope.holds(inReplay: isReplay) }.flatMap(\.keys)
      #expect(Set(keys).count == keys.count)
    }
  }

  @Test
  func `every key of the table does something, and its help is drawn`() {
    for isReplay in [true, false] {
      var dashboard = Dashboard()
      dashboard.isHelpShown = true
      let situation = isReplay ? Fixtures.replay() : Fixtures.failing()
      let picture = dashboard.frame(situation, rows: 70, columns: 120).canvas.description
      for binding in Binding.table where binding.scope.holds(inReplay: isReplay) {
        for key in binding.keys { #expect(Binding.action(for: key, inReplay: isReplay) != nil) }
        #expect(picture.contains(binding.help), "\(binding.label)")
        #expect(binding.keys.count % binding.actions.count == 0)
      }
    }
  }

  @Test
  func `every hint of a view is a key of the table`() {
    for view in allViews {
      for hint in view.hints {
        #expect(
          Binding.named(hint, inReplay: true) != nil || Binding.named(hint, inReplay: false) != nil,
          "\(hint)")
      }
    }
  }

  @Test
  func `numbers show views and clear the way back`() {
    var dashboard = Dashboard()
    for (index, name) in Dashboard.viewNames.enumerated() {
      #expect(press(&dashboard, .character(Character("\(index + 1)"))).isEmpty)
      #expect(dashboard.view.name.lowercased() == name)
    }
  }

  @Test
  func `enter on a region shows why it is so, then its links, and esc leads back`() {
    var dashboard = Dashboard()
    _ = press(&dashboard, .character("j"))
    _ = press(&dashboard, .enter)
    #expect(dashboard.view.name == "Regions")
    #expect(dashboard.view.subject(Fixtures.failing(), dashboard) == "eu-west-1")
    _ = press(&dashboard, .enter)
    #expect(dashboard.view.name == "Replication")
    #expect(dashboard.place.filter.text == "eu-west-1")
    _ = press(&dashboard, .escape)
    #expect(dashboard.place.filter.isEmpty && dashboard.view.name == "Replication")
    _ = press(&dashboard, .escape)
    #expect(dashboard.view.name == "Regions")
    _ = press(&dashboard, .escape)
    #expect(dashboard.view.name == "Overview")
    #expect(press(&dashboard, .escape).isEmpty)
  }

  @Test
  func `typing a filter narrows lists, and q is a letter in it`() {
    var dashboard = Dashboard()
    dashboard.show(view: ViewNumber.alarms)
    let situation = Fixtures.failing()
    for key in "/lq".map(Key.character) { _ = press(&dashboard, key) }
    _ = press(&dashboard, .backspace)
    #expect(dashboard.place.filter.text == "l")
    for key in "ag".map(Key.character) { _ = press(&dashboard, key) }
    let shown = AlarmsView.alarms(situation, dashboard).count
    #expect(shown == situation.alarms.count, "all watch a lag")
    _ = press(&dashboard, .enter)
    #expect(dashboard.place.filter.text == "lag")
    #expect(press(&dashboard, .character("q")) == [.quit])
    _ = press(&dashboard, .escape)
    #expect(dashboard.place.filter.isEmpty)
  }

  @Test(
    arguments: [
      ("", true), ("ORDERS", true), ("orders eu", true), ("orders us", false), ("!orders", false),
      ("!images", true), ("!", true), ("  ", true),
    ])
  func `a filter needs all its words, and ! turns it round`(text: String, accepts: Bool) {
    #expect(Filter(text).accepts(["orders-lag", "eu-west-1"]) == accepts)
  }

  @Test
  func `what only the driver can do is a command`() {
    var dashboard = Dashboard()
    #expect(press(&dashboard, .character("q")) == [.quit])
    #expect(press(&dashboard, .character("Q")) == [.quitKeepingFrame])
    #expect(press(&dashboard, .control("c")) == [.quit])
    #expect(press(&dashboard, .control("l")) == [.redraw])
    #expect(press(&dashboard, .character("T")) == [.nextTheme])
    #expect(press(&dashboard, .function(2)) == [.toggleMouse])
    #expect(press(&dashboard, .character(" ")) == [.togglePause])
    #expect(press(&dashboard, .character(".")) == [.step(1)])
    #expect(press(&dashboard, .character("y")) == [.copy("us-east-1")])
    #expect(press(&dashboard, .character("~")).isEmpty)
    #expect(press(&dashboard, .character("?")).isEmpty)
    #expect(press(&dashboard, .character("q")).isEmpty, "q closes the help first")
    #expect(press(&dashboard, .character("q")) == [.quit])
  }

  @Test
  func `transport keys move the playhead, at most to the ends`() {
    var dashboard = Dashboard()
    let replay = Fixtures.replay()
    func press(_ key: Key) -> [Dashboard.Command] {
      dashboard.handle(key, in: replay, rows: 45, columns: 160)
    }
    #expect(press(.character("l")) == [.seek(Fixtures.now + 10_000)])
    #expect(press(.character("h")) == [.seek(Fixtures.now - 10_000)])
    #expect(press(.character("H")) == [.seek(Fixtures.now - 60_000)])
    #expect(press(.character("g")) == [.seek(Fixtures.minutesAgo(180))])
    #expect(press(.character("G")) == [.seek(Fixtures.minutesAgo(-180))])
    #expect(press(.character("[")) == [.seek(Fixtures.minutesAgo(5))])
    #expect(press(.character("]")) == [.seek(Fixtures.minutesAgo(-20))])
    #expect(press(.character("}")) == [.seek(Fixtures.minutesAgo(-45))])
    #expect(press(.character("+")) == [.changeSpeed(1)])
    #expect(press(.character("-")) == [.changeSpeed(-1)])
    #expect(press(.escape) == [.backToLive])
  }

  @Test
  func `a click on a tab, a row and the rail does what keys do`() throws {
    var dashboard = Dashboard()
    let replay = Fixtures.replay()
    func click(_ row: Int, _ column: Int) -> [Dashboard.Command] {
      dashboard.handle(.mousePress(row: row, column: column), in: replay, rows: 45, columns: 160)
    }
    #expect(click(1, 30).isEmpty)
    #expect(dashboard.view.name == "Replication")
    let picture = dashboard.frame(replay, rows: 45, columns: 160).canvas
    let rail = try #require((0..<45).first { picture.text(ofRow: $0).contains("━━━━") })
    let commands = click(rail, 80)
    guard case .seek(let time)? = commands.first else { throw TestFailure() }
    #expect(time > Fixtures.minutesAgo(180) && time < Fixtures.minutesAgo(-180))
    let list = try #require((0..<20).first { picture.text(ofRow: $0).contains("images") })
    _ = click(list, 100)
    #expect(dashboard.view.subject(replay, dashboard)?.hasPrefix("images") == true)
    #expect(click(44, 159).isEmpty)
  }

  struct TestFailure: Error {}

  private func press(_ dashboard: inout Dashboard, _ key: Key) -> [Dashboard.Command] {
    dashboard.handle(key, in: Fixtures.failing(), rows: 45, columns: 160)
  }
}
