import Testing

/// A service of the user's own: a YAML file in the folder `services` beside `meridian.yaml`.
@Suite
struct OwnServiceTests {
  private static let configuration = """
    name: shop
    regions:
      us-east-1: {role: primary}
      eu-west-1: {role: standby}
    services:
      ledger: {kind: ledger-copy, primary: us-east-1, replicas: [eu-west-1], rpo: 5s, dimensions: {DBInstanceIdentifier: orders}}
    """

  private static func service(period: String) -> String {
    """
    kind: ledger-copy
    title: Copy of a ledger
    layout: primary-and-replicas
    metrics:
      - role: lag
        namespace: AWS/RDS
        name: ReplicaLag
        dimensions: {DBInstanceIdentifier: "{service}"}
        unit: Seconds
        statistic: Maximum
        period: \(period)
        publishedIn: replica
        reporting: always
        secondsPerUnit: 1
        basis: ours
        absence: The copy is not made.
        source: https://example.com/ledger
    """
  }

  private func run(period: String) throws -> CheckProgram.Result {
    let program = try CheckProgram([
      "meridian.yaml": Self.configuration, "lag.json": CheckProgram.lag([1, 1, 1, 9, 9, 9]),
    ])
    try program.write(Self.service(period: period), to: "services/ledger-copy.yaml")
    return try program.run("check", "--format", "json", "lag.json")
  }

  @Test
  func `its lag is judged by its objective like any other's`() throws {
    let result = try run(period: "60s")
    #expect(result.output.contains(#""service":"ledger","kind":"ledger-copy""#), "\(result)")
    #expect(result.output.contains(#""lagSeconds":9"#) && result.output.contains("BREACHED"))
  }

  @Test
  func `a mistake in it is named with its file, line, key and value, and nothing is judged`() throws
  {
    let result = try run(period: "60x")
    #expect(result.status == 78, "\(result)")
    #expect(result.errors.contains("services/ledger-copy.yaml:11"), "\(result)")
    #expect(result.errors.contains("period") && result.errors.contains("60x"))
  }
}
