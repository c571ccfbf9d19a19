import Documents
import Foundation
import Testing

/// The samples that come with meridian, through the real program.
@Suite
struct CheckSamplesTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("sample-metrics").path

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".jsonl.gz") }.map { String($0.dropLast(9)) }.sorted()
  }()

  @Test("there are samples to look at")
  func present() { #expect(!Self.names.isEmpty) }

  @Test(
    "check gives the exit codes of the ground truth, before, during and after", arguments: names)
  func exitCodes(name: String) throws {
    let path = Self.folder + "/" + name
    let truth = try Data(contentsOf: URL(fileURLWithPath: path + ".truth.json"))
    let document = try Node.json(Array(truth))
    let program = try CheckProgram()
    for instant in try document.required("instants").list() {
      let time = try instant.required("time").string()
      let result = try program.run("check", path + ".jsonl.gz", "--at", time)
      let expected = Int32(try instant.required("exitCode").integer())
      #expect(result.status == expected, "\(name) at \(time): \(result.output.prefix(2000))")
    }
  }

  /// The week-long sample is left to the CI run: it says nothing more here, and takes a minute.
  static let shortNames = names.filter { $0 != "rpo-erosion" }

  @Test("the headless replay gives the same bytes under two hash seeds", arguments: shortNames)
  func hashSeeds(name: String) throws {
    let program = try CheckProgram()
    let arguments = ["replay", "--headless", Self.folder + "/" + name + ".jsonl.gz"]
    let random = try program.run(arguments)
    let fixed = try program.run(arguments, environment: ["SWIFT_DETERMINISTIC_HASHING": "1"])
    #expect(random == fixed)
    #expect(!random.output.isEmpty && random.status == 0)
  }
}
