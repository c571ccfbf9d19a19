import Monitoring
import Telemetry
import Testing

@testable import meridian

/// The lines of `replay --headless`: one shape per kind, keys in the documented order.
@Suite
struct HeadlessLineTests {
  private static let time = Timestamp(seconds: 1_767_225_960)

  @Test(
    "each kind of transition has its own shape",
    arguments: [
      (
        Transition(
          time: time, kind: .alarm, name: "orders-lag", region: "eu-west-1", from: "OK",
          to: "ALARM", reasons: ["…"]),
        #"{"time":"2026-01-01T00:06:00Z","type":"alarm","name":"orders-lag","region":"eu-west-1","from":"OK","to":"ALARM","reason":"…"}"#
      ),
      (
        Transition(
          time: time, kind: .region, name: "us-east-1", region: "us-east-1", from: "HEALTHY",
          to: "IMPAIRED", reasons: ["a", "b"]),
        #"{"time":"2026-01-01T00:06:00Z","type":"region","region":"us-east-1","from":"HEALTHY","to":"IMPAIRED","reasons":["a","b"]}"#
      ),
      (
        Transition(
          time: time, kind: .link, name: "orders-db", region: "us-east-1", toRegion: "eu-west-1",
          from: "OK", to: "BREACHED", reasons: ["not shown"]),
        #"{"time":"2026-01-01T00:06:00Z","type":"link","service":"orders-db","region":"us-east-1","to_region":"eu-west-1","from":"OK","to":"BREACHED"}"#
      ),
      (
        Transition(
          time: time, kind: .readiness, name: "orders", region: "eu-west-1", from: "READY",
          to: "NOT_READY", reasons: ["lag"]),
        #"{"time":"2026-01-01T00:06:00Z","type":"readiness","group":"orders","region":"eu-west-1","from":"READY","to":"NOT_READY","reasons":["lag"]}"#
      ),
      (
        Transition(
          time: time, kind: .failover, name: "orders", from: "STEADY", to: "DETECTING",
          reasons: ["errors"]),
        #"{"time":"2026-01-01T00:06:00Z","type":"failover","group":"orders","from":"STEADY","to":"DETECTING","evidence":["errors"]}"#
      ),
      (
        Transition(
          time: time, kind: .action, name: "orders-lag", region: "eu-west-1", to: "ALARM",
          target: "arn:aws:sns:x"),
        #"{"time":"2026-01-01T00:06:00Z","type":"action","alarm":"orders-lag","state":"ALARM","target":"arn:aws:sns:x","suppressedBy":null}"#
      ),
    ])
  func shapes(transition: Transition, line: String) {
    #expect(transition.jsonLine == line + "\n")
  }
}
