import Collectors
import Configuration
import Telemetry
import Testing
import WireFormats

@testable import Simulation

/// What is shipped in `sample-metrics` is what the scenarios beside it give.
@Suite
struct SampleTests {
  @Test(arguments: SampleFiles.names)
  func `a shipped recording is what its scenario and seed generate`(name: String) throws {
    let scenario = try SampleFiles.scenario(name)
    let generation = try SampleFiles.generation(name)
    let generated = SampleFiles.lines(of: scenario, generation)
    #expect(
      GzipWriter.compress(generated) == (try SampleFiles.recording(name)),
      "run `make samples` and look at what changed")
    #expect(generation.truth.json + "\n" == (try SampleFiles.truth(name)))
  }

  @Test
  func `the shipped recordings take less than 8 MB together`() throws {
    let bytes = try SampleFiles.names.reduce(0) { try $0 + SampleFiles.recording($1).count }
    #expect(bytes < 8_000_000)
  }
}
