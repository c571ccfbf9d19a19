import Documents

/// Why a command ends badly: an exit code and one sentence for standard error.
struct Failure: Error, Hashable {
  var code: ExitStatus
  var sentence: String

  init(_ code: ExitStatus, _ sentence: String) {
    self.code = code
    self.sentence = sentence
  }

  /// A mistake in a configuration file.
  init(_ fault: Fault) { self.init(.configuration, fault.description) }
}

/// The exit codes of the command line beside the verdicts of `check`; above 3 those of sysexits.h.
enum ExitStatus: Int32, Hashable {
  case done = 0
  case failed = 1
  case noTerminal = 2
  case unknown = 3
  case usage = 64
  case badData = 65
  case inputOutput = 74
  case configuration = 78
}
