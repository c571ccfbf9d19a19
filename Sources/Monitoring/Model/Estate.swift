import Telemetry

/// The monitored estate: regions, replication links and deployments, with their states and history.
package struct Estate: Sendable {
  package let topology: Topology

  package init(topology: Topology, catalog: Catalog) { self.topology = topology }

  /// Milliseconds between the instants at which the estate is judged; nil without a topology.
  package var cadenceMilliseconds: Int64? { topology.regions.isEmpty ? nil : 10_000 }

  /// Binds a series that has its first data to regions and links.
  package mutating func seriesAppeared(_ series: SeriesID, metric: MetricID) {}

  /// Takes note of an event that has arrived; the next `evaluate` judges with it.
  package mutating func observe(_ event: Event) {}

  /// Judges regions, links, readiness and failover at `now`; the changes, in order.
  package mutating func evaluate(
    at now: Timestamp, store: SeriesStore, alarms: AlarmBook
  ) -> [Transition] { [] }

  /// The regions at an instant at or before the last evaluation, in the order of the topology.
  package func regions(at time: Timestamp, store: SeriesStore) -> [RegionReading] { [] }

  /// The links, by service, source and target.
  package func links(at time: Timestamp, store: SeriesStore) -> [LinkReading] { [] }

  /// The deployments, by name.
  package func failovers(at time: Timestamp, store: SeriesStore) -> [FailoverReading] { [] }
}
