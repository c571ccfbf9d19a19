import Testing

@testable import meridian

/// `meridian wait`: the data are of January, so that by the clock everything is long silent.
@Suite
struct WaitCommandTests {
  private static func program() throws -> CheckProgram {
    try CheckProgram([
      "meridian.yaml": """
      regions: {us-east-1: {role: primary}, eu-west-1: {role: standby}}
      sources: [lag.jsonl]
      \(CheckProgram.lagAlarm())
      """, "lag.jsonl": CheckProgram.lag([1, 1]),
    ])
  }

  @Test(arguments: [
    ("INSUFFICIENT_DATA(orders-lag)", Int32(0)), ("NOT ALARM(orders-lag)", 0),
    ("BLIND(eu-west-1) AND NOT OK(orders-lag)", 0), ("OK(orders-lag)", 1),
    ("HEALTH(eu-west-1) == HEALTHY", 1),
  ])
  func `it ends at once where the condition holds, and with 1 where time is up`(
    condition: String, status: Int32
  ) throws {
    let result = try Self.program().run("wait", condition, "--timeout", "0s")
    #expect(result.status == status, "\(result)")
    #expect(
      result.errors
        == (status == 0 ? "" : "meridian: \(condition) does not hold after 0 ms\n"))
  }

  @Test(arguments: [
    ("OK(nobody)", "alarms [nobody] in the alarm rule do not exist"),
    ("BLIND(mars-1)", "has no region mars-1"), ("OK(orders-lag", "Unsupported token"),
  ])
  func `a condition that cannot be is refused at once`(condition: String, words: String) throws {
    let result = try Self.program().run("wait", condition)
    #expect(result.status == 64 && result.errors.contains(words), "\(result)")
    #expect(!result.errors.contains("left out"))
  }

  @Test
  func `without sources there is nothing to wait for`() throws {
    let result = try CheckProgram().run("wait", "OK(a)")
    #expect(result.status == 64 && result.errors.contains("name sources"), "\(result)")
  }
}
