import ArgumentParser
import Documents
import Telemetry

/// A time on the command line: RFC 3339, epoch seconds or milliseconds, or relative to now.
enum TimeArgument: Hashable, ExpressibleByArgument {
  case absolute(Timestamp)
  /// `now` is 0, `-15m` is -900,000.
  case relative(milliseconds: Int64)

  init?(argument: String) {
    if argument == "now" {
      self = .relative(milliseconds: 0)
    } else if let sign = argument.first, sign == "-" || sign == "+",
      let duration = parseDuration(String(argument.dropFirst()))
    {
      self = .relative(milliseconds: sign == "-" ? -duration : duration)
    } else if let time = Timestamp(text: argument) {
      self = .absolute(time)
    } else {
      return nil
    }
  }

  /// The instant, where the present is needed only for relative times.
  func resolved(now: () -> Timestamp) -> Timestamp {
    switch self {
    case .absolute(let time): time
    case .relative(let milliseconds): now() + milliseconds
    }
  }
}

/// A duration on the command line: `90s`, `15m`, `1h30m`, or a bare number of seconds.
struct DurationArgument: Hashable, ExpressibleByArgument {
  var milliseconds: Int64

  init(milliseconds: Int64) { self.milliseconds = milliseconds }

  init?(argument: String) {
    guard let duration = parseDuration(argument), duration >= 0 else { return nil }
    milliseconds = duration
  }

  var defaultValueDescription: String { "\(milliseconds / 1000)s" }
}
