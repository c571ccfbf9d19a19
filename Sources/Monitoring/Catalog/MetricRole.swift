/// What a metric says about a service.
package enum MetricRole: String, Hashable, Sendable, CaseIterable {
  // Replication

  /// How far a copy is behind. Of several, the first that is seen answers.
  case lag
  /// A part of the way that is added to the lag: DMS counts its source and its target apart.
  case lagPart = "lag-part"
  /// What waits to be replicated, in bytes, operations or percent.
  case backlog
  /// Complete copies: each point above zero is one, and the lag is the time since.
  case copies
  /// Data that replication moves: zero while the source writes means it is cut.
  case flow
  /// Units a second that the source makes: what a backlog is divided by to give seconds.
  case rate
  /// Operations that replication has given up.
  case failures
  /// Writes that a region accepts: who the writer is.
  case writes

  // Users

  /// Requests of users: traffic and its share.
  case requests
  /// Failed requests.
  case errors
  case latency
  /// Open connections or flows: how traffic drains from a region that was left.
  case connections

  // Health

  case healthyHosts = "healthy-hosts"
  case unhealthyHosts = "unhealthy-hosts"
  /// A health check's verdict: 1 or 0.
  case healthStatus = "health-status"
  /// Percent of checkers that find a health check healthy.
  case healthPercentage = "health-percentage"
  /// Percent of a canary's runs that succeed, seen from another region.
  case canary
  /// The provider's own check of a resource; several resources give the part that fails.
  case status

  // Capacity

  /// Instances, tasks, nodes or readers that serve.
  case inService = "in-service"
  /// How many of them are asked for.
  case desired
  /// How many of them there may be.
  case maximum
  /// How many of them start and do not serve yet.
  case pending
  /// Capacity that is reserved or provisioned, in the metric's unit.
  case capacity
  /// Use of an account's quota; the topology's `quota` is the limit where the unit is no percentage.
  case quota
  /// Percent of processor (or of database capacity) in use.
  case cpu
  case memory
  case storage
  /// Requests refused for want of capacity.
  case throttles

  // What a region alone holds

  /// Age of the oldest message that waits, in seconds.
  case queueAge = "queue-age"
  /// What is not replicated and would be lost, or late, with its region: messages in a queue.
  case stranded
  /// Age of the newest recovery point, in seconds: a saw-tooth whose peak counts.
  case copyAge = "copy-age"

  /// Shown, and counted for what is seen of a region; nothing is judged by it.
  case context

  /// Whether it speaks of a pair of regions, where the service replicates.
  var isOfLink: Bool {
    switch self {
    case .lag, .lagPart, .backlog, .copies, .flow, .rate, .failures: true
    default: false
    }
  }

  /// Whether values are counts of a minute, which mean nothing before the minute is over.
  var isCount: Bool {
    switch self {
    case .requests, .errors, .writes, .flow, .throttles: true
    default: false
    }
  }

  /// How the series of several resources become one.
  var combination: Combination {
    switch self {
    case .requests, .errors, .flow, .rate, .unhealthyHosts, .throttles, .connections, .copies,
      .inService,
      .desired, .maximum, .pending, .capacity, .stranded, .backlog:
      .sum
    case .healthyHosts, .healthStatus, .healthPercentage, .canary: .least
    case .status, .cpu: .mean
    case .lag, .lagPart, .writes, .failures, .latency, .quota, .memory, .storage, .queueAge,
      .copyAge, .context:
      .greatest
    }
  }

  enum Combination { case sum, least, greatest, mean }
}
