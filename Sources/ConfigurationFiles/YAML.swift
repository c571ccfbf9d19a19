import Documents
import Yams

extension Documents.Node {
  /// Reads one YAML document (and so JSON too), keeping lines, order and tags.
  package static func yaml(_ text: String, file: String) throws(Fault) -> Documents.Node {
    let root: Yams.Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw Fault(
        place: Place(file: file, line: error.line), value: error.sentence, expected: "YAML")
    } catch {
      throw Fault(place: Place(file: file), value: String(describing: error), expected: "YAML")
    }
    guard let root else { return Documents.Node(.null, place: Place(file: file, line: 1)) }
    return convert(root, file: file, path: "")
  }

  private static func convert(_ node: Yams.Node, file: String, path: String) -> Documents.Node {
    let place = Place(file: file, line: node.mark?.line ?? 0, path: path)
    let plain = Documents.Node(value(of: node, file: file, path: path), place: place)
    let tag = node.tag.description
    guard tag.hasPrefix("!") else { return plain }
    return Documents.Node(.tagged(tag, plain), place: place)
  }

  private static func value(of node: Yams.Node, file: String, path: String) -> Value {
    switch node {
    case .scalar(let scalar): return value(of: scalar)
    case .sequence(let sequence):
      return .sequence(
        sequence.enumerated().map { convert($1, file: file, path: "\(path)[\($0)]") })
    case .mapping(let mapping):
      return .mapping(
        mapping.map { key, value in
          let name = key.scalar?.string ?? ""
          let inner = path.isEmpty ? name : path + "." + name
          return Entry(key: name, value: convert(value, file: file, path: inner))
        })
    case .alias: return .null
    }
  }

  /// Plain scalars are read by YAML 1.2's core schema: `yes`, `1:30` and dates stay strings.
  private static func value(of scalar: Yams.Node.Scalar) -> Value {
    guard scalar.style == .plain else { return .string(scalar.string) }
    switch scalar.string {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .boolean(true)
    case "false", "False", "FALSE": return .boolean(false)
    default:
      let text = scalar.string
      guard let first = text.utf8.first, (48...57).contains(first) || "+-.".utf8.contains(first),
        let number = Double(text), number.isFinite
      else { return .string(text) }
      return .number(number, text: text)
    }
  }
}

extension YamlError {
  fileprivate var line: Int {
    switch self {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      mark.line
    default: 0
    }
  }

  fileprivate var sentence: String {
    switch self {
    case .scanner(let context, let problem, _, _), .parser(let context, let problem, _, _),
      .composer(let context, let problem, _, _):
      [problem, context?.text].compactMap { $0 }.joined(separator: " ")
    default: String(describing: self)
    }
  }
}
