import Documents
import Foundation
import Monitoring
import Testing

@testable import ConfigurationFiles

/// `meridian.yaml`: where it is found, what it may say, and how a mistake in it reads.
@Suite
struct ConfigurationFileTests {
  /// Files in a folder of their own, removed at the end.
  private final class Folder {
    let path: String

    init(_ files: [String: String]) throws {
      path = FileManager.default.temporaryDirectory.path + "/meridian-" + UUID().uuidString
      for (name, text) in files {
        let file = URL(fileURLWithPath: path + "/" + name)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
      }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func load(_ environment: [String: String] = [:]) throws -> ConfigurationFile {
      try ConfigurationFile.load(path + "/meridian.yaml") { environment[$0] }
    }

    /// The fault of loading, without the folder.
    func fault(_ environment: [String: String] = [:]) -> String? {
      do {
        _ = try load(environment)
        return nil
      } catch {
        return String(describing: error).replacingOccurrences(of: path + "/", with: "")
      }
    }
  }

  private static func alarm(_ name: String) -> String {
    """
    {"AlarmName": "\(name)", "Namespace": "AWS/RDS", "MetricName": "ReplicaLag", "Period": 60,
     "Statistic": "Average", "EvaluationPeriods": 1, "Threshold": 5,
     "ComparisonOperator": "GreaterThanThreshold"}
    """
  }

  @Test("the first place that has a file wins, in the documented order")
  func search() throws {
    let folder = try Folder(["a.yaml": "", "home/meridian/meridian.yaml": ""])
    let named = folder.path + "/a.yaml"
    let variables = ["MERIDIAN_CONFIG": named, "XDG_CONFIG_HOME": folder.path + "/home"]
    let both = ConfigurationSearch(explicit: named, environment: { variables[$0] })
    #expect(
      both.places.map(\.origin) == [
        "--config", "$MERIDIAN_CONFIG", "the current folder", "the user's folder",
        "the system's folder",
      ])
    #expect(try both.find()?.origin == "--config")
    let user = ConfigurationSearch(
      explicit: nil, environment: { $0 == "MERIDIAN_CONFIG" ? nil : variables[$0] })
    #expect(try user.find()?.path == folder.path + "/home/meridian/meridian.yaml")
  }

