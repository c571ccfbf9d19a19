import Telemetry
import Testing

@testable import Monitoring

@Suite
struct EstateLawTests {
  @Test(arguments: [UInt64(11), 12, 13])
  func `one step or a thousand, whole or in pieces: the same transitions`(seed: UInt64) {
    let story = storm(seed)
    let whole = story.played(to: 180).transitions
    #expect(!whole.isEmpty)
    var noise = Noise(seed: seed)
    var stepped = Engine(topology: story.topology, catalog: Estates.catalog)
    stepped.ingest(story.batch)
    var time = Story.start
    while time < Story.minute(180) {
      time = min(Story.minute(180), time + 1 + Int64(noise.unit() * 21_600))
      _ = stepped.advance(to: time)
    }
    #expect(stepped.transitions == whole, "seed \(seed)")
    #expect(pieces(story, seed).transitions == whole, "seed \(seed)")
  }

  @Test(arguments: [UInt64(11), 12])
  func `an earlier instant is read as it was`(seed: UInt64) {
    let story = storm(seed)
    let late = story.played(to: 180)
    for minute in [30.0, 66, 71, 76, 90, 120, 145] {
      let then = story.played(to: minute).moment()
      let now = late.moment(at: Story.minute(minute))
      #expect(now.regions == then.regions, "minute \(minute)")
      #expect(now.links == then.links, "minute \(minute)")
      #expect(now.failovers == then.failovers, "minute \(minute)")
    }
  }

  private func storm(_ seed: UInt64) -> Story {
    let fate = Fate(eastDown: 60..<130, promoted: 75, returned: 140)
    var story = Story.shop(fate, minutes: 0..<180, seed: seed)
    story.event("RDS-EVENT-0391", at: 72, region: Estates.west, subject: "orders-eu-west-1")
    story.event("RDS-EVENT-0238", at: 75, region: Estates.west, subject: "orders-eu-west-1")
    return story
  }

  /// The story handed over in batches of random size, each as soon as its first record arrives.
  private func pieces(_ story: Story, _ seed: UInt64) -> Engine {
    var noise = Noise(seed: seed + 100)
    var engine = Engine(topology: story.topology, catalog: Estates.catalog)
    let samples = story.batch.samples.sorted { $0.arrival < $1.arrival }
    var taken = 0
    var events = story.batch.events
    while taken < samples.count {
      var batch = Batch()
      batch.metrics = story.batch.metrics
      let end = min(samples.count, taken + 1 + Int(noise.unit() * 200))
      batch.samples = Array(samples[taken..<end])
      let bound = end < samples.count ? samples[end].arrival : .distantFuture
      batch.events = events.filter { $0.arrival < bound }
      events.removeAll { $0.arrival < bound }
      engine.ingest(batch)
      if end < samples.count { _ = engine.advance(to: samples[end].arrival - 1) }
      taken = end
    }
    _ = engine.advance(to: Story.minute(180))
    return engine
  }
}
