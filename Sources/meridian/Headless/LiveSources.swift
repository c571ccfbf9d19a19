import ArgumentParser

/// The sources of the commands that follow them.
struct LiveSources: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Files, folders, globs, -, tcp://, udp://, unix:// or http://; default: `sources:` of the configuration.",
      valueName: "source"))
  var sources: [String] = []
}

/// Where the commands without a screen take metrics from: `serve` and `record`.
struct IntakeOptions: ParsableArguments {
  @OptionGroup
  var input: InputFlags
  @OptionGroup
  var listening: ListenFlags
  @OptionGroup
  var live: LiveSources

  /// Starts all that is named or configured and tells its addresses; a failure where nothing is, which
  /// says what it would have been there for: `to: "serve"`.
  func driver(
    to purpose: String, _ configuration: LoadedConfiguration?, recording: RecordingPlan?
  ) throws(Failure) -> LiveDriver {
    let listeners = try listening.listeners(configuration)
    let sources = listening.sources(live.sources, configuration?.file)
    guard listeners != nil || !sources.isEmpty else {
      throw Failure(
        .usage,
        "there is nothing to \(purpose): name sources, or listeners with `listen:` or --listen")
    }
    let driver = try LiveDriver(
      sources: sources, input: input, listeners: listeners, configuration: configuration,
      recording: recording)
    for sentence in (listeners?.sentences ?? []) + driver.addressSentences {
      StandardError.print(sentence)
    }
    return driver
  }
}
