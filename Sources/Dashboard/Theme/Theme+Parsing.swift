import Documents

extension Theme {
  /// Reads a theme file; what cannot be read is a fault, and the built-in theme stands in for it.
  ///
  /// `palette` names colours; `roles` gives each role `rgb | 256 | 16`, of which the last two may be
  /// left out: the nearest entry of 16...255 by OKLab, and a fixed colour by role. Words beside the
  /// colours (`bold`, `dim`, `underline`, `reverse`) hold at every depth.
  package static func parse(_ node: Node) -> (Theme, [Fault]) {
    var reader = ThemeReader()
    let theme = reader.theme(node)
    return (theme, reader.faults)
  }
}

/// Reads one theme, collecting faults instead of stopping at the first.
private struct ThemeReader {
  var faults: [Fault] = []
  private var palette: [String: UInt32] = [:]

  mutating func theme(_ node: Node) -> Theme {
    var theme = Theme.builtIn
    guard node.entries != nil else {
      faults.append(node.fault("a mapping with name, variant, palette and roles"))
      return theme
    }
    faults += node.unknownKeys(["name", "variant", "palette", "roles"])
    attempt { () throws(Fault) in theme.name = try node.required("name").string() }
    attempt { () throws(Fault) in
      theme.variant = try node["variant"]?.choice(Theme.Variant.self) ?? .dark
    }
    for entry in node["palette"]?.entries ?? [] { readPaletteEntry(entry) }
    for entry in node["roles"]?.entries ?? [] { readRole(entry, into: &theme) }
    return theme
  }

  private mutating func attempt(_ body: () throws(Fault) -> Void) {
    do throws(Fault) { try body() } catch { faults.append(error) }
  }

  private mutating func readPaletteEntry(_ entry: Node.Entry) {
    guard let text = try? entry.value.string(), let rgb = Self.hexadecimal(text) else {
      faults.append(entry.value.fault("a colour such as \"#10141a\""))
      return
    }
    palette[entry.key] = rgb
  }

  private mutating func readRole(_ entry: Node.Entry, into theme: inout Theme) {
    do throws(Fault) {
      switch entry.key {
      case "background":
        let style = try style(entry.value, ansi: theme.background.ansi)
        theme.background = style.foreground
      case "sel": theme.selection = try style(entry.value, ansi: nil)
      case "bar": theme.bar = try style(entry.value, ansi: nil)
      default:
        guard let role = Role(rawValue: entry.key) else {
          throw Fault(
            place: entry.value.place, value: entry.key,
            expected: "a role: background, sel, bar, "
              + Role.allCases.map(\.rawValue).joined(separator: ", "))
        }
        theme.styles[role] = try style(entry.value, ansi: Theme.standardAnsi(of: role))
      }
    } catch {
      faults.append(error)
    }
  }

  /// `fg | 253 | white bold`, `on sel | on 235 | black on white`.
  private func style(_ node: Node, ansi: Int?) throws(Fault) -> Theme.Style {
    let levels = try node.string().split(separator: "|", omittingEmptySubsequences: false)
    guard (1...3).contains(levels.count) else { throw node.fault("at most rgb | 256 | 16") }
    var attributes: Cell.Attributes = []
    var parts: [(foreground: Spot, background: Spot)] = []
    for (depth, level) in levels.enumerated() {
      parts.append(try colours(of: level, depth: depth, of: node, attributes: &attributes))
    }
    let foreground = colour(parts.map(\.foreground), ansi: ansi)
    let background = colour(parts.map(\.background), ansi: nil)
    let hasBackground = parts.contains { if case .absent = $0.background { false } else { true } }
    return Theme.Style(
      foreground: foreground, background: hasBackground ? background : nil, attributes: attributes)
  }

  /// A colour as one level names it.
  private enum Spot {
    case absent
    case terminalDefault
    case value(Int)

    var index: Int? { if case .value(let index) = self { index } else { nil } }
    var isAbsent: Bool { if case .absent = self { true } else { false } }
  }

  private func colours(
    of level: Substring, depth: Int, of node: Node, attributes: inout Cell.Attributes
  ) throws(Fault) -> (foreground: Spot, background: Spot) {
    var (foreground, background) = (Spot.absent, Spot.absent)
    var isBackground = false
    for word in level.split(separator: " ") {
      if let attribute = Self.attributes[String(word)] {
        attributes.insert(attribute)
      } else if word == "on" {
        isBackground = true
      } else {
        let spot = try spot(word, depth: depth, of: node)
        if isBackground { background = spot } else { foreground = spot }
      }
    }
    return (foreground, background)
  }

  private func spot(_ word: Substring, depth: Int, of node: Node) throws(Fault) -> Spot {
    if word == "default" { return .terminalDefault }
    switch depth {
    case 0:
      if let rgb = palette[String(word)] ?? Self.hexadecimal(String(word)) {
        return .value(Int(rgb))
      }
      throw expectation(word, of: node, "a colour of the palette, \"#rrggbb\" or default")
    case 1:
      if let index = Int(word), (16...255).contains(index) { return .value(index) }
      throw expectation(word, of: node, "a number from 16 to 255 or default")
    default:
      if let index = Self.ansiNames.firstIndex(of: String(word)) { return .value(index) }
      throw expectation(word, of: node, "one of " + Self.ansiNames.joined(separator: ", "))
    }
  }

  private func expectation(_ word: Substring, of node: Node, _ expected: String) -> Fault {
    Fault(place: node.place, value: String(word), expected: expected)
  }

  private func colour(_ spots: [Spot], ansi: Int?) -> Theme.Colour {
    let rgb = spots[0].index.map { UInt32($0) }
    var cube = spots.count > 1 ? spots[1].index : nil
    if spots.count < 2 || spots[1].isAbsent { cube = rgb.map(ColourSpace.nearestCube) }
    var sixteen = spots.count > 2 ? spots[2].index : nil
    if spots.count < 3 || spots[2].isAbsent, !spots[0].isAbsent { sixteen = ansi }
    return Theme.Colour(rgb: rgb, cube: cube, ansi: sixteen)
  }

  private static func hexadecimal(_ text: String) -> UInt32? {
    guard text.utf8.count == 7, text.hasPrefix("#") else { return nil }
    return UInt32(text.dropFirst(), radix: 16)
  }

  private static let attributes: [String: Cell.Attributes] = [
    "bold": .bold, "dim": .dim, "underline": .underline, "reverse": .reverse,
  ]

  private static let ansiNames = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "brightblack",
    "brightred", "brightgreen", "brightyellow", "brightblue", "brightmagenta", "brightcyan",
    "brightwhite",
  ]
}
