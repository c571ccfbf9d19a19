import Documents

/// The values of a test's series, in the notation of promtool: `5 20x3 _x2 0+5x4`.
///
/// `v` one value, `vxN` the value N times, `_` and `_xN` missing, `a+bxN` and `a-bxN` the N values
/// a, a+b, a+2b … (promtool writes one more).
struct AlarmTestValues {
  /// More values than this in one series are a slip of the pen.
  static let limit = 1_000_000

  /// The values in order; nil is missing.
  static func parse(_ node: Node) throws(Fault) -> [Double?] {
    var values: [Double?] = []
    for token in try node.string().split(whereSeparator: \.isWhitespace) {
      var scanner = ValueScanner(token)
      guard let run = scanner.run(), run.count <= limit - values.count else {
        throw Fault(
          place: node.place, value: String(token),
          expected: "a value such as 5, 20x3, _, _x2, 0+5x4 or 9-1x3")
      }
      for index in 0..<run.count { values.append(run.value(index)) }
    }
    return values
  }
}

/// Some values in a row.
private struct ValueRun {
  /// Nil is missing.
  var first: Double?
  var step = 0.0
  var count = 1

  func value(_ index: Int) -> Double? { first.map { $0 + step * Double(index) } }
}

/// Reads one token from left to right.
private struct ValueScanner {
  private let bytes: [UInt8]
  private var position = 0

  init(_ token: Substring) { bytes = Array(token.utf8) }

  mutating func run() -> ValueRun? {
    var run = ValueRun()
    if !skip("_") {
      guard let first = number() else { return nil }
      run.first = first
      if let sign = skip("+") ? 1.0 : skip("-") ? -1.0 : nil {
        guard let step = number(), position < bytes.count else { return nil }
        run.step = sign * step
      }
    }
    if position == bytes.count { return run }
    guard skip("x"), let count = count() else { return nil }
    run.count = count
    return run
  }

  /// A decimal number with an optional sign, fraction and exponent.
  private mutating func number() -> Double? {
    let start = position
    if !skip("-") { _ = skip("+") }
    digits()
    if skip(".") { digits() }
    let mantissa = position
    if skip("e") || skip("E") {
      if !skip("-") { _ = skip("+") }
      let exponent = position
      digits()
      if position == exponent { position = mantissa }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let number = Double(text), number.isFinite else { return nil }
    return number
  }

  /// The rest of the token as a whole number of at least 1.
  private mutating func count() -> Int? {
    let start = position
    digits()
    guard position == bytes.count,
      let count = Int(String(decoding: bytes[start..<position], as: UTF8.self)), count >= 1
    else { return nil }
    return count
  }

  private mutating func digits() {
    while position < bytes.count, (48...57).contains(bytes[position]) { position += 1 }
  }

  private mutating func skip(_ character: Character) -> Bool {
    guard position < bytes.count, bytes[position] == character.asciiValue else { return false }
    position += 1
    return true
  }
}
