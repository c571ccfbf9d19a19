import Collectors
import Dashboard
import Foundation
import Telemetry
import Testing
import WireFormats

@testable import meridian

/// The real program in a real terminal.
@Suite(.serialized)
struct TerminalSessionTests {
  /// What the screen ought to show: the same driver and dashboard, without a terminal.
  private struct Expectation {
    var driver: ReplayDriver
    var dashboard = Dashboard()

    init() throws { driver = try Self.indexed.get() }

    /// Read once: the recording takes a second or two in a debug build.
    private static let indexed = Result { () throws -> ReplayDriver in
      let timeline = try Timeline.load([SourceSpecification(TerminalSessionTests.sample)])
      let assembly = try EngineAssembly(configuration: nil, header: timeline.header)
      let player = try ReplayPlayer(
        timeline: timeline, assembly: assembly, name: timeline.header?.name ?? "",
        from: TerminalSessionTests.from, speed: 60)
      var driver = ReplayDriver(player: player, of: timeline, isPlaying: false)
      while driver.tick(wall: .distantPast, elapsedMilliseconds: 0) {}
      return driver
    }

    mutating func press(_ key: Key, rows: Int, columns: Int) {
      let scene = driver.scene(wall: .distantPast)
      for command in dashboard.handle(key, in: scene, rows: rows, columns: columns) {
        _ = driver.perform(command, wall: .distantPast)
      }
    }

    /// As tmux captures it.
    func picture(rows: Int, columns: Int) -> String {
      dashboard.draw(driver.scene(wall: .distantPast), rows: rows, columns: columns).description
    }
  }

  private static let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../sample-metrics/region-failure.jsonl.gz").standardized.path

  /// A replay that stands still in the middle of the incident.
  private static let arguments = ["replay", sample, "--from", fromText, "--paused"]
  private static let from = Timestamp(text: fromText)
  private static let fromText = "2026-10-20T07:10:00Z"

  private static func terminal(
    environment: String = "", arguments: [String] = arguments
  ) throws -> TerminalTmux {
    let terminal = try TerminalTmux()
    try terminal.start(arguments, environment: environment)
    try terminal.waitUntil("the dashboard") { try terminal.modes.alternateScreen }
    return terminal
  }

  private static func expect(
    _ expectation: Expectation, on terminal: TerminalTmux, rows: Int = 45, columns: Int = 160,
    after what: String
  ) throws {
    let picture = expectation.picture(rows: rows, columns: columns)
    var shown = ""
    do {
      try terminal.waitUntil("the picture after \(what)") {
        shown = try terminal.picture
        return shown == picture
      }
    } catch {
      throw TerminalTmux.Failure(
        description: "\(error)\n\(difference(of: shown, from: picture))")
    }
  }

  /// The first rows that differ.
  private static func difference(of shown: String, from expected: String) -> String {
    let pairs = zip(
      shown.split(separator: "\n", omittingEmptySubsequences: false),
      expected.split(separator: "\n", omittingEmptySubsequences: false))
    return pairs.enumerated().filter { $1.0 != $1.1 }.prefix(3)
      .map { "row \($0):\n  shown    |\($1.0)|\n  expected |\($1.1)|" }
      .joined(separator: "\n")
  }

  @Test
  func `the screen is the dashboard's picture after every key and at every size`() throws {
    var expectation = try Expectation()
    let terminal = try Self.terminal()
    try Self.expect(expectation, on: terminal, after: "the start")
    let keys: [(name: String, key: Key)] = [
      ("2", .character("2")), ("3", .character("3")), ("Down", .down), ("4", .character("4")),
      ("?", .character("?")), ("Escape", .escape), ("1", .character("1")),
      ("/", .character("/")), ("e", .character("e")), ("u", .character("u")), ("Enter", .enter),
      ("Escape", .escape), (".", .character(".")), ("]", .character("]")), ("Tab", .tab),
      ("BTab", .backTab), ("End", .end), ("Home", .home),
    ]
    for (name, key) in keys {
      try terminal.press(name)
      expectation.press(key, rows: 45, columns: 160)
      try Self.expect(expectation, on: terminal, after: name)
    }
    for (rows, columns) in [(24, 80), (10, 40), (16, 60), (50, 200), (45, 160)] {
      try terminal.resize(rows: rows, columns: columns)
      try Self.expect(
        expectation, on: terminal, rows: rows, columns: columns, after: "\(columns)x\(rows)")
    }
    try terminal.press("C-l")
    try Self.expect(expectation, on: terminal, after: "the redraw")
  }

