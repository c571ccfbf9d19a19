import Telemetry
import Testing

@testable import Monitoring

@Suite
struct VantageTests {
  private static let regions = ["a", "b", "c"]

  /// Rows of `s` sees, `d` dark, `w` slow, `p` partly, `?` unknown, `.` nothing.
  private func verdicts(_ rows: String..., blind: [Bool] = [false, false, false]) -> [String] {
    let states: [Character: Vantage.Cell.State] = [
      "s": .sees, "d": .dark, "w": .slow, "p": .partly, "?": .unknown, ".": .none,
    ]
    let cells = rows.map { row in row.map { Vantage.Cell(state: states[$0] ?? .none) } }
    return Vantage.verdicts(cells, Self.regions, isBlind: blind).map {
      "\($0.kind.rawValue) \($0.region ?? "-")"
    }
  }

  @Test
  func `a dark column is a region that is down`() {
    #expect(verdicts(".ss", "d.s", "ds.") == ["DOWN a"])
  }

  @Test
  func `a dark row is a region that is isolated`() {
    #expect(verdicts(".dd", "s.s", "ss.") == ["ISOLATED a"])
  }

  @Test
  func `dark from both sides is cut off, which nobody outside can tell from isolated`() {
    #expect(verdicts(".dd", "d.s", "ds.") == ["ISOLATED a"])
  }

  @Test
  func `a single dark cell is the network between two`() {
    #expect(verdicts(".ss", "s.d", "ss.") == ["NETWORK b"])
    #expect(verdicts(".sw", "s.s", "ps.") == ["NETWORK a", "NETWORK c"])
  }

  @Test
  func `what is not known is neither dark nor clear`() {
    #expect(verdicts(".??", "?.?", "??.") == ["UNOBSERVED -"])
    #expect(verdicts("...", "...", "...") == ["UNOBSERVED -"])
    #expect(verdicts(".??", "s.s", "ss.", blind: [true, false, false]) == ["BLIND a"])
    #expect(verdicts(".ss", "s.s", "ss.") == ["CLEAR -"])
  }

  @Test
  func `one observer alone that sees nobody else does not call a region down`() {
    #expect(verdicts("...", "d..", "...") == ["NETWORK b"])
  }

  @Test
  func `replication tells: the copy sees its source, and a region that is down is a dark column`() {
    let moment = Story.shop(minutes: 0..<60).played(to: 60).moment()
    let (east, west) = (0, 1)
    #expect(moment.vantage.cells[west][east].state == .sees)
    #expect(moment.vantage.cells[east][west].state == .sees)
    #expect(moment.vantage.cells[west][east].roundTripMilliseconds == 69.5)
    #expect(moment.vantage.verdicts.map(\.kind) == [.clear])
    let after = Story.shop(Fate(eastDown: 60..<120), minutes: 0..<120).played(to: 110).moment()
    #expect(after.vantage.cells[west][east].state == .dark)
  }
}
