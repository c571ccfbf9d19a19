import Documents

extension ServiceKind {
  /// What a document's parts ask of each other: a user's own file is told before the night it is needed.
  func inconsistencies() -> [Fault] {
    var faults: [Fault] = []
    for (metric, node) in zip(metrics, document["metrics"]?.elements ?? []) {
      for (key, role) in [("ratioTo", metric.ratioTo), ("dividedBy", metric.dividedBy)] {
        guard let role, self.metric(role) == nil, let value = node[key] else { continue }
        faults.append(value.fault("the role of another metric of this file"))
      }
      if metric.role == .canary, layout != .canaries, let role = node["role"] {
        faults.append(role.fault("a role of the layout \(layout.rawValue)"))
      }
    }
    if layout.replicates, metric(.lag) == nil, let value = document["layout"] {
      faults.append(value.fault("a layout without replication, as no metric has the role lag"))
    }
    for alarm in document["alarms"]?.elements ?? [] where metric(of: alarm) == nil {
      faults.append((alarm["MetricName"] ?? alarm).fault("a metric of this file"))
    }
    return faults
  }
}