  @Test(arguments: [("q", 0), ("Q", 0), ("C-c", 130)])
  func `quitting leaves the terminal as it was`(key: String, status: Int) throws {
    let terminal = try TerminalTmux()
    let settings = try terminal.settings()
    try terminal.start(Self.arguments)
    try terminal.waitUntil("the dashboard") { try terminal.modes.mouse }
    try Self.expect(try Expectation(), on: terminal, after: "the start")
    try terminal.press(key)
    #expect(try terminal.status() == status)
    #expect(try terminal.modes == .ofShell)
    #expect(try terminal.settings() == settings)
    let bytes = try terminal.bytes
    for (on, off) in [
      ("?1049h", "?1049l"), ("?2004h", "?2004l"), ("?1006h", "?1006l"), ("?2026h", "?2026l"),
    ] {
      #expect(Self.count(of: "\u{1b}[\(on)", in: bytes) > 0)
      let isLast = Self.isLast("\u{1b}[\(off)", over: "\u{1b}[\(on)", in: bytes)
      #expect(isLast, "\(off) comes after \(on)")
    }
  }

  @Test
  func `Q leaves the last frame as text`() throws {
    let terminal = try Self.terminal()
    let expectation = try Expectation()
    try Self.expect(expectation, on: terminal, after: "the start")
    let title = expectation.picture(rows: 45, columns: 160).split(separator: "\n")[2]
    try terminal.press("Q")
    #expect(try terminal.status() == 0)
    try terminal.wait("the frame in the shell") { $0.contains(title) }
    #expect(try terminal.modes == .ofShell)
  }

  @Test(arguments: [
    ("TERM", 143), ("INT", 130), ("HUP", 129), ("QUIT", 131), ("SEGV", 139), ("ABRT", 134),
    ("ILL", 132), ("TRAP", 133), ("BUS", 135), ("FPE", 136),
  ])
  func `a deadly signal leaves the terminal as it was`(name: String, status: Int) throws {
    let terminal = try TerminalTmux()
    let settings = try terminal.settings()
    try terminal.start(Self.arguments)
    try terminal.waitUntil("the dashboard") { try terminal.modes.mouse }
    try terminal.signal(name)
    #expect(try terminal.status() == status)
    #expect(try terminal.modes == .ofShell)
    #expect(try terminal.settings() == settings)
    let isLast = Self.isLast("\u{1b}[?2004l", over: "\u{1b}[?2004h", in: try terminal.bytes)
    #expect(isLast)
  }

  @Test(arguments: ["C-z", "TSTP"])
  func `a stop gives the terminal back until the process goes on`(how: String) throws {
    let expectation = try Expectation()
    let terminal = try TerminalTmux()
    let settings = try terminal.settings()
    try terminal.start(Self.arguments)
    try Self.expect(expectation, on: terminal, after: "the start")
    if how == "C-z" { try terminal.press("C-z") } else { try terminal.signal("TSTP") }
    try terminal.waitUntil("the shell") { try terminal.modes == .ofShell }
    #expect(try terminal.settings() == settings)
    try terminal.resize(rows: 24, columns: 80)
    try terminal.enter("fg")
    try Self.expect(expectation, on: terminal, rows: 24, columns: 80, after: "fg")
    #expect(try terminal.modes.mouse)
    try terminal.press("C-c")
    try terminal.waitUntil("the shell") { try terminal.modes == .ofShell }
    #expect(try terminal.settings() == settings)
  }

  @Test
  func `a stop without notice is made good when the process goes on`() throws {
    let expectation = try Expectation()
    let terminal = try Self.terminal()
    try Self.expect(expectation, on: terminal, after: "the start")
    try terminal.signal("STOP")
    try terminal.wait("the shell's word") { $0.contains("Stopped") }
    try terminal.enter("stty sane; fg")
    try Self.expect(expectation, on: terminal, after: "fg")
    try terminal.press("C-c")
    try terminal.waitUntil("the shell") { try terminal.modes == .ofShell }
  }

  @Test
  func `nothing is written when nothing changes`() throws {
    let terminal = try Self.terminal()
    try Self.expect(try Expectation(), on: terminal, after: "the start")
    let before = try terminal.bytes.utf8.count
    // Keys without a meaning are read, and answered with silence.
    for _ in 0..<20 { try terminal.press("F11") }
    try terminal.press("C-c")
    #expect(try terminal.status() == 130)
    let after = try terminal.bytes.utf8.count
    // What leaving takes.
    #expect(after - before < 300)
  }

