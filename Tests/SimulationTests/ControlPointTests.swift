import ConfigurationFiles
import Documents
import Testing

@testable import Simulation

@Suite
struct ControlPointTests {
  /// The values at whole minutes from -1 on; a dash where there is none.
  private func course(_ yaml: String, normal: Double = 100, minutes: ClosedRange<Int64> = -1...6)
    throws -> String
  {
    let points = try ControlPoints(Node.yaml(yaml, file: "")) { (node) throws(Fault) in
      try node.number()
    }
    return minutes.map { minute in
      points.value(at: minute * 60_000, normal: normal).map { "\(Int($0))" } ?? "-"
    }.joined(separator: " ")
  }

  @Test
  func `values between two points lie on a straight line`() throws {
    #expect(try course("{0m: 0, 5m: 50}") == "100 0 10 20 30 40 50 50")
  }

  @Test
  func `null means no datapoint until the next point`() throws {
    #expect(try course("{1m: 10, 2m: null, 4m: 30}") == "100 100 10 - - 30 30 30")
  }

  @Test
  func `normal leads back to what the value would have been`() throws {
    #expect(try course("{0m: 0, 4m: normal}") == "100 0 25 50 75 100 100 100")
  }

  @Test
  func `start holds from the beginning on`() throws {
    #expect(try course("{start: null, 3m: 5}") == "- - - - 5 5 5 5")
    #expect(try course("{start: 7, 3m: 5}") == "7 7 7 7 5 5 5 5")
  }
}
