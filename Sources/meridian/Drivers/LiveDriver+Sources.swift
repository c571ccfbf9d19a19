import Collectors
import Telemetry

extension LiveDriver {
  /// A driver on what the command line and the configuration name; `preparing` may add to them.
  init(
    sources: [String], input: InputFlags, listeners: Listeners?,
    configuration: LoadedConfiguration?, recording plan: RecordingPlan? = nil,
    preparing: (inout EngineAssembly) throws(Failure) -> Void = { _ in }
  ) throws(Failure) {
    let follower: FileFollower
    do {
      var specifications: [SourceSpecification] = []
      for source in sources { specifications.append(try SourceSpecification(source)) }
      var options = try input.options()
      options.clock = { WallClock.now() }
      if let configuration { options.naming = configuration.naming }
      follower = try FileFollower(specifications, options: options)
    } catch {
      throw Failure(error)
    }
    try self.init(
      follower: follower, listeners: listeners, wall: WallClock.now(),
      recording: plan
    ) { (header) throws(Failure) in
      var assembly = try EngineAssembly(configuration: configuration, header: header)
      try preparing(&assembly)
      return assembly
    }
  }
}
