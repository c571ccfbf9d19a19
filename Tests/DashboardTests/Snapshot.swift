import Foundation
import Testing

@testable import Dashboard

/// Compares a picture with the file that shows what is expected; `MERIDIAN_UPDATE=1` rewrites it.
func expectSnapshot(
  _ picture: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Snapshots/\(name).txt")
  if ProcessInfo.processInfo.environment["MERIDIAN_UPDATE"] == "1" {
    try picture.write(to: file, atomically: true, encoding: .utf8)
    return
  }
  let expected = try String(contentsOf: file, encoding: .utf8)
  guard picture != expected else { return }
  let rows = zip(
    picture.split(separator: "\n", omittingEmptySubsequences: false),
    expected.split(separator: "\n", omittingEmptySubsequences: false))
  let first = rows.enumerated().first { $0.element.0 != $0.element.1 }
  Issue.record(
    """
    \(name) differs in row \(first?.offset ?? -1):
    got      |\(first?.element.0 ?? "")|
    expected |\(first?.element.1 ?? "")|
    """, sourceLocation: sourceLocation)
}

/// A small generator of repeatable random numbers; tests print its seed when they fail.
struct Dice: RandomNumberGenerator {
  var state: UInt64
  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }
  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
