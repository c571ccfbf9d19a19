import Telemetry

/// Makes samples of OTLP's points: one stream each, by what identifies it.
///
/// Monotonic cumulative sums and cumulative histograms become what they grew by; non-monotonic sums are
/// values (their deltas added up); delta points are samples as they are. Metrics of CloudWatch Metric
/// Streams (`amazonaws.com/…`) keep CloudWatch's own names.
struct OTLPSeries: Sendable {
  let context: DecodingContext
  private var series: SeriesCache<OTLPStream>
  private var resources = OTLPResources()

  init(context: DecodingContext) {
    self.context = context
    series = SeriesCache(limit: context.seriesLimit)
  }

  mutating func beginPiece() { series.beginPiece() }

  /// The resource that a request spelled so before; nil while it is not known.
  func resource(_ name: [UInt8]) -> OTLPResource? { resources.known(name) }

  /// Adds a resource; where there is no room, all that was known of resources and streams is forgotten.
  mutating func addResource(_ name: [UInt8], labels: [Dimension]) -> OTLPResource {
    if resources.isFull(for: name) {
      resources = OTLPResources()
      series = SeriesCache(limit: series.limit)
      series.beginPiece()
    }
    return resources.add(name, labels: labels)
  }

  /// The stream with this key; nil while it is not known.
  func find(_ key: Span<UInt8>) -> Int? {
    let whole = SeriesKey(0..<key.count)
    return series.find(whole, hash: whole.hash(in: key), in: key)
  }

  /// Why the last stream that was not added was not.
  var refusal: String { series.refusal }

  /// Adds a stream; nil where there is no room for another.
  mutating func insert(
    _ key: Span<UInt8>, _ metric: OTLPMetric, resource: OTLPResource, attributes: [Dimension]
  ) -> Int? {
    let whole = SeriesKey(0..<key.count)
    return series.insert(
      whole, hash: whole.hash(in: key), in: key,
      metric: identity(of: metric, resource: resource, attributes: attributes),
      state: OTLPStream(isFromCloudWatch: metric.isFromCloudWatch))
  }

  /// Adds a point to a stream; returns what is wrong with it.
  mutating func append(
    _ point: OTLPPoint, of metric: OTLPMetric, to entry: Int, arrival: Timestamp?,
    into batch: inout Batch
  ) -> String? {
    if point.isGap { return nil }
    let start = OTLPPoint.timestamp(nanoseconds: point.start)
    // CloudWatch names a period by its beginning.
    let told = metric.isFromCloudWatch ? start : nil
    guard
      let time = told ?? OTLPPoint.timestamp(nanoseconds: point.time) ?? arrival ?? context.time
    else { return "\(metric.name): a point has no time" }
    switch metric.kind {
    case .gauge, .sum:
      guard let number = point.value else { return "\(metric.name): a point has no value" }
      if number.isNaN { return nil }
      let fault = "\(metric.name): a value is not \(Double.storableExpectation)"
      guard number.isStorable else { return fault }
      guard let value = series[entry].value(number, of: metric, at: time, start: start) else {
        return nil
      }
      guard value.isStorable else { return fault }
      batch.samples.append(
        Sample(
          metric: series.batchIndex(of: entry, in: &batch), time: time, arrival: arrival ?? time,
          statistics: StatisticSet(value)))
    case .histogram, .exponential, .summary:
      let fault =
        "\(metric.name): the count, sum, min or max of a point is not \(Double.storableExpectation)"
      guard point.hasStorableNumbers else { return fault }
      guard let histogram = series[entry].histogram(point, of: metric, at: time, start: start)
      else {
        return nil
      }
      let isStored = batch.append(
        histogram, metric: series.batchIndex(of: entry, in: &batch), time: time,
        arrival: arrival ?? time, merging: metric.isFromCloudWatch ? .replaces : .adds)
      if !isStored {
        return "\(metric.name): neither its sum nor its buckets tell a point's values"
      }
    }
    return nil
  }

  private func identity(
    of metric: OTLPMetric, resource: OTLPResource, attributes: [Dimension]
  ) -> MetricID {
    let rules = context.naming
    if metric.isFromCloudWatch {
      return rules.metric(
        streamed: metric, resource: resource, attributes: attributes, identity: context.identity)
    }
    let kept =
      rules.regionLabels + rules.accountLabels + rules.namespaceLabels + rules.resourceDimensions
    let labels = resource.labels.filter { kept.contains($0.name) } + attributes
    return rules.metric(
      name: metric.name, labels: labels,
      unit: MetricUnit.standard(metric.unit) ?? MetricUnit.suffix(of: metric.name),
      identity: context.identity)
  }
}

extension OTLPMetric {
  /// Whether it comes from a CloudWatch metric stream.
  var isFromCloudWatch: Bool { name.hasPrefix("amazonaws.com/") && kind == .summary }
}

extension NamingRules {
  /// The CloudWatch metric behind a metric of a metric stream.
  ///
  /// Version 0.7 has a label for each dimension, 1.0 an attribute `Dimensions` that holds them.
  fileprivate func metric(
    streamed metric: OTLPMetric, resource: OTLPResource, attributes: [Dimension],
    identity: MetricIdentity
  ) -> MetricID {
    let path = metric.name.split(separator: "/").dropFirst().map(String.init)
    var namespace = path.dropLast().joined(separator: "/")
    var name = path.last ?? ""
    var dimensions: [Dimension] = []
    for attribute in attributes {
      switch attribute.name {
      case "Namespace": namespace = attribute.value
      case "MetricName": name = attribute.value
      case let key where key.hasPrefix(OTLPResource.dimensionPath):
        let own = String(key.dropFirst(OTLPResource.dimensionPath.count))
        dimensions.append(Dimension(name: own, value: attribute.value))
      default: dimensions.append(attribute)
      }
    }
    func label(_ names: [String]) -> String? {
      names.lazy.compactMap { key in resource.labels.first { $0.name == key }?.value }.first
    }
    return MetricID(
      region: label(regionLabels) ?? identity.region ?? "",
      account: label(accountLabels) ?? identity.account ?? "", namespace: namespace, name: name,
      dimensions: dimensions, unit: MetricUnit.standard(metric.unit))
  }
}

extension OTLPResource {
  /// How the members of the attribute `Dimensions` are named once they are flat.
  static let dimensionPath = "Dimensions."
}