  @Test("a file that the user named and that is not there is a fault")
  func missing() {
    let search = ConfigurationSearch(explicit: "/no/such.yaml", environment: { _ in nil })
    #expect {
      try search.find()
    } throws: {
      String(describing: $0) == "--config: '/no/such.yaml' is not a readable file"
    }
  }

  @Test("paths are relative to the file, globs are read in order, alarms may be inline")
  func alarms() throws {
    let folder = try Folder([
      "meridian.yaml": """
      regions: {us-east-1: {role: primary}}
      alarms: [alarms/*.json, \(Self.alarm("listed"))]
      MetricAlarms: [\(Self.alarm("inline"))]
      state: state.sqlite
      theme: meridian-light
      sources: [metrics/*.json, "-"]
      """,
      "alarms/b.json": #"{"MetricAlarms": [\#(Self.alarm("b"))]}"#,
      "alarms/a.json": "[\(Self.alarm("a"))]",
    ])
    let file = try folder.load()
    #expect(file.alarms.map(\.name) == ["a", "b", "listed", "inline"])
    #expect(file.alarmFaults == [])
    #expect(file.statePath == folder.path + "/state.sqlite")
    #expect(file.theme == "meridian-light")
    #expect(file.sources == [folder.path + "/metrics/*.json", "-"])
    #expect(file.topology?["regions"] != nil)
  }

  @Test("a faulty alarm is named and skipped, the rest runs")
  func faultyAlarms() throws {
    let folder = try Folder([
      "meridian.yaml": "alarms: ['*.json']",
      "a.json": #"{"MetricAlarms": [\#(Self.alarm("a"))]}"#,
      "b.json": #"{"MetricAlarms": [{"AlarmName": "b"}]}"#,
      "c.json": "{",
    ])
    let file = try folder.load()
    #expect(file.alarms.map(\.name) == ["a"])
    #expect(Set(file.alarmFaults.map { String($0.place.file.suffix(6)) }) == ["b.json", "c.json"])
  }

  @Test(
    "a mistake in the file names file, key, value and what was expected",
    arguments: [
      ("nonsense: 1\n", "meridian.yaml:1: nonsense: 'nonsense' is not one of the keys"),
      ("\nalarms: [none.json]\n", "meridian.yaml:2: alarms[0]: 'none.json' is not a readable file"),
      ("theme: [dark]\n", "meridian.yaml:1: theme: 'a list' is not a string"),
      (
        "theme: ${NOWHERE}\n", "meridian.yaml:1: theme: '${NOWHERE}' is not an environment variable"
      ),
      ("theme: !file none\n", "'none' is not a readable file"),
      ("- a\n", "meridian.yaml:1: 'a list' is not a mapping"),
    ])
  func faults(text: String, expected: String) throws {
    let fault = try Folder(["meridian.yaml": text]).fault() ?? "none"
    #expect(fault.contains(expected), "\(fault)")
  }

  @Test("environment variables and first lines of files are filled in, other templates stay")
  func resolution() throws {
    let folder = try Folder([
      "meridian.yaml": "theme: !file theme.txt\nsources: ['/${A}/${B}', '/${AWS::Region}/$A']",
      "theme.txt": "meridian-dark\nsecond line",
    ])
    let file = try folder.load(["A": "one", "B": "two"])
    #expect(file.theme == "meridian-dark")
    #expect(file.sources == ["/one/two", "/${AWS::Region}/$A"])
  }

  @Test("keys of later versions are accepted, said to have no effect, and not resolved")
  func laterKeys() throws {
    let folder = try Folder([
      "meridian.yaml": "notify:\n  - {webhook: '${SECRET}', secret: !file /none}\n"
    ])
    let warnings = try folder.load().warnings.map { $0.replacing(folder.path + "/", with: "") }
    #expect(
      warnings == ["meridian.yaml:2: this version does not act on the key 'notify'"])
  }

  @Test("the folder of recordings is beside the file, and what is wrong with it is named")
  func recordings() throws {
    let folder = try Folder(["meridian.yaml": "record: {path: recordings, keep: 30d}\n"])
    let record = try folder.load().record
    #expect(record?.path == folder.path + "/recordings")
    #expect(record?.keepMilliseconds == 2_592_000_000)
    for (text, words) in [
      ("record: {keep: 30d}\n", "path"), ("record: {path: x, keep: 0s}\n", "above zero"),
      ("record: {path: x, kept: 1d}\n", "keep, path"),
    ] {
      let folder = try Folder(["meridian.yaml": text])
      #expect { try folder.load() } throws: { "\($0)".contains(words) }
    }
  }

  @Test("listeners are read in their order; a port alone means this machine")
  func listeners() throws {
    let folder = try Folder([
      "meridian.yaml": "listen: {cloudwatch: 127.0.0.1:8085, statsd: 8125}\n"
    ])
    let listen = try folder.load().listen
    #expect(listen.map(\.kind) == [.cloudwatch, .statsd])
    #expect(listen.flatMap(\.sources) == ["udp://127.0.0.1:8125?format=statsd"])
  }

  @Test("a listener may say who may come, and how")
  func listenAccess() throws {
    let folder = try Folder([
      "meridian.yaml": """
      listen:
        cloudwatch: {address: "0.0.0.0:8085", keys: {AKID: secret-of-it}, tls: proxy, strict: true}
        otlp: {address: "0.0.0.0:4318", token: a-long-token, tls: {certificate: a.crt, key: a.key}}
        statsd: {address: "0.0.0.0:8125", exposed: true}

      """
    ])
    let listen = try folder.load().listen
    #expect(listen[0].access.keys == ["AKID": "secret-of-it"])
    #expect(listen[0].access.encryption == .proxy && listen[0].access.isStrict)
    #expect(listen[1].access.token == "a-long-token")
    guard case .files(let certificate, let key) = listen[1].access.encryption else {
      Issue.record("no files")
      return
    }
    #expect(certificate.hasSuffix("/a.crt") && key.hasSuffix("/a.key"))
    #expect(listen[2].sources == ["udp://0.0.0.0:8125?format=statsd&exposed=yes"])
  }

  @Test(
    "what a listener cannot have is named, and no secret is shown",
    arguments: [
      ("cloudwatch: {address: 8085, token: abcdefgh}", "'token' is not one of the keys"),
      ("otlp: {address: 8085, keys: {A: abcdefgh}}", "'keys' is not one of the keys"),
      ("otlp: {address: 8085, token: short}", "'…' is not a secret of at least 8 characters"),
      ("otlp: {address: 8085, tls: maybe}", "'maybe' is not proxy, or certificate and key"),
      ("statsd: {address: 8085, token: abcdefgh}", "'token' is not one of the keys"),
      ("otlp: {token: abcdefgh}", "missing the key address"),
    ])
  func listenAccessFaults(entry: String, words: String) throws {
    let folder = try Folder(["meridian.yaml": "listen:\n  \(entry)\n"])
    #expect(folder.fault()?.contains(words) == true, "\(folder.fault() ?? "")")
    #expect(folder.fault()?.contains("short") != true)
  }

  @Test("a listener of an unknown kind is named")
  func unknownListener() throws {
    let folder = try Folder(["meridian.yaml": "listen: {cloudwach: 8085}\n"])
    #expect(
      folder.fault()?.hasPrefix("meridian.yaml:1: listen.cloudwach: 'cloudwach' is not") == true)
  }

  @Test("an empty file is a configuration that says nothing")
  func empty() throws {
    let file = try Folder(["meridian.yaml": "# nothing yet\n"]).load()
    #expect(file.topology == nil)
    #expect(!file.namesAlarms)
  }

  @Test("resources are looked for beside the program, under its prefix and in its source tree")
  func resources() throws {
    let folder = try Folder(["Package.swift": "", "sample-metrics/a": "", "usr/bin/meridian": ""])
    let program = folder.path + "/usr/bin/meridian"
    let resources = ResourceFolders(executable: program) { $0 == "MERIDIAN_SHARE" ? "/mine" : nil }
    #expect(
      resources.folders == [
        "/mine", folder.path + "/usr/bin", folder.path + "/usr/share/meridian", folder.path,
      ])
    #expect(resources.find("sample-metrics") == folder.path + "/sample-metrics")
    #expect(resources.find("Themes") == nil)
  }
}
