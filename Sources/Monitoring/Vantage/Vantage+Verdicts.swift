extension Vantage {
  /// The sentences that follow from the cells; `isBlind` tells of which regions nothing is seen.
  static func verdicts(
    _ cells: [[Cell]], _ regions: [String], isBlind: [Bool]
  ) -> [Verdict] {
    let matrix = VantageMatrix(cells: cells)
    guard matrix.knownCells > 0 else {
      let text = "nothing looks from one region to another: add canaries, or replication"
      return [Verdict(kind: .unobserved, text: text)] + blind(regions, isBlind)
    }
    var verdicts: [Verdict] = []
    let columns = regions.indices.filter(matrix.isColumnDark)
    let rows = regions.indices.filter(matrix.isRowDark)
    for region in columns where !rows.contains(region) {
      verdicts.append(
        Verdict(
          kind: .down, region: regions[region],
          text: "\(regions[region]) is down: no region that looks reaches it"))
    }
    for region in rows {
      let both = columns.contains(region)
      verdicts.append(
        Verdict(
          kind: .isolated, region: regions[region],
          text: both
            ? "\(regions[region]) is cut off: it reaches nobody, and nobody reaches it"
            : "\(regions[region]) is isolated: it reaches no region that others reach"))
    }
    verdicts += scatter(matrix, regions, rows: rows, columns: columns)
    verdicts += blind(regions, isBlind)
    if verdicts.isEmpty {
      verdicts = [Verdict(kind: .clear, text: "every region sees those it looks at")]
    }
    return verdicts
  }

  private static func scatter(
    _ matrix: VantageMatrix, _ regions: [String], rows: [Int], columns: [Int]
  ) -> [Verdict] {
    regions.indices.flatMap { from in
      regions.indices.compactMap { to -> Verdict? in
        let state = matrix.cells[from][to].state
        guard [.dark, .partly, .slow].contains(state), !rows.contains(from), !columns.contains(to)
        else { return nil }
        let path = "\(regions[from]) to \(regions[to])"
        let text =
          switch state {
          case .dark: "the network from \(path): nothing gets through, others see both"
          case .partly: "from \(path) some of it works: a service, rather than the network"
          default: "the network from \(path) is slow"
          }
        return Verdict(kind: .network, region: regions[from], text: text)
      }
    }
  }

  private static func blind(_ regions: [String], _ isBlind: [Bool]) -> [Verdict] {
    regions.indices.filter { isBlind[$0] }.map {
      Verdict(
        kind: .blind, region: regions[$0],
        text: "nothing is seen from \(regions[$0]): its row is unknown, not dark")
    }
  }
}

/// Rows and columns of the cells.
private struct VantageMatrix {
  let cells: [[Vantage.Cell]]

  var knownCells: Int { cells.reduce(0) { $0 + $1.count(where: \.isKnown) } }

  /// A region that no observer reaches, where an observer reaches somebody else, or there are two.
  func isColumnDark(_ column: Int) -> Bool {
    let observers = cells.indices.filter { $0 != column && cells[$0][column].isKnown }
    guard !observers.isEmpty, observers.allSatisfy({ cells[$0][column].state == .dark }) else {
      return false
    }
    return observers.count >= 2
      || observers.contains { row in
        cells.indices.contains { $0 != column && $0 != row && cells[row][$0].isLit }
      }
  }

  /// A region that reaches nobody, although somebody else reaches one of those it looks at.
  func isRowDark(_ row: Int) -> Bool {
    let known = cells.indices.filter { $0 != row && cells[row][$0].isKnown }
    guard !known.isEmpty, known.allSatisfy({ cells[row][$0].state == .dark }) else { return false }
    return known.contains { column in
      cells.indices.contains { $0 != row && $0 != column && cells[$0][column].isLit }
    }
  }
}
