import Telemetry
import Testing

@testable import Collectors
@testable import Simulation

/// What is shipped in `sample-metrics` is what the scenarios beside it give.
@Suite
struct SampleTests {
  @Test(arguments: SampleFiles.names)
  func `a shipped recording is what its scenario and seed generate`(name: String) throws {
    let scenario = try SampleFiles.scenario(name)
    let generation = try SampleFiles.generation(name)
    var shipped: [UInt8] = []
    let inflater = Inflater()
    inflater.decompress(try SampleFiles.recording(name)) { shipped += $0 }
    #expect(inflater.fault == nil && inflater.isComplete)
    // Bytes are compared, not shown: a recording is megabytes long.
    let isSame = shipped == SampleFiles.lines(of: scenario, generation)
    #expect(isSame, "the scenario gives another recording now: make the samples again")
    #expect(generation.truth.json + "\n" == (try SampleFiles.truth(name)))
  }

  @Test
  func `the shipped recordings take less than 12 MB together`() throws {
    let bytes = try SampleFiles.names.reduce(0) { try $0 + SampleFiles.recording($1).count }
    #expect(bytes < 12_000_000)
  }
}
