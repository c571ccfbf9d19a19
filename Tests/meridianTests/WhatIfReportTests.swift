import Documents
import Foundation
import Monitoring
import Testing

@testable import meridian

/// `meridian whatif` and `meridian drill` over the samples, through the real program.
@Suite
struct WhatIfReportTests {
  private static let samples = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("sample-metrics").path
  private static let failure = samples + "/region-failure.jsonl.gz"
  private static let switchover = samples + "/planned-switchover.jsonl.gz"
  private static let before = ["--at", "2026-10-20T06:40:00Z"]

  @Test
  func `a table lines up, and text from outside drives no terminal`() {
    let table = TextTable(head: ["A", "LONGER"], rows: [["xyz", "1"], ["x", ""]])
    #expect(table.lines == ["A    LONGER", "xyz  1", "x"])
    #expect(sanitised("a\u{1B}[31mb\u{9B}c") == "a\u{FFFD}[31mb\u{FFFD}c")
  }

  @Test
  func `an empty league is no success`() {
    let league = DrillLeague()
    #expect(!league.allPassed)
    #expect(league.text == "no failover was found\n")
    #expect(league.json == "{\"drills\":[]}\n")
  }

  @Test
  func `whatif tells in JSON what it tells in words, the same under two hash seeds`() throws {
    let program = try CheckProgram()
    let arguments = ["whatif", "us-east-1", Self.failure] + Self.before
    let text = try program.run(arguments)
    #expect(text.status == 0)
    #expect(text.output.contains("orders has no writer"))
    let random = try program.run(arguments + ["--format", "json"])
    let fixed = try program.run(
      arguments + ["--format", "json"], environment: ["SWIFT_DETERMINISTIC_HASHING": "1"])
    #expect(random == fixed)
    let loss = try Node.json(Array(random.output.utf8))
    #expect(try loss.required("region").string() == "us-east-1")
    let stores = try loss.required("stores").list()
    #expect(try stores.map { try $0.required("service").string() }.sorted().contains("orders-db"))
    let deployment = try #require(try loss.required("deployments").list().first)
    #expect(try deployment.required("target").string() == "eu-west-1")
  }

  @Test
  func `a region that is not configured is a mistake in one sentence that names those that are`()
    throws
  {
    let result = try CheckProgram().run("whatif", "mars-north-1", Self.failure)
    #expect(result.status == 64)
    #expect(
      result.errors
        == "meridian: 'mars-north-1' is none of the regions: us-east-1, eu-west-1, ap-southeast-1\n"
    )
  }

  @Test
  func `a drill's exit code says whether all passed`() throws {
    let program = try CheckProgram()
    let passed = try program.run("drill", Self.switchover)
    #expect(passed.status == 0, "\(passed.output)")
    #expect(passed.output.contains("PASSED"))
    let both = try program.run("drill", Self.switchover, Self.failure, "--format", "json")
    #expect(both.status == 1)
    let drills = try Node.json(Array(both.output.utf8)).required("drills").list()
    #expect(try drills.map { try $0.required("result").string() } == ["PASSED", "FAILED"])
    let none = try program.run("drill", Self.switchover, "--to", "2026-09-15T13:30:00Z")
    #expect(none.status == 1)
    #expect(none.output == "no failover was found\n")
  }
}
