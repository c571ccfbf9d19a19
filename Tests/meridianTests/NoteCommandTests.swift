import Collectors
import Telemetry
import Testing

@testable import meridian

@Suite
struct NoteCommandTests {
  @Test
  func `a note is an event at once, in the words and from whom it came`() throws {
    let program = try CheckProgram()
    try program.write("listen: {socket: \(program.folder)/d.sock}\n", to: "meridian.yaml")
    var options = InputOptions()
    options.clock = { WallClock.now() }
    let socket = try SourceSpecification("unix://\(program.folder)/d.sock")
    let follower = try FileFollower([socket], options: options)
    let words = "decided: \"over\" to eu-west-1\u{1b}[2J"
    let result = try program.run(
      "note", words, "--subject", "orders", "--region", "us-east-1", "--by", "ada")
    #expect(result == CheckProgram.Result(status: 0, output: "", errors: ""))
    let event = try #require(Self.events(of: follower).first)
    #expect(event.source == "operator" && event.name == "note")
    #expect(event.message == words && event.subject == "orders" && event.region == "us-east-1")
    #expect(event.attribute("useridentity.arn") == "ada")
    #expect(event.time == event.arrival && WallClock.now().seconds(since: event.time) < 60)
  }

  /// Waits for what the socket's thread has to hand over.
  private static func events(of follower: FileFollower) -> [Event] {
    let deadline = WallClock.now() + 10_000
    while WallClock.now() < deadline {
      let events = follower.takeReceived().flatMap(\.events)
      if !events.isEmpty { return events }
    }
    return []
  }

  @Test
  func `without a daemon, or a word, it says so`() throws {
    let program = try CheckProgram()
    let nobody = try program.run("note", "x", "--socket", "none.sock")
    #expect(nobody.status == 74)
    #expect(nobody.errors.hasPrefix("meridian: nobody listens on none.sock: "), "\(nobody)")
    #expect(try program.run("note", "x").status == 64)
    #expect(try program.run("note", " ", "--socket", "none.sock").status == 64)
  }
}
