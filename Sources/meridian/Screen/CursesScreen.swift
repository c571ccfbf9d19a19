import CNcurses
import Dashboard

/// The terminal as a screen: shows canvases, telling ncurses only what has changed.
///
/// There is one in a process. Whatever ends the process, the terminal is left as it was.
struct CursesScreen: ~Copyable {
  let profile: TerminalProfile
  private var styles: CellStyles
  private var shown: Canvas?
  private var modes: UInt32

  /// Takes over the terminal.
  init(profile: TerminalProfile, theme: Theme, mouse: Bool) throws(TerminalProfile.Refusal) {
    var modes = CN_PASTE.rawValue
    if mouse { modes |= CN_MOUSE.rawValue }
    if profile.isSynchronized { modes |= CN_SYNCHRONIZED.rawValue }
    guard unsafe cn_start(profile.term, modes) == 0 else {
      throw TerminalProfile.Refusal(because: "the terminal (TERM=\(profile.term)) cannot be used")
    }
    self.profile = profile
    self.modes = modes
    styles = CellStyles(theme: theme, depth: profile.depth, colours: Int(cn_colours()))
  }

  deinit { cn_stop() }

  var rows: Int { Int(cn_rows()) }
  var columns: Int { Int(cn_columns()) }

  var theme: Theme {
    get { styles.theme }
    set {
      styles = CellStyles(theme: newValue, depth: styles.depth, colours: Int(cn_colours()))
      shown = nil
    }
  }

  /// Shows a canvas of the screen's size; writes nothing when it is already there.
  mutating func show(_ canvas: Canvas) {
    guard canvas != shown else { return }
    for change in canvas.changes(from: shown ?? Canvas(rows: 0, columns: 0))
    where change.row < rows { put(change.columns, of: change.row, on: canvas) }
    shown = canvas
    let cursor = canvas.cursor ?? (row: -1, column: 0)
    cn_flush(Int32(cursor.row), Int32(cursor.column))
  }

  /// Has the next `show` paint everything, also what another program has painted over.
  mutating func invalidate() {
    shown = nil
    cn_invalidate()
  }

  /// Takes the terminal's present size; true when it has changed.
  mutating func resize() -> Bool {
    guard cn_resize() != 0 else { return false }
    invalidate()
    return true
  }

  /// Gives the terminal back and stops the process until it is continued.
  mutating func suspend() {
    cn_suspend()
    _ = resize()
    shown = nil
  }

  /// Takes the terminal again after the process was stopped without notice.
  mutating func resume() {
    cn_resume()
    _ = resize()
    shown = nil
  }

  mutating func toggleMouse() {
    modes ^= CN_MOUSE.rawValue
    cn_set_modes(modes)
  }

  /// Gives the terminal's clipboard a text (OSC 52).
  func copy(_ text: String) {
    let bytes = ClipboardSequence.bytes(for: text)
    unsafe bytes.withUnsafeBytes { unsafe cn_write($0.baseAddress, $0.count) }
  }

  private mutating func put(_ span: Range<Int>, of row: Int, on canvas: Canvas) {
    var run: [cn_cell] = []
    run.reserveCapacity(span.count)
    var column = span.lowerBound
    while column < min(span.upperBound, columns) {
      let cell = canvas[row, column]
      let width = column + 1 < canvas.columns && canvas[row, column + 1].scalar == 0 ? 2 : 1
      let style = styles.style(of: cell)
      var character = cn_cell(
        scalar: cell.scalar, pair: style.pair, attributes: style.attributes)
      if !canShow(cell.scalar, width: width) {
        // A stand-in that fills the same columns.
        character.scalar = UInt32(UInt8(ascii: cell.scalar == 0 ? " " : "?"))
        run.append(character)
        character.scalar = UInt32(UInt8(ascii: " "))
        if width == 2 { run.append(character) }
      } else {
        run.append(character)
      }
      column += width
    }
    unsafe cn_put_run(Int32(row), Int32(span.lowerBound), run, Int32(run.count))
  }

  /// Whether the terminal has the character and its idea of its width is the canvas's.
  private func canShow(_ scalar: UInt32, width: Int) -> Bool {
    if scalar >= 32, scalar < 127 { return width == 1 }
    return profile.glyphs != .ascii && scalar != 0 && Int(cn_width(scalar)) == width
  }
}
