import Documents
import Foundation
import Telemetry
import Testing

@testable import WireFormats

/// One input beside its expected reading: `Fixtures/FORMAT/CASE.in` and `CASE.want`.
///
/// `MERIDIAN_UPDATE=1 swift test` rewrites what is expected; read the difference.
struct Fixture: CustomTestStringConvertible {
  let format: String
  let name: String

  var testDescription: String { "\(format)/\(name)" }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  static let all: [Fixture] = allWireFormats.flatMap { format in
    names(in: folder.appendingPathComponent(format.name)).filter { $0.hasSuffix(".in") }.map {
      Fixture(format: format.name, name: String($0.dropLast(3)))
    }
  }

  static func names(in folder: URL) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }

  func url(_ ending: String) -> URL {
    Self.folder.appendingPathComponent("\(format)/\(name).\(ending)")
  }

  var input: [UInt8] { [UInt8](try! Data(contentsOf: url("in"))) }

  var context: DecodingContext {
    var context = DecodingContext(source: "in")
    context.identity.region = format == "aws-cli-json" ? "eu-west-1" : nil
    context.identity.fallbackName = name
    context.time = Timestamp(seconds: 1_795_420_000)
    if let queries = try? Data(contentsOf: url("queries")) {
      context.queries = try! MetricQuery.queries(Node.json([UInt8](queries)))
    }
    return context
  }

  /// What the format reads when it is fed pieces of a size, one batch for all or one a piece.
  func reading(pieces size: Int, freshBatches: Bool = false) -> String {
    var decoder = wireFormat(named: format)!.init(context: context)
    var picture = Picture()
    var batch = Batch()
    var rest = input[...]
    while !rest.isEmpty {
      decoder.decode(Array(rest.prefix(size)), into: &batch)
      rest = rest.dropFirst(size)
      if freshBatches { picture.take(&batch) }
    }
    decoder.finish(into: &batch)
    picture.take(&batch)
    return picture.text(header: decoder.header)
  }
}

@Suite
struct FixtureTests {
  @Test(arguments: Fixture.all)
  func aFixtureReadsAsExpected(_ fixture: Fixture) throws {
    let reading = fixture.reading(pieces: .max)
    if ProcessInfo.processInfo.environment["MERIDIAN_UPDATE"] != nil {
      try reading.write(to: fixture.url("want"), atomically: true, encoding: .utf8)
    }
    let wanted = try String(contentsOf: fixture.url("want"), encoding: .utf8)
    #expect(reading == wanted)
  }

  @Test(arguments: Fixture.all, [1, 7, 64])
  func howTheInputIsCutChangesNothing(_ fixture: Fixture, _ size: Int) {
    let whole = fixture.reading(pieces: .max)
    #expect(fixture.reading(pieces: size) == whole)
    #expect(fixture.reading(pieces: size, freshBatches: true) == whole)
  }

  @Test(arguments: Fixture.all)
  func aFixtureIsRecognised(_ fixture: Fixture) {
    #expect(detectWireFormat(InputBeginning(fixture.input))?.name == fixture.format)
  }

  @Test
  func everyFormatHasAFileAndFixtures() {
    let sources = URL(fileURLWithPath: #filePath)
      .appendingPathComponent("../../../Sources/WireFormats/Formats").standardizedFileURL
    let files = Fixture.names(in: sources).map { $0.replacingOccurrences(of: ".swift", with: "") }
    #expect(files == allWireFormats.map { "\($0)" }.sorted())
    #expect(Set(Fixture.all.map(\.format)) == Set(allWireFormats.map { $0.name }))
    #expect(Fixture.names(in: Fixture.folder) == allWireFormats.map { $0.name }.sorted())
  }
}

/// A batch as text: samples, events, then rejects, in the order in which they were read.
struct Picture {
  private var samples: [String] = []
  private var events: [String] = []
  private var rejects = RejectLog()

  mutating func take(_ batch: inout Batch) {
    for sample in batch.samples {
      let metric = batch.metrics[Int(sample.metric)]
      let values = sample.statistics
      samples.append(
        "\(sample.time) \(metric) unit=\(metric.unit ?? "-") account=\(metric.account)\n  "
          + "count=\(values.count) sum=\(values.sum) min=\(values.minimum) max=\(values.maximum)"
          + " \(sample.merging) arrival=\(sample.arrival)"
          + (sample.valueCounts.map { Self.values(batch.valueCounts[Int($0)]) } ?? ""))
    }
    for event in batch.events {
      let facts = event.attributes.map { "\n  \($0.name): \($0.value)" }.joined()
      events.append(
        "\(event.time) \(event.source) \(event.name) region=\(event.region) "
          + "subject=\(event.subject) account=\(event.account) id=\(event.identifier) "
          + "arrival=\(event.arrival)\n  \"\(event.message)\"\(facts)")
    }
    rejects.merge(batch.rejects)
    batch.removeAll()
  }

  private static func values(_ counts: ValueCounts) -> String {
    let pairs = counts.pairs.map { "\($0.value)x\($0.count)" }
    let told = counts.told.map { "\($0.statistic)=\($0.value)" }
    return "\n  of " + (pairs + told).joined(separator: " ")
  }

  func text(header: RecordingHeader?) -> String {
    var lines: [String] = []
    if let header {
      lines.append("header \(header.name)")
      for (name, node) in [("topology", header.topology), ("alarms", header.alarms)] {
        var writer = JSONWriter()
        if let node { writer.node(node) }
        lines.append("  \(name) \(writer.text)")
      }
    }
    lines += samples + events
    for reject in rejects.samples {
      lines.append("! \(reject.source):\(reject.line): \(reject.reason)\n  \(reject.record)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
