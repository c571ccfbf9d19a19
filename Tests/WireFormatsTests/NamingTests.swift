import Telemetry
import Testing

@testable import WireFormats

@Suite
struct NamingTests {
  func metric(
    _ labels: [(String, String)], rules: NamingRules = NamingRules(), region: String? = nil
  ) -> MetricID {
    var identity = MetricIdentity()
    identity.region = region
    return rules.metric(
      name: "Lag", labels: labels.map { Dimension(name: $0.0, value: $0.1) }, identity: identity)
  }

  @Test
  func `the first region label wins and none is a dimension`() {
    let id = metric([("region", "b"), ("cloud.region", "a"), ("az", "x")])
    #expect(id.region == "a")
    #expect(id.dimensions == [Dimension(name: "az", value: "x")])
  }

  @Test
  func `what the user says fills what is missing`() {
    #expect(metric([], region: "eu-west-1").region == "eu-west-1")
    #expect(metric([("region", "us-east-1")], region: "eu-west-1").region == "us-east-1")
    #expect(metric([]).namespace == "CWAgent")
    #expect(metric([("aws_namespace", "AWS/RDS")]).namespace == "AWS/RDS")
  }

  @Test
  func `labels of exporters become CloudWatch dimensions`() {
    let id = metric([
      ("dimension_DBInstanceIdentifier", "orders"), ("service.instance.id", "5f0c"), ("empty", ""),
    ])
    #expect(id.dimensions == [Dimension(name: "DBInstanceIdentifier", value: "orders")])
  }

  @Test
  func `rules can be changed`() {
    var rules = NamingRules()
    rules.regionLabels = ["dc"]
    #expect(metric([("dc", "eu-west-1"), ("region", "x")], rules: rules).region == "eu-west-1")
  }

  /// CloudWatch User Guide, "Metric stream output in OpenTelemetry format": units.
  @Test(
    arguments: [
      ("s", "Seconds"), ("By/s", "Bytes/Second"), ("{Count}", "Count"), ("%", "Percent"),
      ("1", "None"), ("MBit", "Megabits"), ("kbit", "Kilobits"), ("{request}", "Count"),
      ("Count/Second", "Count/Second"), ("parsec", nil), ("", nil),
    ])
  func `units become standard units`(_ unit: String, _ wanted: String?) {
    #expect(MetricUnit.standard(unit) == wanted)
  }

  @Test(
    arguments: [
      ("replica_lag_seconds", "Seconds"), ("sent_bytes_total", "Bytes"), ("requests_total", nil),
      ("seconds", nil), ("cache_hit_ratio", "None"),
    ])
  func `a Prometheus name tells its unit`(_ name: String, _ wanted: String?) {
    #expect(MetricUnit.suffix(of: name) == wanted)
  }
}
