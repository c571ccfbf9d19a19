import Telemetry

/// The engine read at one instant at or before its `now`: what every view and report draws.
///
/// States come from the kept transitions, so nothing is evaluated twice.
package struct Moment: Sendable {
  package let engine: Engine
  package let time: Timestamp

  package init(engine: Engine, time: Timestamp) {
    self.engine = engine
    self.time = time
  }

  package var topology: Topology { engine.estate.topology }
  package var store: SeriesStore { engine.store }

  /// By name, then region.
  package var alarms: [AlarmReading] { engine.alarms.readings(at: time) }
  /// In the order of the topology.
  package var regions: [RegionReading] { engine.estate.regions(at: time, store: engine.store) }
  /// By service, source, target.
  package var links: [LinkReading] { engine.estate.links(at: time, store: engine.store) }
  /// By name.
  package var failovers: [FailoverReading] {
    engine.estate.failovers(at: time, store: engine.store)
  }

  /// The transitions with `start` <= time <= this moment, oldest first.
  package func transitions(since start: Timestamp) -> ArraySlice<Transition> {
    let all = engine.transitions
    let first = all.partitionIndex { $0.time >= start }
    return all[first..<max(first, all.partitionIndex { $0.time > time })]
  }

  /// The events that had arrived by this moment, oldest arrival first.
  package var events: ArraySlice<Event> {
    engine.events.prefix(engine.events.partitionIndex { $0.arrival > time })
  }
}

extension Array {
  /// The first index whose element is `beyond` a bound, in an array ordered by it.
  package func partitionIndex(where beyond: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if beyond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
