/// Decimal numbers as text without a formatter: fixed places, no locale.
package enum Decimals {
  /// A number rounded to decimal places: `3.80`.
  package static func text(_ value: Double, places: Int) -> String {
    guard value.isFinite, value.magnitude < 1e15 else { return "--" }
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let scaled = Int((value.magnitude * scale).rounded())
    let sign = value < 0 && scaled != 0 ? "-" : ""
    guard places > 0 else { return sign + String(scaled) }
    let digits = String(scaled)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return sign + padded.dropLast(places) + "." + padded.suffix(places)
  }

  /// About three significant digits: `0.02`, `3.80`, `46.2`, `157`.
  package static func short(_ value: Double) -> String {
    switch value.magnitude {
    case ..<9.995: text(value, places: 2)
    case ..<99.95: text(value, places: 1)
    default: text(value, places: 0)
    }
  }

  /// A number without needless zeros: `5`, `0.5`, `1500`.
  package static func plain(_ value: Double) -> String {
    if value == value.rounded() { return text(value, places: 0) }
    var text = text(value, places: value.magnitude < 0.1 ? 4 : 2)
    while text.hasSuffix("0") { text.removeLast() }
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  /// Two digits at least: `04`.
  static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
}
