import Foundation
import Testing

/// `meridian check` as cron sees it: the real program, its exit code and what it prints.
@Suite
struct CheckCommandTests {
  @Test(
    "exit codes follow the verdict",
    arguments: [
      ([1, 1, 1], "critical", 0), ([1, 1, 9], "critical", 2), ([1, 1, 9], "warning", 1),
      ([], "", 3),
    ])
  func exitCodes(values: [Double], severity: String, status: Int32) throws {
    let program = try CheckProgram([
      "meridian.yaml": CheckProgram.lagAlarm(severity: severity),
      "lag.json": CheckProgram.lag(values),
    ])
    let result = try program.run("check", "lag.json")
    #expect(result.status == status, "\(result)")
  }

  @Test("the default instant is a minute after the newest sample")
  func defaultInstant() throws {
    let program = try CheckProgram([
      "meridian.yaml": CheckProgram.lagAlarm(), "lag.json": CheckProgram.lag([1, 1, 9]),
    ])
    let result = try program.run("check", "--format", "json", "lag.json")
    #expect(
      result.output.hasPrefix(
        #"{"at":"2026-01-01T00:03:00Z","verdict":"CRITICAL","exitCode":2,"alarms":[{"name":"orders-lag","region":"eu-west-1","severity":"critical","state":"ALARM","previousState":"OK","#
      ), "\(result)")
    #expect(result.output.hasSuffix(#""rejects":{"count":0,"samples":[]}}"# + "\n"))
    #expect(result.errors == "")
  }

  @Test(
    "times may be RFC 3339, epoch seconds or milliseconds",
    arguments: ["2026-01-01T00:02:00Z", "1767225720", "1767225720000"])
  func spellingsOfTime(time: String) throws {
    let program = try CheckProgram([
      "meridian.yaml": CheckProgram.lagAlarm(), "lag.json": CheckProgram.lag([1, 1, 9]),
    ])
    let result = try program.run("check", "--at", time, "--format", "json", "lag.json")
    #expect(result.output.hasPrefix(#"{"at":"2026-01-01T00:02:00Z","verdict":"OK""#), "\(result)")
  }

  @Test("times may be relative to now, where nothing had arrived yet")
  func relativeTime() throws {
    let program = try CheckProgram(["meridian.yaml": CheckProgram.lagAlarm()])
    let ahead =
      #"{"metric_stream_name":"m","region":"r","namespace":"n","metric_name":"x","#
      + #""dimensions":{},"timestamp":9000000000000,"value":{"count":1,"sum":1,"max":1,"min":1}}"#
    try program.write(ahead + "\n", to: "ahead.json")
    let result = try program.run("check", "--at", "-15m", "ahead.json")
    #expect(result.status == 3)
    #expect(result.output.contains("UNKNOWN: no data"), "\(result)")
  }

  @Test("what arrives later is ignored")
  func laterArrivals() throws {
    let late = CheckProgram.lag([9, 9, 9], arrivalDelay: 180_000)
    let program = try CheckProgram([
      "meridian.yaml": CheckProgram.lagAlarm(), "lag.json": late,
    ])
    let before = try program.run("check", "lag.json", "--at", "2026-01-01T00:02:30Z")
    #expect(before.status == 3, "\(before)")
    let after = try program.run("check", "lag.json", "--at", "2026-01-01T00:05:00Z")
    #expect(after.status == 2, "\(after)")
  }

  @Test("a faulty alarm is named, the rest runs, and the verdict is at least WARNING")
  func faultyAlarm() throws {
    let program = try CheckProgram([
      "meridian.yaml": CheckProgram.lagAlarm(more: "alarms: [more.json]"),
      "more.json": #"{"MetricAlarms": [{"AlarmName": "broken", "Threshold": "x\u001b[31m"}]}"#,
      "lag.json": CheckProgram.lag([1, 1]),
    ])
    let result = try program.run("check", "lag.json")
    #expect(result.status == 1, "\(result)")
    #expect(result.errors.contains("more.json:1"), "\(result)")
    #expect(result.errors.contains("broken"), "\(result)")
    #expect(!result.errors.contains("\u{1B}"), "what comes from outside is made harmless")
  }

  @Test("a service of the user's own is known, and a mistake in its file is named")
  func ownService() throws {
    let service = """
      kind: till
      title: Tills
      layout: regional
      metrics:
        - {role: errors, namespace: Shop, name: Failed, dimensions: {Till: "{service}"}, unit: Count,
           statistic: Sum, period: 60s, publishedIn: local, reporting: nonzero, normal: 0, warn: 1,
           critical: 10, evaluationPeriods: 1, basis: ours, absence: Nothing has failed.,
           source: "https://docs.aws.amazon.com/"}
      """
    let record = { (minute: Int) in
      #"{"region":"us-east-1","namespace":"Shop","metric_name":"Failed","dimensions":{"Till":"front"},"#
        + #""timestamp":\#(1_767_225_600_000 + minute * 60_000),"#
        + #""value":{"count":40,"sum":40,"min":1,"max":1},"unit":"Count"}"#
    }
    var files = [
      "meridian.yaml": """
      regions: {us-east-1: {role: primary}}
      services: {front: {kind: till, regions: [us-east-1]}}
      catalog: own
      """,
      "own/till.yaml": service,
      "till.jsonl": (0..<9).map(record).joined(separator: "\n"),
    ]
    let known = try CheckProgram(files).run("check", "till.jsonl", "--format", "json")
    #expect(known.output.contains("server errors a minute"), "\(known)")
    files["own/till.yaml"] = service.replacing("layout: regional", with: "layout: moon")
    let faulty = try CheckProgram(files).run("check", "till.jsonl")
    #expect(faulty.status == 78, "\(faulty)")
    #expect(faulty.errors.contains("own/till.yaml:3: layout: 'moon' is not"), "\(faulty)")
  }

  @Test("one bad record costs one record")
  func badRecord() throws {
    let program = try CheckProgram([
      "meridian.yaml": CheckProgram.lagAlarm(),
      "lag.json": CheckProgram.lag([1]) + "{\"metric_name\":\n" + CheckProgram.lag([1, 1]),
    ])
    let result = try program.run("check", "--format", "json", "lag.json")
    #expect(result.status == 0, "\(result)")
    #expect(
      result.output.contains(#""rejects":{"count":1,"samples":[{"source":"lag.json","line":2,"#))
  }

  @Test(
    "what cannot be used ends with its code and one sentence",
    arguments: [
      (["--bogus"], 64, "Unknown option '--bogus'"),
      (["--at", "soon"], 64, "soon"),
      (["--state", "x", "--no-state"], 64, "exclude"),
      (["udp://127.0.0.1"], 64, "udp://"),
      (["noise.bin"], 65, "noise.bin"),
      (["none.json"], 74, "none.json"),
      (["--config", "none.yaml"], 78, "'none.yaml' is not a readable file"),
      (
        ["--config", "faulty.yaml"], 78, "faulty.yaml:2: regions.us-east-1.role: 'boss' is not one"
      ),
    ])
  func failures(arguments: [String], status: Int32, sentence: String) throws {
    let program = try CheckProgram([
      "noise.bin": "\u{1}\u{2}\u{3} nothing that any format knows\n",
      "faulty.yaml": "name: shop\nregions: {us-east-1: {role: boss}}\n",
    ])
    let result = try program.run(["check"] + arguments)
    #expect(result.status == status, "\(result)")
    #expect(result.errors.contains(sentence), "\(result)")
    #expect(result.output == "", "\(result)")
  }

  @Test("a plugin maps every code above 3 to 3 and says why on its one line")
  func nagiosFailures() throws {
    let program = try CheckProgram()
    let result = try program.run("check", "--format", "nagios", "none.json")
    #expect(result.status == 3)
    #expect(result.output.hasPrefix("MERIDIAN UNKNOWN - none.json"), "\(result)")
    let usage = try program.run("check", "--format=nagios", "--bogus")
    #expect(usage.status == 3, "\(usage)")
    #expect(usage.output.hasPrefix("MERIDIAN UNKNOWN - "), "\(usage)")
  }

  @Test("a URL's secret in the configuration is not repeated in messages about later keys")
  func secrets() throws {
    let program = try CheckProgram([
      "meridian.yaml": CheckProgram.lagAlarm(more: "notify: [{webhook: 'https://x/?key=hunter2'}]"),
      "lag.json": CheckProgram.lag([1, 1]),
    ])
    let result = try program.run("check", "lag.json")
    #expect(result.errors.contains("does not act on the key 'notify'"), "\(result)")
    #expect(!(result.errors + result.output).contains("hunter2"))
    let doctor = try program.run("doctor")
    #expect(!(doctor.errors + doctor.output).contains("hunter2"), "\(doctor)")
  }
}
