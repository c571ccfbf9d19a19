import ConfigurationFiles
import Documents
import Monitoring
import Testing

/// Runs the suites of alarm unit tests that come with the project.
@Suite
struct AlarmSuiteTests {
  private static let folder: String = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast(2).joined(separator: "/") + "/Suites"
  }()

  @Test(arguments: FileBytes.matches("\(folder)/*.yaml"))
  func `every suite passes`(path: String) throws {
    let node = try Node.document(#require(FileBytes.read(path)), file: path)
    let results = try AlarmTestSuite.parse(node).run()
    #expect(!results.isEmpty)
    for result in results {
      #expect(
        result.passed, "\(result.name)\n\(result.failures.flatMap(\.lines).joined(separator: "\n"))"
      )
    }
  }

  @Test
  func `there are suites`() {
    #expect(FileBytes.matches("\(Self.folder)/*.yaml").count >= 6)
  }

  @Test
  func `definitions in YAML name the line of a fault`() throws {
    let text = """
      MetricAlarms:
        - AlarmName: lag
          Namespace: AWS/RDS
          MetricName: ReplicaLag
          Statistic: Average
          Period: 45
          EvaluationPeriods: 1
          Threshold: 5
          ComparisonOperator: GreaterThanThreshold
      """
    let (definitions, faults) = AlarmDefinition.parse(try Node.yaml(text, file: "meridian.yaml"))
    #expect(definitions.isEmpty)
    #expect(
      faults.map(\.description) == [
        "meridian.yaml:6: MetricAlarms[0].Period: '45' is not accepted: Period must be 10, 20, 30 or a "
          + "multiple of 60 (alarm lag is left out)"
      ])
  }
}
