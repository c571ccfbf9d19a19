import Documents
import Yams

extension Documents.Node {
  /// Reads one YAML document (and so JSON too), keeping lines, order and tags.
  package static func yaml(_ text: String, file: String) throws(Fault) -> Documents.Node {
    let root: Yams.Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw error.fault(in: file)
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
  fileprivate func fault(in file: String) -> Fault {
    switch self {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let sentence = [problem, context?.text].compactMap { $0 }.joined(separator: " ")
      return Self.fault(file, mark.line, sentence)
    case .duplicatedKeysInMapping(let duplicates, let context):
      return Fault(
        place: Documents.Node.Place(file: file, line: context.mark.line),
        value: duplicates.first, expected: "a key that stands only once in its mapping")
    case .reader(let problem, let offset, _, let yaml):
      let before = yaml.prefix(offset ?? 0)
      return Self.fault(file, 1 + before.count { $0.isNewline }, problem)
    default: return Self.fault(file, 0, String(describing: self))
    }
  }

  private static func fault(_ file: String, _ line: Int, _ problem: String) -> Fault {
    Fault(place: Documents.Node.Place(file: file, line: line), value: problem, expected: "YAML")
  }
}
