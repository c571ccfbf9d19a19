/// What became of the samples of each way in, beyond what the way in itself can know.
struct SourceLedger: Sendable {
  private var numbers: [String: UInt16] = [:]
  private var tallies: [SourceTally] = [SourceTally()]

  /// A source beyond these is counted with those that have no name: files that rotate have many.
  static let limit = 4096

  /// The number of a source, given on first sight and never changed; 0 for what has no name.
  mutating func number(of source: String) -> UInt16 {
    if source.isEmpty { return 0 }
    if let known = numbers[source] { return known }
    guard tallies.count < Self.limit else { return 0 }
    let number = UInt16(tallies.count)
    numbers[source] = number
    tallies.append(SourceTally())
    return number
  }

  subscript(number: UInt16) -> SourceTally {
    get { tallies[Int(number)] }
    set { tallies[Int(number)] = newValue }
  }

  /// Of all sources together.
  var total: SourceTally {
    tallies.reduce(into: SourceTally()) { total, tally in
      total.late += tally.late
      total.refused += tally.refused
    }
  }

  func tally(of source: String) -> SourceTally {
    numbers[source].map { tallies[Int($0)] } ?? SourceTally()
  }
}

/// What the engine counts of one way in.
package struct SourceTally: Hashable, Sendable {
  /// Samples that arrived when their series held newer data already.
  package var late = 0
  /// Samples of new series that came when there were as many series as may be.
  package var refused = 0

  package init() {}
}
