import Telemetry
import Testing

@testable import Monitoring

/// What a primary that was replaced takes is in no copy, and counts for the RPO.
@Suite
struct StrayWritesTests {
  private let lost = Story.minute(10)

  @Test
  func `what the old primary writes on counts from the move to its end, lost points or not`() {
    var stray = StrayWrites()
    stray.note(.writes(since: Story.minute(0)), after: lost, seenUntil: Story.minute(12))
    #expect(stray.seconds == 120)
    stray.note(.unknown(wasWriting: true), after: lost, seenUntil: Story.minute(12))
    #expect(stray.seconds == 120)
    stray.note(.idle(since: Story.minute(15)), after: lost, seenUntil: Story.minute(17))
    #expect(stray.seconds == 300)
  }

  @Test
  func `what was not seen since the move may all have been written`() {
    var stray = StrayWrites()
    stray.note(.unknown(wasWriting: true), after: lost, seenUntil: Story.minute(10))
    stray.note(.writes(since: Story.minute(20)), after: lost, seenUntil: Story.minute(25))
    #expect(stray.seconds == 900)
  }

  @Test
  func `a primary that comes back and writes loses what it takes, not the time it was gone`() {
    var stray = StrayWrites()
    stray.note(.idle(since: Story.minute(10)), after: lost, seenUntil: Story.minute(11))
    stray.note(.writes(since: Story.minute(40)), after: lost, seenUntil: Story.minute(43))
    stray.note(.idle(since: Story.minute(43)), after: lost, seenUntil: Story.minute(45))
    #expect(stray.seconds == 180)
  }
}
