/// What keys do: one table for dispatch, help and hints, so that none can lie.
struct Binding: Sendable {
  var keys: [Key]
  /// How the keys are written in help and hints.
  var label: String
  /// What they do, in few words.
  var help: String
  var group: Group
  /// One word for the hint row.
  var hint: String
  var scope: Scope
  var actions: [Action]

  /// `keys` and `actions` go in pairs; one action may serve several keys.
  init(
    _ keys: [Key], _ label: String, _ help: String, _ group: Group, hint: String,
    scope: Scope = .always, _ actions: [Action]
  ) {
    self.keys = keys
    self.label = label
    self.help = help
    self.group = group
    self.hint = hint
    self.scope = scope
    self.actions = actions
  }

  enum Group: String, Sendable, CaseIterable {
    case screen = "Screen"
    case lists = "Lists"
    case graphs = "Graphs"
    case time = "Time"
  }

  /// When a binding holds: some keys move the playhead in a replay and do something else live.
  enum Scope: Sendable {
    case always, live, replay

    func holds(inReplay isReplay: Bool) -> Bool { self == .always || (self == .replay) == isReplay }
  }

  enum Action: Hashable, Sendable {
    case quit, quitKeepingFrame, interrupt, help, escape, filter, open, back
    case view(Int), pane(Int), rows(Int), pages(Int), columns(Int), firstRow, lastRow
    case whatIf, vantage
    case zoom(Int), logarithmic, unit, sort, theme, mouse, redraw, copy, glyphs
    case pause, event(Int), alarm(Int), step(Int), seek(Int), timeStart, timeEnd, speed(Int), live
  }

  /// The action of a key; nil: unknown keys are silent.
  static func action(for key: Key, inReplay isReplay: Bool) -> Action? {
    for binding in table where binding.scope.holds(inReplay: isReplay) {
      if let index = binding.keys.firstIndex(of: key) {
        return binding.actions[index * binding.actions.count / binding.keys.count]
      }
    }
    return nil
  }

  static func named(_ label: String, inReplay isReplay: Bool) -> Binding? {
    table.first { $0.label == label && $0.scope.holds(inReplay: isReplay) }
  }

  static let table: [Binding] = screen + lists + graphs + time

  private static let screen: [Binding] = [
    Binding([.character("?"), .function(1)], "?", "this help", .screen, hint: "help", [.help]),
    Binding(
      allViews.indices.map { Key.character(Character(String($0 + 1))) }, "1-\(allViews.count)",
      "views: " + allViews.map(\.name).joined(separator: ", "), .screen, hint: "view",
      allViews.indices.map { .view($0) }),
    Binding(
      [.tab, .backTab], "tab", "next pane, previous with shift", .screen, hint: "pane",
      [.pane(1), .pane(-1)]),
    Binding([.enter], "enter", "open what is selected", .screen, hint: "open", [.open]),
    Binding(
      [.escape], "esc", "close, clear the filter, go back, then back to live", .screen,
      hint: "back", [.escape]),
    Binding(
      [.backspace, .character("-")], "backspace", "go back (- too)", .screen, hint: "back",
      scope: .live, [.back]),
    Binding([.backspace], "backspace", "go back", .screen, hint: "back", scope: .replay, [.back]),
    Binding(
      [.character("w")], "w", "what losing a region would do; again: the next region", .screen,
      hint: "what if", [.whatIf]),
    Binding(
      [.character("v")], "v", "which region sees which", .screen, hint: "vantage", [.vantage]),
    Binding([.character("T")], "T", "next theme", .screen, hint: "theme", [.theme]),
    Binding(
      [.character("b")], "b", "braille, block or ASCII characters", .screen, hint: "glyphs",
      [.glyphs]),
    Binding(
      [.function(2)], "F2", "mouse on or off (Shift-drag selects text)", .screen,
      hint: "mouse", [.mouse]),
    Binding([.control("l")], "^L", "draw everything again", .screen, hint: "redraw", [.redraw]),
    Binding([.character("q")], "q", "quit", .screen, hint: "quit", [.quit]),
    Binding(
      [.character("Q")], "Q", "quit and leave the last picture", .screen, hint: "quit",
      [.quitKeepingFrame]),
    Binding([.control("c")], "^C", "quit at once", .screen, hint: "quit", [.interrupt]),
  ]

  private static let lists: [Binding] = [
    Binding(
      [.character("j"), .down, .character("k"), .up], "j k", "next and previous row (arrows)",
      .lists, hint: "select", [.rows(1), .rows(-1)]),
    Binding(
      [.left, .right], "← →", "columns of the matrix", .lists, hint: "column",
      [.columns(-1), .columns(1)]),
    Binding(
      [.pageDown, .control("d"), .pageUp, .control("u")], "PgUp PgDn",
      "a page (Ctrl-U, Ctrl-D)", .lists, hint: "page", [.pages(1), .pages(-1)]),
    Binding(
      [.home, .end], "Home End", "first and last row", .lists, hint: "ends",
      [.firstRow, .lastRow]),
    Binding(
      [.character("/")], "/", "filter: all words must occur, ! turns it round", .lists,
      hint: "filter", [.filter]),
    Binding([.character("o")], "o", "sort: worst first, or by name", .lists, hint: "sort", [.sort]),
    Binding([.character("y")], "y", "copy what is selected", .lists, hint: "copy", [.copy]),
  ]

  private static let graphs: [Binding] = [
    Binding(
      [.character("z"), .character("Z")], "z Z", "shorter and longer time window", .graphs,
      hint: "zoom", [.zoom(-1), .zoom(1)]),
    Binding(
      [.character("l"), .character("x")], "l", "logarithmic or linear scale (x too)", .graphs,
      hint: "log/lin", scope: .live, [.logarithmic]),
    Binding(
      [.character("x")], "x", "logarithmic or linear scale", .graphs, hint: "log/lin",
      scope: .replay, [.logarithmic]),
    Binding(
      [.character("u")], "u", "lag as time or as part of the RPO", .graphs, hint: "unit",
      [.unit]),
  ]

  private static let time: [Binding] = [
    Binding([.character(" ")], "space", "pause and play", .time, hint: "pause", [.pause]),
    Binding(
      [.character("."), .character(",")], ". ,", "one sample forward and back", .time,
      hint: "step", [.step(1), .step(-1)]),
    Binding(
      [.character("h"), .character("l")], "h l", "10 seconds back and forward", .time,
      hint: "10s", scope: .replay, [.seek(-10), .seek(10)]),
    Binding(
      [.character("h")], "h", "10 seconds back (pauses)", .time, hint: "10s", scope: .live,
      [.seek(-10)]),
    Binding(
      [.character("H"), .character("L")], "H L", "1 minute back and forward", .time,
      hint: "1m", [.seek(-60), .seek(60)]),
    Binding(
      [.character("["), .character("]")], "[ ]", "previous and next event", .time,
      hint: "event", [.event(-1), .event(1)]),
    Binding(
      [.character("{"), .character("}")], "{ }", "previous and next change of an alarm",
      .time, hint: "alarm", [.alarm(-1), .alarm(1)]),
    Binding(
      [.character("+"), .character("="), .character("-"), .character("_")], "+ -",
      "faster and slower", .time, hint: "speed", scope: .replay, [.speed(1), .speed(-1)]),
    Binding(
      [.character("g"), .character("G")], "g G", "begin and end (live: now)", .time,
      hint: "ends", [.timeStart, .timeEnd]),
    Binding([.character("0")], "0", "back to live", .time, hint: "live", [.live]),
  ]
}
