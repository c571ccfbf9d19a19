import Documents

extension MetricMathProgram {
  /// Reads a list of queries, or an object with `MetricDataQueries` as `--cli-input-json` has it.
  ///
  /// What is wrong with an expression is told with its column.
  package static func parse(_ node: Node) throws(Fault) -> MetricMathProgram {
    let list = node["MetricDataQueries"] ?? node
    let queries = try MetricDataQuery.parse(list)
    if queries.count > requestLimit {
      throw list.fault("at most \(requestLimit) queries")
    }
    return try MetricMathProgram(queries, written: list)
  }

  /// The most queries GetMetricData takes.
  private static let requestLimit = 500

  /// Checks queries that were read from a list.
  init(
    _ queries: [MetricDataQuery], written list: Node, isAlarm: Bool = false, bandID: String? = nil
  ) throws(Fault) {
    do throws(Failure) {
      try self.init(queries, isAlarm: isAlarm, bandID: bandID)
    } catch {
      let node = list.elements?[error.query]["Expression"] ?? list
      throw node.fault("an expression of metric math: \(error.fault)")
    }
  }
}
