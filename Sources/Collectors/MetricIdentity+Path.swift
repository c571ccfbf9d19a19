import Telemetry
import WireFormats

extension MetricIdentity {
  /// What a file's name tells about the metric within.
  ///
  /// `REGION__NAMESPACE__METRIC__Dimension=Value.json`: parts in this order, separated by two
  /// underscores, any of them left out: one that is shaped like a region is the region, those with
  /// `=` are dimensions (`unit=` and `statistic=` are what they say), and of the others the last is the
  /// metric, the one before it the namespace, whose slash is written `-` (`AWS-RDS`) or `%2F`. A folder
  /// named like a region gives the region too. A plain name such as `cpu.csv` names the metric only
  /// where the records do not.
  package init(path: String) {
    self.init()
    let components = path.split(separator: "/").map(String.init)
    region = components.dropLast().last(where: Self.isRegion)
    guard path != "-", let file = components.last else { return }
    var names: [String] = []
    let parts = Self.parts(of: Self.stem(of: file))
    for part in parts { read(part, names: &names) }
    if parts.count == 1 {
      fallbackName = names.popLast()
    } else {
      name = names.popLast()
    }
    if var namespace = names.popLast() {
      if namespace.hasPrefix("AWS-") { namespace = "AWS/" + namespace.dropFirst(4) }
      self.namespace = namespace
    }
  }

  private mutating func read(_ part: String, names: inout [String]) {
    if Self.isRegion(part) {
      region = part
    } else if let sign = part.firstIndex(of: "=") {
      let (key, value) = (String(part[..<sign]), String(part[part.index(after: sign)...]))
      switch key.lowercased() {
      case "unit": unit = value
      case "statistic": statistic = Statistic(rawValue: value)
      default: dimensions.append(Dimension(name: key, value: value))
      }
    } else {
      names.append(part)
    }
  }

  /// Whether a word is shaped like `eu-west-1` or `us-gov-east-1`.
  static func isRegion(_ word: String) -> Bool {
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    guard (3...4).contains(parts.count), let first = parts.first, let last = parts.last,
      first.count == 2, (1...2).contains(last.count), last.allSatisfy(\.isNumber)
    else { return false }
    return parts.dropLast().allSatisfy { part in
      !part.isEmpty && part.allSatisfy { $0.isASCII && $0.isLowercase }
    }
  }

  /// A file's name without the endings that say how it is written.
  private static func stem(of file: String) -> String {
    var stem = file
    let endings = [
      ".gz", ".zst", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".txt", ".out", ".log", ".prom",
      ".om", ".lp", ".bin",
    ]
    while let ending = endings.first(where: { stem.hasSuffix($0) && stem.count > $0.count }) {
      stem.removeLast(ending.count)
    }
    return stem
  }

  private static func parts(of stem: String) -> [String] {
    var parts = [""]
    var rest = Substring(stem)
    while let first = rest.first {
      if rest.hasPrefix("__") {
        parts.append("")
        rest = rest.dropFirst(2)
      } else {
        parts[parts.count - 1].append(first)
        rest = rest.dropFirst()
      }
    }
    return parts.filter { !$0.isEmpty }.map(decoded)
  }

  /// `%2F` and the like as the characters they stand for.
  private static func decoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
