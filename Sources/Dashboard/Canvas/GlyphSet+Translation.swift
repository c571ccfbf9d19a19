extension GlyphSet {
  /// Replaces characters that this set does not have; cells keep their roles.
  ///
  /// Views draw with the full set; only graphs ask for another shape (see `Graph`).
  package func translate(_ canvas: inout Canvas) {
    guard self == .ascii else { return }
    for index in canvas.cells.indices {
      let scalar = canvas.cells[index].scalar
      if scalar > 0x7E { canvas.cells[index].scalar = Self.ascii(scalar) }
      if scalar == 0 { canvas.cells[index].scalar = 0x20 }
    }
  }

  /// The ASCII character for a scalar; `?` for what has none.
  static func ascii(_ scalar: UInt32) -> UInt32 {
    if scalar < 0x7F { return scalar }
    return table[scalar] ?? (0x2800...0x28FF ~= scalar ? 0x23 : 0x3F)
  }

  private static let table: [UInt32: UInt32] = {
    let pairs: [(String, String)] = [
      ("●■▲◌○", "o#!@m"), ("─━═╌│┃┆╭╮╰╯┌┐└┘├┤┬┴┼", "-==-|||++++++++++++++"),
      ("▁▂▃▄▅▆▇█", "_,-~=+*#"),
      ("▏▎▍▌▋▊▉", "|||||||"), ("·•…", "..."), ("✓✗▶▼→←↑↓⇄", "vx>v><^v="), ("≥≤×–—", "><x--"),
      ("␛", "?"), ("▐▖▗▘▙▚▛▜▝▞▟▀░▒▓", "|..'.#'''#.'.:#"),
    ]
    var table: [UInt32: UInt32] = [:]
    for (from, to) in pairs {
      for (source, target) in zip(from.unicodeScalars, to.unicodeScalars) {
        table[source.value] = target.value
      }
    }
    return table
  }()
}
