import Foundation
import Testing

private let chromium = ["chromium", "chromium-browser", "google-chrome"]
  .map { "/usr/bin/" + $0 }.first { FileManager.default.isExecutableFile(atPath: $0) }

/// A report as a browser shows it: headless Chromium, light, dark and on paper.
@Suite(
  .enabled(
    if: chromium != nil, "no chromium in /usr/bin: install it to run these"))
struct ReportBrowserTests {
  private static let sample =
    #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    + "/sample-metrics/region-failure.jsonl.gz"

  @Test
  func `a browser draws the whole report, differently in the dark, and prints it`() throws {
    let program = try CheckProgram()
    let made = try program.run("report", Self.sample, "-o", "report.html")
    #expect(made.status == 0, "\(made.errors)")
    let tree = String(decoding: try open("--dump-dom", in: program), as: UTF8.self)
    for part in ["Incident report: region-failure", "<svg", "Timeline", "STEADY to DETECTING"] {
      #expect(tree.contains(part), "\(part)")
    }
    let light = try shot("light.png", ["--screenshot=light.png"], program)
    let dark = try shot(
      "dark.png", ["--blink-settings=preferredColorScheme=0", "--screenshot=dark.png"], program)
    // A blank page of this size is a few kilobytes.
    #expect(light.count > 50_000 && dark.count > 50_000)
    #expect(light != dark)
    let paper = try shot(
      "report.pdf", ["--no-pdf-header-footer", "--print-to-pdf=report.pdf"], program)
    #expect(paper.starts(with: Array("%PDF-".utf8)) && paper.count > 50_000)
  }

  private func shot(_ name: String, _ options: [String], _ program: CheckProgram) throws -> Data {
    _ = try open(options, in: program)
    return try Data(contentsOf: URL(fileURLWithPath: program.folder + "/" + name))
  }

  private func open(_ options: String..., in program: CheckProgram) throws -> Data {
    try open(options, in: program)
  }

  /// Opens the report without a network; the browser keeps its own files in the test's folder.
  private func open(_ options: [String], in program: CheckProgram) throws -> Data {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: try #require(chromium))
    process.arguments =
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        "--window-size=1100,1600", "--user-data-dir=\(program.folder)/browser",
        "--host-resolver-rules=MAP * ~NOTFOUND",
      ] + options + ["file://\(program.folder)/report.html"]
    process.currentDirectoryURL = URL(fileURLWithPath: program.folder)
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return bytes
  }
}
