import Documents

/// The form body of awsQuery as a tree: `MetricData.member.1.Value=2` is a list of structures.
struct QueryForm {
  private(set) var action = ""
  private(set) var parameters = Node(.mapping([]))

  /// 1,000 datums with 30 dimensions have 60,000 members and some more.
  private static let memberLimit = 100_000
  /// `MetricData.member.1.Dimensions.member.1.Name` has seven parts.
  private static let depthLimit = 16

  /// Reads a form; nil where it has too many members or nests too deep.
  init?(_ body: [UInt8]) {
    var root = Branch()
    var count = 0
    for pair in body.split(separator: UInt8(ascii: "&")) {
      count += 1
      guard count <= Self.memberLimit else { return nil }
      let sides = pair.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let name = Self.decoded(sides[0])
      let value = sides.count > 1 ? Self.decoded(sides[1]) : ""
      switch name {
      case "Action": action = value
      case "Version": break
      default:
        let path = name.split(separator: ".").map(String.init)
        guard !path.isEmpty, path.count <= Self.depthLimit else { return nil }
        root.set(value, at: path[...])
      }
    }
    // A call without parameters has no members at all.
    parameters = root.node.entries == nil ? Node(.mapping([])) : root.node
  }

  /// Percent signs and pluses undone.
  private static func decoded(_ text: ArraySlice<UInt8>) -> String {
    var bytes: [UInt8] = []
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      if byte == UInt8(ascii: "%"), index + 2 < text.endIndex,
        let high = hexadecimal(text[index + 1]), let low = hexadecimal(text[index + 2])
      {
        bytes.append(high << 4 | low)
        index += 3
      } else {
        bytes.append(byte == UInt8(ascii: "+") ? 32 : byte)
        index += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }

  /// A value or what lies below a name, in the order of the form.
  private struct Branch {
    var value: String?
    private var names: [String] = []
    private var branches: [String: Branch] = [:]

    mutating func set(_ text: String, at path: ArraySlice<String>) {
      guard let first = path.first else {
        value = text
        return
      }
      if branches[first] == nil { names.append(first) }
      branches[first, default: Branch()].set(text, at: path.dropFirst())
    }

    var node: Node {
      if names.isEmpty { return Node(.string(value ?? "")) }
      if names == ["member"], let members = branches["member"] { return members.list }
      return Node(
        .mapping(names.map { Node.Entry(key: $0, value: branches[$0]?.node ?? Node(.null)) }))
    }

    /// Members by their numbers, whatever order they came in.
    private var list: Node {
      let numbers = names.compactMap { name in Int(name).map { ($0, name) } }
      return Node(
        .sequence(
          numbers.sorted { $0.0 < $1.0 }.map { branches[$0.1]?.node ?? Node(.null) }))
    }
  }
}
