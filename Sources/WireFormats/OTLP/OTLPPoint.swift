import Telemetry

/// One data point of OTLP, however it was encoded.
struct OTLPPoint {
  var attributes: [Dimension] = []
  /// Nanoseconds since 1970; 0 where unknown.
  var start: UInt64 = 0
  var time: UInt64 = 0
  var flags: UInt64 = 0
  /// The value of a gauge or a sum.
  var value: Double?
  var count: Double = 0
  var sum: Double?
  var minimum: Double?
  var maximum: Double?
  var buckets: Buckets?
  var exponential: ExponentialBuckets?
  var quantiles: [(quantile: Double, value: Double)] = []

  /// Whether it says that there is no value: DataPointFlags.
  var isGap: Bool { flags & 1 == 1 }

  /// Whether what it says of its values as a whole are numbers that can be stored.
  var hasStorableNumbers: Bool {
    count.isStorable && [sum, minimum, maximum].allSatisfy { $0?.isStorable != false }
  }

  /// A time of OTLP; nil for none and for what is beyond year 9999.
  static func timestamp(nanoseconds: UInt64) -> Timestamp? {
    guard nanoseconds > 0 else { return nil }
    return Timestamp(milliseconds: Int64(nanoseconds / 1_000_000))
  }
}

/// What a metric's points have in common.
struct OTLPMetric {
  var name = ""
  var unit = ""
  var kind = Kind.gauge
  var temporality = Temporality.unspecified
  var isMonotonic = false

  /// The fault of a metric that is of no kind.
  var noKind: String {
    "\(name): neither a gauge, a sum, a histogram, an exponential histogram nor a summary"
  }

  enum Kind: UInt8, Sendable { case gauge, sum, histogram, exponential, summary }

  /// Numbered as AggregationTemporality is.
  enum Temporality: UInt64, Sendable { case unspecified, delta, cumulative }
}

/// Who reports: its attributes, and what tells it from others.
struct OTLPResource: Sendable {
  var number = 0
  var labels: [Dimension] = []
}
