import Telemetry

/// One metric of a service kind: its name, its publishing region, and how to read its values.
package struct ServiceMetric: Hashable, Sendable {
  package var role: MetricRole
  package var namespace: String
  package var name: String
  package var dimensions: [DimensionPattern] = []
  package var unit: String?
  package var statistic: Statistic = .average
  package var periodMilliseconds: Int64 = 60_000
  package var publishedIn: PublishingRegion = .local
  /// A second place that answers where documents disagree; used only while the first is silent.
  package var alsoPublishedIn: PublishingRegion?
  package var reporting: Reporting = .always
  /// Milliseconds that a point may appear after its period has ended.
  package var publishingDelayMilliseconds: Int64 = 120_000
  /// Multiplies a value to give seconds of data at risk, or of latency.
  package var secondsPerUnit: Double = 1
  /// Special values that are no measurements.
  package var sentinels: [Sentinel] = []
  /// Bounds in the metric's unit; with `ratioTo` a fraction.
  package var warn: Double?
  package var critical: Double?
  package var isBadWhenLow = false
  /// The role whose metric divides this one: errors to requests.
  package var ratioTo: MetricRole?
  /// Whether the value is a part of one by itself (a percentage is without saying).
  package var isRatio = false
  /// What a value of a lag is: how far behind, the age of a copy, or a count of copies made.
  package var measures: Measure = .lag
  /// The role whose metric tells how many units a second are moved: a backlog of bytes in seconds.
  package var dividedBy: MetricRole?
  /// Writes below this, in the metric's unit, are a source at rest.
  package var idleBelow: Double?
  /// Milliseconds to which a lag grows, and falls, while its source rests and nothing is missing.
  package var idleSawMilliseconds: Int64?
  /// Before a planned move, how many times the recent maximum to wait after the last write.
  package var drainFactor: Double?
  /// What is normal, in words or as a range: `0-5`, `diurnal`.
  package var normal = ""
  /// How many of how many of the newest points must be bad.
  package var datapointsToAlarm = EstateRules.badPoints
  package var evaluationPeriods = EstateRules.pointsJudged
  /// Whether a region's writes include what it only applies for another region.
  package var includesReplicated = false
  package var basis: Basis = .ours
  /// What it means that the metric is not there; a sentence.
  package var absence = ""
  /// The page that says so.
  package var source = ""

  package init(role: MetricRole, namespace: String, name: String) {
    self.role = role
    self.namespace = namespace
    self.name = name
  }

  /// Where a metric is published, seen from a replication link or a region.
  package enum PublishingRegion: Hashable, Sendable {
    case source
    /// The secondary, destination or replica of a link.
    case target
    /// The region it is about.
    case local
    /// One region for the whole world: `us-east-1`.
    case fixed(String)
  }

  /// When a metric has points: what its absence can mean.
  package enum Reporting: String, Hashable, Sendable, CaseIterable {
    case always
    /// Only where there is something to report: absent means zero while the resource lives.
    case nonzero
    case optIn = "opt-in"
    /// Only when something happens.
    case event
    /// Once a day, late by one day or two.
    case daily
    /// Computed from something else, by meridian or by an exporter of the user's.
    case derived

    /// Whether no point means that there was nothing.
    var isSparse: Bool { self == .nonzero || self == .event }
  }

  /// What a replication metric's value says.
  package enum Measure: String, Hashable, Sendable, CaseIterable {
    /// How far a copy is behind.
    case lag
    /// Time since the newest complete copy: it grows with the clock and falls at each copy, so its
    /// peak is what a loss costs.
    case age
    /// A count of copies completed: any point above zero is one; the lag is the time since.
    case completions
  }

  /// Whose judgement a threshold is.
  package enum Basis: String, Hashable, Sendable, CaseIterable {
    case awsRecommended = "aws-recommended"
    case awsDocumentation = "aws-doc"
    case practitioner
    case ours
  }

  /// What a value says where it is no measurement; of a period that had such a value too, which draws its
  /// mean below zero.
  package func sentinel(_ value: Double) -> Sentinel? {
    sentinels.first { $0.value == value || $0.value < 0 && value < 0 }
  }

  /// A value that is no measurement.
  package struct Sentinel: Hashable, Sendable {
    package var value: Double
    package var means: Meaning

    package init(value: Double, means: Meaning) {
      self.value = value
      self.means = means
    }

    package enum Meaning: String, Hashable, Sendable, CaseIterable {
      /// Replication has stopped.
      case broken
      /// Replication has stopped if the source goes on writing; otherwise there is nothing to move.
      case stalledWhileWriting = "stalled-while-writing"
      /// Caught up, or nothing to read: no proof that it works.
      case idleOrCaughtUp = "idle-or-caught-up"
      case unknown
    }
  }
}

