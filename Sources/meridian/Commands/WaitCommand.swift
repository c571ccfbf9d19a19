import ArgumentParser
import ConfigurationFiles
import Documents
import Monitoring
import Telemetry

/// `meridian wait`: for runbooks.
struct WaitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wait", abstract: "Wait until a condition holds, for runbooks.",
    discussion: """
      The condition is written as the rule of a composite alarm: READY(orders, eu-west-1), OK(orders-lag), \
      FAILOVER(orders) == FAILED_OVER, WRITER(orders) == eu-west-1, RPO(orders) < 60, joined with AND, OR and \
      NOT. Ends with 0 as soon as it holds, with 1 at the timeout. What is not known does not hold.

        meridian wait 'READY(orders, eu-west-1)' && ./fail-over
        meridian wait 'FAILOVER(orders) == FAILED_OVER AND OK(checkout-eu-west-1)' --timeout 30m
        meridian wait 'NOT BLIND(us-east-1)' --timeout 1h /var/log/metrics/
      """)

  @OptionGroup
  var common: CommonOptions
  @OptionGroup
  var input: InputFlags

  @Argument(help: ArgumentHelp("What to wait for.", valueName: "condition"))
  var condition: String

  @OptionGroup
  var live: LiveSources

  @Option(help: ArgumentHelp("How long to wait at most.", valueName: "duration"))
  var timeout = DurationArgument(milliseconds: 300_000)

  func run() throws {
    let configuration = try common.loadConfiguration()
    let sources = live.sources.isEmpty ? configuration?.file.sources ?? [] : live.sources
    guard !sources.isEmpty else {
      throw Failure(.usage, "there is nothing to look at: name sources, or `sources:`")
    }
    let start = WallClock.now()
    let driver = try LiveDriver(
      sources: sources, input: input, listeners: nil, configuration: configuration
    ) { (assembly) throws(Failure) in
      assembly.alarms.append(try Self.alarm(condition, in: assembly))
    }
    var loop = WaitLoop(driver: driver, alarm: Self.name)
    guard !loop.run(until: start + timeout.milliseconds) else { return }
    let seconds = secondsText(Double(timeout.milliseconds) / 1000)
    throw Failure(.failed, "\(condition) does not hold after \(seconds)")
  }

  /// No alarm of a user's is called so.
  private static let name = "meridian wait"

  /// The condition as a composite alarm; a failure where it, or what it names, is not known.
  private static func alarm(
    _ condition: String, in assembly: EngineAssembly
  ) throws(Failure) -> AlarmDefinition {
    let keys = [("AlarmName", name), ("AlarmRule", condition)]
    let node = Node(.mapping(keys.map { Node.Entry(key: $0, value: Node(.string($1))) }))
    let list = Node(.mapping([.init(key: "CompositeAlarms", value: Node(.sequence([node])))]))
    let collection = AlarmCollection([list], introduced: assembly.alarms.map(\.name))
    let fault =
      collection.faults.first
      ?? collection.alarms.first?.composite?.unknownCondition(in: assembly.topology, of: name)
    if let fault {
      let why = fault.expected.replacing(" (alarm \(name) is left out)", with: "")
      throw Failure(.usage, "the condition '\(condition)' is not \(why)")
    }
    guard let alarm = collection.alarms.first else {
      throw Failure(.usage, "'\(condition)' is no condition")
    }
    return alarm
  }
}
