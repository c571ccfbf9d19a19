import Monitoring
import Telemetry
import Testing

@testable import Simulation

/// An active region that vanishes with all its metrics: that it was evacuated is told by the others.
@Suite
struct DarkRegionTests {
  private static let scenario = """
    name: dark
    about: eu-west-1 is dark to everybody for half an hour; its users are served by the others.
    start: 2027-03-02T14:00:00Z
    incident: 2027-03-02T14:40:00Z
    duration: 90m
    seed: 7
    topology:
      name: shop
      regions:
        us-west-2: {role: active, trafficShare: 0.5}
        eu-west-1: {role: active, trafficShare: 0.3}
        ap-southeast-2: {role: active, trafficShare: 0.2}
      deployments:
        shop: {model: active-active, rpo: 5m, rto: 20m, services: [web, health]}
      services:
        web:
          kind: application-load-balancer
          regions: [us-west-2, eu-west-1, ap-southeast-2]
          dimensions: {LoadBalancer: "app/web-{region}/1", TargetGroup: "targetgroup/web-{region}/2"}
        health:
          kind: route53-health-checks
          healthChecks: {us-west-2: shop-us, eu-west-1: shop-eu, ap-southeast-2: shop-ap}
    traffic:
      peakRequestsPerSecond: 600
      hours: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
      shares: {us-west-2: 0.5, eu-west-1: 0.3, ap-southeast-2: 0.2}
    shares:
      0m: {us-west-2: 0.5, eu-west-1: 0.3, ap-southeast-2: 0.2}
      4m: {us-west-2: 0.72, eu-west-1: 0.0, ap-southeast-2: 0.28}
    shapes:
      - {metric: HealthCheckPercentageHealthy, dimension: shop-eu, set: {0m: 100, 1m: 4}}
      - {metric: HealthyHostCount, region: eu-west-1, set: {0m: 12, 1m: 0}}
      - {region: eu-west-1, set: {3m: null}}
    """

  @Test
  func `it is failed over while it is dark, not when it is seen again`() throws {
    let seen = try Observation(SampleFiles.scenario(text: Self.scenario))
    let states = seen.transitions(.failover).map(\.to)
    #expect(states == ["DETECTING", "FAILING_OVER", "FAILED_OVER"], "\(states)")
    let moved = try #require(seen.transitions(.failover).last)
    let minutes = moved.time.seconds(since: seen.truth.start) / 60 - 40
    #expect(minutes < 15, "after \(minutes) minutes")
    #expect(moved.reasons.contains { $0.hasPrefix("the others carry all but") })
  }
}
