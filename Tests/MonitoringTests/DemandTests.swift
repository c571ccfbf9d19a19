import Telemetry
import Testing

@testable import Monitoring

@Suite
struct DemandTests {
  private func demand(_ values: [(minute: Double, value: Double)]) -> Demand {
    var demand = Demand()
    demand.note(values.map { Signal.Point(time: Story.minute($0.minute), value: $0.value) })
    return demand
  }

  @Test
  func
    `a sample is measured against what was asked for ten minutes before it, whenever it is read`()
  {
    let demand = demand([(0, 4), (10, 12), (60, 12)])
    #expect(demand.due(at: Story.minute(9)) == 4)
    #expect(demand.due(at: Story.minute(19)) == 4)
    #expect(demand.due(at: Story.minute(21)) == 12)
    #expect(demand.isRising(at: Story.minute(19)))
    #expect(!demand.isRising(at: Story.minute(21)))
  }

  @Test
  func `less that is asked for is less at once`() {
    let demand = demand([(0, 12), (10, 4), (12, 4)])
    #expect(demand.due(at: Story.minute(10)) == 4)
    #expect(!demand.isRising(at: Story.minute(11)))
  }
}
