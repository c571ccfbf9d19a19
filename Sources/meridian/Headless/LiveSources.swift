import ArgumentParser

/// The sources of the commands that follow them.
struct LiveSources: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Files, folders, globs, -, tcp://, udp://, unix:// or http://; default: `sources:` of the configuration.",
      valueName: "source"))
  var sources: [String] = []
}
