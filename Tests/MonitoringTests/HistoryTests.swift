import Telemetry
import Testing

@testable import Monitoring

@Suite
struct HistoryTests {
  @Test(arguments: [0, 255, 256, 600, 999, 2000])
  func `what is forgotten takes nothing from the instants after it`(minute: Int) {
    var history = History<Int>()
    for minute in 0..<1000 { history.append(minute, at: Story.minute(Double(minute))) }
    history.forget(before: Story.minute(Double(minute)))
    for later in stride(from: Double(minute), to: 1200, by: 0.5) {
      #expect(history.at(Story.minute(later)) == min(Int(later), 999))
    }
    #expect(history.entries.count == (minute < 256 ? 1000 : max(1000 - minute, 1)))
  }

  @Test
  func `an empty history has nothing to forget`() {
    var history = History<Int>()
    history.forget(before: Story.start)
    #expect(history.at(Story.start) == nil)
  }
}
