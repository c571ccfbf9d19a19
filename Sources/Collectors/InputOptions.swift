import WireFormats

/// What the user says about all sources.
package struct InputOptions: Sendable {
  /// Overrides detection; a source's own `?format=` goes before it.
  package var format: String?
  /// Parts of metrics' names that the files do not carry: the region, the namespace.
  package var identity = MetricIdentity()
  /// The queries of a GetMetricData call, by Id.
  package var queries: [String: MetricQuery] = [:]

  package init() {}
}