  @Test
  func `NO_COLOR means no colours`() throws {
    let terminal = try Self.terminal(environment: "NO_COLOR=1")
    try Self.expect(try Expectation(), on: terminal, after: "the start")
    try terminal.press("q")
    #expect(try terminal.status() == 0)
    let hasColours =
      try terminal.bytes.contains(/\u{1b}\[[0-9;]*[34][0-8](;[0-9;]*)?m/)
    #expect(!hasColours)
  }

  @Test
  func `colours are those of the 256, or of the 16`() throws {
    for (wish, has256) in [("256", true), ("16", false)] {
      let terminal = try Self.terminal(arguments: Self.arguments + ["--color", wish])
      try Self.expect(try Expectation(), on: terminal, after: "the start")
      try terminal.press("q")
      #expect(try terminal.status() == 0)
      let uses256 = try terminal.bytes.contains(
        /\u{1b}\[[0-9;]*[34]8;5;(1[6-9]|[2-9][0-9]|1[0-9][0-9]|2[0-9][0-9])/)
      #expect(uses256 == has256)
    }
  }

  @Test
  func `a locale without UTF-8 is shown ASCII`() throws {
    var expectation = try Expectation()
    expectation.dashboard.options.glyphs = .ascii
    let terminal = try Self.terminal(environment: "LC_ALL=C")
    try Self.expect(expectation, on: terminal, after: "the start")
    #expect(try terminal.picture.utf8.allSatisfy { $0 < 128 })
  }

  @Test(arguments: [
    ("TERM=dumb", "TERM=dumb cannot show a dashboard"), ("TERM=", "TERM is empty"),
  ])
  func `a terminal that cannot show it gets a sentence and status 2`(
    environment: String, reason: String
  ) throws {
    let terminal = try TerminalTmux()
    try terminal.start(["2>message"], environment: environment)
    #expect(try terminal.status() == 2)
    let message = try String(contentsOfFile: terminal.folder + "/message", encoding: .utf8)
    #expect(message.contains(reason))
    #expect(message.contains("meridian check"))
    #expect(message.contains("meridian frame overview"))
    #expect(message.split(separator: "\n").count == 1)
  }

  @Test(arguments: [
    ("standard output", ">/dev/null"), ("standard input", "</dev/null"),
  ])
  func `without a terminal there is a sentence and status 2`(
    name: String, redirection: String
  ) throws {
    let terminal = try TerminalTmux()
    try terminal.start(["watch", "2>message", redirection])
    #expect(try terminal.status() == 2)
    let message = try String(contentsOfFile: terminal.folder + "/message", encoding: .utf8)
    #expect(message.hasPrefix("meridian: \(name) is not a terminal: use `meridian check`"))
  }

  @Test
  func `an unknown terminal is taken for xterm and told so`() throws {
    let terminal = try Self.terminal(environment: "TERM=xterm-unheard-of")
    try Self.expect(try Expectation(), on: terminal, after: "the start")
    try terminal.press("q")
    try terminal.wait("the notice") { $0.contains("TERM=xterm-unheard-of is not known here") }
  }

  @Test
  func `a file that grows is followed, and a pause is shown`() throws {
    let terminal = try TerminalTmux()
    let log = terminal.folder + "/metrics.jsonl"
    let minute = Int(Date().timeIntervalSince1970) / 60
    func line(minutesAgo: Int) -> String {
      CheckProgram.lag([1]).replacing(
        "1767225600000", with: "\((minute - minutesAgo) * 60_000)")
    }
    try Data(line(minutesAgo: 30).utf8).write(to: URL(fileURLWithPath: log))
    try Data(CheckProgram.lagAlarm().utf8).write(
      to: URL(fileURLWithPath: terminal.folder + "/meridian.yaml"))
    try terminal.start(["watch", "metrics.jsonl"])
    try terminal.wait("old data, live") { $0.contains("LIVE") && $0.contains(/data 3[0-9]m/) }
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(line(minutesAgo: 1).utf8))
    try handle.close()
    try terminal.wait("new data") { !$0.contains(/data 3[0-9]m/) && $0.contains(/data [1-9]m/) }
    try terminal.press("Space")
    try terminal.wait("the pause") { $0.contains("PAUSED") }
    try terminal.press("Space")
    try terminal.wait("the live dashboard again") { $0.contains("LIVE") && !$0.contains("PAUSED") }
    try terminal.press("q")
    #expect(try terminal.status() == 0)
  }

  private static func count(of text: String, in bytes: String) -> Int {
    bytes.components(separatedBy: text).count - 1
  }

  /// Whether the last of two sequences that was written is the first of the two given.
  private static func isLast(_ text: String, over other: String, in bytes: String) -> Bool {
    guard let place = bytes.range(of: text, options: .backwards) else { return false }
    guard let otherPlace = bytes.range(of: other, options: .backwards) else { return true }
    return place.lowerBound > otherPlace.lowerBound
  }
}
