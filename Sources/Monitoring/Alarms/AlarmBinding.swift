import Telemetry

/// Which series an alarm reads.
enum AlarmBinding {
  /// What a series and an alarm must have in common, to the letter.
  struct Key: Hashable, Sendable {
    let namespace: String
    let name: String
    let dimensions: [Dimension]

    init(_ metric: MetricID) {
      namespace = metric.namespace
      name = metric.name
      dimensions = metric.dimensions
    }

    init(_ definition: AlarmDefinition) {
      namespace = definition.namespace
      name = definition.metricName
      dimensions = definition.dimensions
    }
  }

  /// Whether region, account and unit allow the alarm to read the metric; what the source does not
  /// tell excludes nothing.
  static func fits(_ metric: MetricID, _ definition: AlarmDefinition) -> Bool {
    agree(metric.region, definition.region) && agree(metric.account, definition.account)
      && agree(metric.unit ?? "", definition.unit)
  }

  private static func agree(_ found: String, _ wanted: String?) -> Bool {
    guard let wanted, !wanted.isEmpty, !found.isEmpty else { return true }
    return found == wanted
  }

  /// Whether an alarm reads `left` rather than `right`, both of which fit.
  ///
  /// A series that tells its region comes before one that does not; then the unit in alphabetical
  /// order (CloudWatch takes one unit of several: milliseconds before seconds), then the account.
  static func prefers(_ left: MetricID, over right: MetricID) -> Bool {
    if left.region.isEmpty != right.region.isEmpty { return right.region.isEmpty }
    let units = (left.unit ?? "", right.unit ?? "")
    return units.0 != units.1 ? units.0 < units.1 : left.account < right.account
  }
}

extension AlarmBook {
  /// Binds a series that has its first data to the alarms that watch it.
  package mutating func seriesAppeared(_ series: SeriesID, metric: MetricID) {
    for definition in watchers[AlarmBinding.Key(metric)] ?? [] {
      if definitions[definition].isOnMath {
        bindMath(series, metric: metric, definition: definition)
        continue
      }
      guard AlarmBinding.fits(metric, definitions[definition]) else { continue }
      let index = alarm(of: definition, reading: metric.region)
      if let present = files[index].metric, !AlarmBinding.prefers(metric, over: present) {
        continue
      }
      watches[index].series = series
      files[index].metric = metric
    }
  }

  /// The alarm that reads a region's series, made or taken over where there is none yet.
  mutating func alarm(of definition: Int, reading region: String) -> Int {
    let wanted = definitions[definition].region ?? (region.isEmpty ? nil : region)
    if let index = index(of: definition, region: wanted) { return index }
    return adopt(definition, region: wanted) ?? open(definition: definition, region: wanted)
  }

  /// Gives the alarm that waits without region and series a region.
  mutating func adopt(_ definition: Int, region: String?) -> Int? {
    guard let index = index(of: definition, region: nil), files[index].metric == nil,
      let position = order.firstIndex(of: index)
    else { return nil }
    order.remove(at: position)
    files[index].region = region
    place(index)
    composites.needsLinks = true
    return index
  }

  func index(of definition: Int, region: String?) -> Int? {
    let name = definitions[definition].name
    return indices(named: name).first {
      files[$0].definition == definition && files[$0].region == region
    }
  }
}
