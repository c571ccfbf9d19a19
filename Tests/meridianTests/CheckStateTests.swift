import Foundation
import Storage
import Testing

/// `meridian check --state`: what one run knew, the next run knows.
@Suite
struct CheckStateTests {
  private static func program(_ values: [Double]) throws -> CheckProgram {
    try CheckProgram([
      "meridian.yaml": CheckProgram.lagAlarm(more: "state: state.sqlite"),
      "lag.json": CheckProgram.lag(values),
    ])
  }

  @Test("nothing is printed when nothing changed, unless --verbose or another format asks")
  func quiet() throws {
    let program = try Self.program([1, 1, 1])
    let first = try program.run("check", "lag.json")
    #expect(first.status == 0 && first.output.hasPrefix("OK at "), "\(first)")
    try program.write(CheckProgram.lag([1, 1, 1, 1]), to: "lag.json")
    let second = try program.run("check", "lag.json")
    #expect(second == CheckProgram.Result(status: 0, output: "", errors: ""))
    #expect(try program.run("check", "lag.json", "--verbose").output.hasPrefix("OK at "))
    #expect(try program.run("check", "lag.json", "--format", "nagios").output.hasPrefix("MERIDIAN"))
    try program.write(CheckProgram.lag([1, 1, 1, 1, 9]), to: "lag.json")
    let changed = try program.run("check", "lag.json")
    #expect(changed.status == 2 && changed.output.hasPrefix("CRITICAL at "), "\(changed)")
  }

  @Test("run by run ends where one run over everything ends")
  func runByRun() throws {
    let values: [Double] = [1, 9, 9, 1, 1, 9, 1, 1, 1, 9, 9, 9]
    let program = try Self.program([])
    for count in 1...values.count {
      try program.write(CheckProgram.lag(Array(values[..<count])), to: "lag.json")
      let stepwise = try program.run("check", "lag.json", "--format", "json")
      let atOnce = try program.run("check", "lag.json", "--format", "json", "--no-state")
      #expect(stepwise == atOnce)
    }
  }

  @Test("a state is remembered without the data that led to it")
  func memory() throws {
    let program = try Self.program([1, 9])
    #expect(try program.run("check", "lag.json").status == 2)
    try program.write("", to: "lag.json")
    let result = try program.run("check", "lag.json", "--at", "2026-01-01T00:02:30Z")
    #expect(result.status == 2, "\(result)")
  }

  @Test("time does not run backwards under a state, and --no-state looks back")
  func backwards() throws {
    let program = try Self.program([1, 1, 1])
    #expect(try program.run("check", "lag.json").status == 0)
    let back = ["check", "lag.json", "--at", "2026-01-01T00:01:00Z"]
    let refused = try program.run(back)
    #expect(refused.status == 64, "\(refused)")
    #expect(refused.errors.contains("--no-state"))
    #expect(try program.run(back + ["--no-state"]).status == 0)
  }

  @Test("a state that cannot be read is UNKNOWN and a sentence, unless something is CRITICAL")
  func unreadable() throws {
    let program = try Self.program([1, 1])
    try program.write("this is no database, and long enough to be looked at", to: "state.sqlite")
    let calm = try program.run("check", "lag.json")
    #expect(calm.status == 3, "\(calm)")
    #expect(calm.errors.contains("state.sqlite cannot be used"), "\(calm)")
    try program.write(CheckProgram.lag([1, 9]), to: "lag.json")
    let alarmed = try program.run("check", "lag.json")
    #expect(alarmed.status == 2, "\(alarmed)")
  }

  @Test("two overlapping runs take turns; one that waited too long says so with code 3")
  func overlap() throws {
    let program = try Self.program([1, 1])
    #expect(try program.run("check", "lag.json").status == 0)
    // A run that is under way holds the write lock of the file.
    let store = try StateStore(
      path: program.folder + "/state.sqlite", lockTimeoutMilliseconds: 0)
    let result = try store.update { previous in
      let result = try program.run("check", "lag.json", "--lock-timeout", "50ms")
      return (result, try #require(previous), [])
    }
    #expect(result.status == 3, "\(result)")
    #expect(result.errors.contains("another run still holds the state"), "\(result)")
    #expect(try program.run("check", "lag.json", "--lock-timeout", "50ms").status == 0)
  }
}
