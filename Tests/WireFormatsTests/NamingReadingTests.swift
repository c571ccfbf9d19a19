import Documents
import Telemetry
import Testing

@testable import WireFormats

struct NamingReadingTests {
  @Test
  func `what a configuration says about names replaces what is usual, and only that`() throws {
    let node = try Node.json(
      Array(
        #"{"regionLabels": ["dc"], "droppedLabels": ["pod"], "defaultNamespace": "Orders"}"#.utf8))
    let rules = try NamingRules(node)
    let metric = rules.metric(
      name: "lag",
      labels: [
        Dimension(name: "dc", value: "eu-west-1"), Dimension(name: "pod", value: "x"),
        Dimension(name: "region", value: "north"),
        Dimension(name: "aws_account_id", value: "111122223333"),
      ], identity: MetricIdentity())
    #expect(metric.region == "eu-west-1" && metric.account == "111122223333")
    #expect(metric.namespace == "Orders")
    #expect(metric.dimensions == [Dimension(name: "region", value: "north")])
  }

  @Test(arguments: [
    (#"{"regionLabel": ["dc"]}"#, "'regionLabel' is not one of the keys accountLabels"),
    (#"{"regionLabels": "dc"}"#, "'dc' is not a list"),
    (#"{"regionLabels": [""]}"#, "is not the name of a label"),
    (#"{"defaultNamespace": ":x"}"#, "':x' is not a namespace"),
  ])
  func `a rule that cannot be is told`(text: String, words: String) throws {
    let node = try Node.json(Array(text.utf8))
    let fault = #expect(throws: Fault.self) { try NamingRules(node) }
    #expect(fault?.description.contains(words) == true, "\(String(describing: fault))")
  }
}
