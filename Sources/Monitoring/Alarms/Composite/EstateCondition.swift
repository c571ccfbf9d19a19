/// A condition on the estate itself, which CloudWatch cannot express.
///
/// It holds only where it is known to: a standby of unknown readiness is not `READY`, and an unknown
/// RPO is neither above nor below a limit.
package struct EstateCondition: Hashable, Sendable {
  package var subject: Subject
  /// As it was written, spaces apart.
  package var text: String

  package enum Subject: Hashable, Sendable {
    /// `READY(orders, eu-west-1)`, `NOT_READY(orders)`; without a region: any standby.
    case readiness(deployment: String, region: String?, ReadinessReading.Verdict)
    /// `RPO(orders) > 60`, `RPO(orders-db, eu-west-1) <= 5m`: what a loss now would cost at most.
    case recoveryPoint(of: String, region: String?, Comparison, seconds: Double)
    /// `FAILOVER(orders) != STEADY`.
    case failover(deployment: String, isEqual: Bool, FailoverState)
    /// `HEALTH(us-east-1) == DOWN`, `BLIND(us-east-1)`.
    case health(region: String, isEqual: Bool, RegionHealth)
    /// `WRITER(orders) == us-east-1`.
    case writer(deployment: String, isEqual: Bool, region: String)
    /// `WRITERS(orders) > 1`.
    case writers(deployment: String, Comparison, count: Double)
  }

  package enum Comparison: String, Hashable, Sendable, CaseIterable {
    case greaterOrEqual = ">="
    case lessOrEqual = "<="
    case equal = "=="
    case notEqual = "!="
    case greater = ">"
    case less = "<"

    /// Nothing compares with the unknown.
    func holds(_ left: Double?, _ right: Double) -> Bool {
      guard let left else { return false }
      return switch self {
      case .greaterOrEqual: left >= right
      case .lessOrEqual: left <= right
      case .equal: left == right
      case .notEqual: left != right
      case .greater: left > right
      case .less: left < right
      }
    }
  }
}
