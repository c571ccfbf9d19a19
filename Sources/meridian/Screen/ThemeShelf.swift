import Dashboard

/// The themes at hand, and which is on.
struct ThemeShelf {
  private(set) var themes: [Theme]
  private var place = 0

  /// The first of the themes that has the name is on; the first of all without a name.
  init(themes: [Theme], name: String? = nil) throws(Failure) {
    self.themes = themes.isEmpty ? [.builtIn] : themes
    guard let name else { return }
    guard let place = self.themes.firstIndex(where: { $0.name == name }) else {
      let names = self.themes.map(\.name).joined(separator: ", ")
      throw Failure(.usage, "there is no theme '\(name)'; there are \(names)")
    }
    self.place = place
  }

  var current: Theme { themes[place] }

  /// Turns to the theme after the current one.
  mutating func next() -> Theme {
    place = (place + 1) % themes.count
    return current
  }
}
