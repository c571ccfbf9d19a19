import Documents

extension AlarmExpressionParser {
  /// A condition on the estate; nil where the next word is none of its words.
  mutating func estateCondition() throws(AlarmExpressionError) -> EstateCondition? {
    let start = scanner
    let word = scanner.word()
    guard let kind = EstateWord(word) else {
      scanner = start
      return nil
    }
    try scanner.require("(")
    let name = try scanner.argument()
    let region = kind.takesRegion && scanner.skip(",") ? try scanner.argument() : nil
    try scanner.require(")")
    let subject = try subject(kind, name, region)
    return EstateCondition(subject: subject, text: scanner.text(since: start))
  }

  private mutating func subject(
    _ kind: EstateWord, _ name: String, _ region: String?
  ) throws(AlarmExpressionError) -> EstateCondition.Subject {
    switch kind {
    case .readiness(let verdict):
      return .readiness(deployment: name, region: region, verdict)
    case .health(let health): return .health(region: name, isEqual: true, health)
    case .recoveryPoint:
      let (comparison, seconds) = try limit { parseDuration($0).map { Double($0) / 1000 } }
      return .recoveryPoint(of: name, region: region, comparison, seconds: seconds)
    case .writers:
      let (comparison, count) = try limit { Int($0).map(Double.init) }
      return .writers(deployment: name, comparison, count: count)
    case .failover:
      let (isEqual, state) = try equality { FailoverState(rawValue: $0) }
      return .failover(deployment: name, isEqual: isEqual, state)
    case .anyHealth:
      let (isEqual, health) = try equality { RegionHealth(rawValue: $0) }
      return .health(region: name, isEqual: isEqual, health)
    case .writer:
      let (isEqual, region) = try equality { $0.isEmpty ? nil : $0 }
      return .writer(deployment: name, isEqual: isEqual, region: region)
    }
  }

  private mutating func limit(
    _ read: (String) -> Double?
  ) throws(AlarmExpressionError) -> (EstateCondition.Comparison, Double) {
    guard let comparison = scanner.comparison() else {
      throw scanner.unsupported(instead: ">, >=, <, <=, == or !=")
    }
    let start = scanner
    guard let number = read(scanner.operand()) else {
      throw start.unsupported(instead: "a number")
    }
    return (comparison, number)
  }

  private mutating func equality<Value>(
    _ read: (String) -> Value?
  ) throws(AlarmExpressionError) -> (Bool, Value) {
    let sign = scanner
    guard let comparison = scanner.comparison(), comparison == .equal || comparison == .notEqual
    else { throw sign.unsupported(instead: "== or !=") }
    let start = scanner
    guard let value = read(scanner.operand()) else {
      throw start.unsupported(instead: "one of its states")
    }
    return (comparison == .equal, value)
  }
}

/// The words that begin a condition on the estate.
private enum EstateWord {
  case readiness(ReadinessReading.Verdict)
  case health(RegionHealth)
  case recoveryPoint, writers, failover, anyHealth, writer

  init?(_ word: String) {
    switch word {
    case "READY": self = .readiness(.ready)
    case "NOT_READY": self = .readiness(.notReady)
    case "RPO": self = .recoveryPoint
    case "WRITERS": self = .writers
    case "FAILOVER": self = .failover
    case "HEALTH": self = .anyHealth
    case "WRITER": self = .writer
    default:
      guard let health = RegionHealth(rawValue: word) else { return nil }
      self = .health(health)
    }
  }

  var takesRegion: Bool {
    switch self {
    case .readiness, .recoveryPoint: true
    default: false
    }
  }
}