/// A dimension a metric carries and where its value comes from.
package struct DimensionPattern: Hashable, Sendable {
  package var name: String
  package var value: Value
  /// Whether a series without the dimension is accepted too.
  package var isOptional = false

  package init(name: String, value: Value, isOptional: Bool = false) {
    self.name = name
    self.value = value
    self.isOptional = isOptional
  }

  /// Which of the three regions of a series a placeholder means.
  package enum Place: String, Hashable, Sendable, CaseIterable {
    case publisher, source, target
  }

  package enum Value: Hashable, Sendable {
    /// The service's own dimension of this name; `{region}` in it stands for the place.
    case service(regionOf: Place)
    /// The code of the source's or target's region.
    case region(Place)
    /// The health check of the region the series is about.
    case healthCheck
    /// The canary that watches the source from the target.
    case canary
    case literal(String)
    /// Anything.
    case any
  }
}

extension ServiceMetric {
  /// What makes a part of one of a value; nil where it is none.
  package var ratioScale: Double? { unit == "Percent" ? 0.01 : isRatio ? 1 : nil }

  /// A value in seconds; 410 ms are 0.41 s, to the last digit.
  package func seconds(_ value: Double) -> Double {
    secondsPerUnit < 1 ? value / (1 / secondsPerUnit).rounded() : value * secondsPerUnit
  }

  /// The region that publishes the series of a link from `source` to `target` (equal: of a region).
  package func publisher(source: String, target: String) -> String {
    region(publishedIn, source: source, target: target)
  }

  func region(_ place: PublishingRegion, source: String, target: String) -> String {
    switch place {
    case .source, .local: source
    case .target: target
    case .fixed(let code): code
    }
  }

  /// The series of a service's link, or region, as AWS publishes it: what a simulation writes.
  package func identifier(
    of service: ServiceDefinition, source: String, target: String
  ) -> MetricID {
    let publisher = publisher(source: source, target: target)
    let wanted = expectations(
      of: service, source: source, target: target, publisher: publisher)
    return MetricID(
      region: publisher, namespace: namespace, name: name,
      dimensions: wanted.compactMap { pattern in
        pattern.value.map { Dimension(name: pattern.name, value: $0) }
      }, unit: unit)
  }

  /// The dimensions of a series with the values they must have (nil: any).
  func expectations(
    of service: ServiceDefinition, source: String, target: String, publisher: String
  ) -> [Expectation] {
    dimensions.map { pattern in
      var expectation = Expectation(name: pattern.name, isOptional: pattern.isOptional)
      switch pattern.value {
      case .service(let place):
        let code =
          switch place {
          case .publisher: publisher
          case .source: source
          case .target: target
          }
        expectation.value = service.dimension(pattern.name, region: code)
        expectation.identifies = expectation.value != nil
      case .region(let place): expectation.value = place == .source ? source : target
      case .healthCheck:
        expectation.value = service.healthChecks.first { $0.name == source }?.value
        expectation.identifies = true
      case .canary:
        expectation.value =
          service.canaries.first { $0.watches == source && $0.runsIn == target }?
          .name
        expectation.identifies = true
      case .literal(let text): expectation.value = text
      case .any: break
      }
      return expectation
    }
  }

  /// One dimension of a series that is looked for.
  struct Expectation: Hashable, Sendable {
    var name: String
    var isOptional: Bool
    var value: String?
    /// Whether a match proves that the series belongs to the service.
    var identifies = false
  }
}

extension ServiceDefinition {
  /// The value of one of the service's dimensions in a region; nil when it has none of that name.
  package func dimension(_ name: String, region: String) -> String? {
    dimensions.first { $0.name == name }?.value.replacing("{region}", with: region)
  }
}
