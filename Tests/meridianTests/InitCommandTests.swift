import Testing

@testable import meridian

@Suite
struct InitCommandTests {
  /// A writer in us-east-1 and its replica in eu-west-1.
  private static let pair =
    CheckProgram.lag([1, 1, 1])
    + CheckProgram.lag([100, 100, 100], region: "us-east-1")
    .replacing("ReplicaLag", with: "WriteIOPS").replacing("Seconds", with: "Count/Second")

  @Test
  func `what it writes is a configuration that check takes`() throws {
    let program = try CheckProgram(["lag.jsonl": Self.pair])
    let made = try program.run("init", "lag.jsonl", "--name", "shop")
    #expect(made.status == 0, "\(made)")
    #expect(made.errors == "meridian: meridian.yaml: regions 2, services 1\n")
    let checked = try program.run("check", "--format", "json")
    #expect(checked.output.contains(#""service":"orders""#), "\(checked)")
    #expect(checked.output.contains(#""region":"us-east-1","role":"primary""#), "\(checked)")
  }

  @Test
  func `a configuration that is there already stays`() throws {
    let program = try CheckProgram(["lag.jsonl": Self.pair, "meridian.yaml": "name: mine\n"])
    let refused = try program.run("init", "lag.jsonl")
    #expect(refused.status == 74)
    #expect(refused.errors == "meridian: meridian.yaml cannot be written: it is there already\n")
    let shown = try program.run("init", "lag.jsonl", "-o", "-", "--name", "a: b")
    #expect(shown.status == 0 && shown.output.contains("\nname: \"a: b\"\n"), "\(shown)")
    #expect(shown.output.contains("orders: {kind: rds-read-replica, primary: us-east-1, "))
  }

  @Test
  func `names from outside are quoted, and series of no service make no file`() throws {
    let strange =
      (Self.pair + CheckProgram.lag([1], region: #"mars\u001b"#))
      .replacing(#""orders""#, with: #""or\"d\ners: {}""#)
    let program = try CheckProgram([
      "strange.jsonl": strange, "own.jsonl": Self.pair.replacing("AWS/RDS", with: "Own"),
    ])
    let shown = try program.run("init", "strange.jsonl", "-o", "-")
    #expect(shown.output.contains(#"{DBInstanceIdentifier: "or\"d\U0000000aers: {}"}"#), "\(shown)")
    #expect(shown.output.contains(#"  "mars\U0000001b": {role: standby}"#), "\(shown)")
    let nothing = try program.run("init", "own.jsonl")
    #expect(nothing.status == 1)
    #expect(nothing.errors.hasPrefix("meridian: none of 2 series is of a service"), "\(nothing)")
  }
}
