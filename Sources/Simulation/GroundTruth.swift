import Telemetry

/// What really happened, beside what was measured: written as `NAME.truth.json`.
///
/// ```
/// {"name":"…","seed":1,"start":"…","end":"…",
///  "regions":[{"region":"us-east-1","health":[INTERVAL…]}],
///  "links":[{"service":"orders-db","from":"us-east-1","to":"eu-west-1","states":[INTERVAL…]}],
///  "deployments":[{"deployment":"orders","states":[INTERVAL…],
///     "writers":[{"from":"…","to":"…","accepted":["us-east-1"],"settlesAfterSeconds":360}],
///     "recovery":{"began":"…","lost":"…","restored":"…",
///                 "rpo":{"service":"orders-db","seconds":40.1,"atLeast":39.1,"atMost":160.1},
///                 "rto":{"seconds":1200,"atLeast":960,"atMost":1440}}}],
///  "redAlarms":["…"],
///  "instants":[{"name":"before","time":"…","exitCode":0}]}
/// INTERVAL = {"from":"…","to":"…","accepted":["DOWN","IMPAIRED"],"settlesAfterSeconds":360}
/// ```
///
/// An interval holds from `from` up to but without `to`. Whoever watches from outside learns of a
/// change only after a while: until `settlesAfterSeconds` have passed, what was accepted in the
/// interval before is accepted too, and in the first interval anything. A writer's word is a region, or `none`. `recovery` is null where
/// nothing was lost, and has no `lost` and `rpo` where no writer moved; `redAlarms` names all alarms that are ever in ALARM (null: not stated).
/// Lists are in the order of the scenario.
package struct GroundTruth: Hashable, Sendable {
  package var name: String
  package var seed: UInt64
  package var start: Timestamp
  package var end: Timestamp
  package var regions: [Course] = []
  package var links: [Course] = []
  package var deployments: [Deployment] = []
  package var redAlarms: [String]?
  package var instants: [Instant] = []

  /// The accepted words for one thing through time.
  package struct Course: Hashable, Sendable {
    /// A region; or service, source and target of a link.
    package var subject: [String]
    package var intervals: [Interval]
  }

  package struct Interval: Hashable, Sendable {
    package var from: Timestamp
    package var to: Timestamp
    package var accepted: [String]
    package var settlesAfterSeconds: Double
  }

  package struct Deployment: Hashable, Sendable {
    package var name: String
    package var states: [Interval]
    package var writers: [Interval]
    package var recovery: Recovery?
  }

  /// What a failover cost.
  package struct Recovery: Hashable, Sendable {
    package var began: Timestamp
    package var restored: Timestamp
    package var rto: Figure
    /// The last write that the old writer accepted, of which service, and what of it was lost; nil
    /// where no writer moved.
    package var lost: Timestamp?
    package var service: String?
    package var rpo: Figure?
  }

  /// A true figure, and the range in which a measurement agrees with it.
  package struct Figure: Hashable, Sendable {
    package var seconds: Double
    package var atLeast: Double
    package var atMost: Double

    package func accepts(_ measured: Double) -> Bool { (atLeast...atMost).contains(measured) }
  }

  /// An instant at which the exit code of `check` is stated.
  package struct Instant: Hashable, Sendable {
    package var name: String
    package var time: Timestamp
    package var exitCode: Int
  }
}

extension GroundTruth {
  /// The words accepted at an instant: those of its interval, and before it settles, of the last.
  ///
  /// Nil where anything is: nobody knows what was before the first interval.
  package static func accepted(in intervals: [Interval], at time: Timestamp) -> [String]? {
    var words: [String] = []
    guard let first = intervals.first, time.seconds(since: first.from) >= first.settlesAfterSeconds
    else { return nil }
    for (index, interval) in intervals.enumerated() where interval.from <= time {
      if time < interval.to { return words + interval.accepted }
      let next = index + 1 < intervals.count ? intervals[index + 1] : nil
      let isSettling = next.map { time.seconds(since: $0.from) < $0.settlesAfterSeconds } ?? false
      words = isSettling ? words + interval.accepted : []
    }
    return words
  }
}
