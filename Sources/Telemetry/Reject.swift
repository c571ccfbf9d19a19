/// A record that could not be read, and why: one bad record costs one record.
package struct Reject: Hashable, Sendable {
  /// The file or connection it came from.
  package var source: String
  /// 1-based line or record number; 0 when the format has none.
  package var line: Int
  /// The beginning of the record.
  package var record: String
  /// A sentence that says what was expected.
  package var reason: String

  package init(source: String, line: Int, record: String, reason: String) {
    self.source = source
    self.line = line
    self.record = String(record.prefix(Self.recordLimit))
    self.reason = reason
  }

  /// Enough to recognise a record by.
  package static let recordLimit = 200
}

/// Counts all rejects and keeps the first few as samples.
package struct RejectLog: Hashable, Sendable {
  package private(set) var count = 0
  package private(set) var samples: [Reject] = []

  /// How many samples are kept: enough to see a pattern, few enough to read.
  package static let sampleLimit = 20

  package init() {}

  package mutating func append(_ reject: Reject) {
    count += 1
    if samples.count < Self.sampleLimit { samples.append(reject) }
  }

  /// Counts several records that were refused for the same reason, of which one is shown.
  package mutating func append(_ count: Int, like reject: @autoclosure () -> Reject) {
    guard count > 0 else { return }
    self.count += count
    if samples.count < Self.sampleLimit { samples.append(reject()) }
  }

  /// Adds to the line numbers of all samples, for input that was read in parts.
  package mutating func shiftLines(by lines: Int) {
    for index in samples.indices where samples[index].line > 0 { samples[index].line += lines }
  }

  package mutating func merge(_ other: RejectLog) {
    count += other.count
    samples += other.samples.prefix(Self.sampleLimit - samples.count)
  }
}
