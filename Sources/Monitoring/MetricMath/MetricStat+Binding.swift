import Telemetry

extension AlarmBinding.Key {
  init(_ metric: MetricStat) {
    self.init(metric.identity)
  }
}

extension MetricStat {
  /// The metric as far as a query names it.
  var identity: MetricID {
    MetricID(region: "", namespace: namespace, name: metricName, dimensions: dimensions)
  }

  /// Whether a metric of the right name has the region, account and unit that are wanted; what the
  /// source does not tell excludes nothing.
  func fits(_ metric: MetricID, region: String?, account: String?) -> Bool {
    func agrees(_ found: String, _ wanted: String?) -> Bool {
      wanted.map { $0.isEmpty || found.isEmpty || found == $0 } ?? true
    }
    return agrees(metric.region, region) && agrees(metric.account, account)
      && agrees(metric.unit ?? "", unit)
  }
}
