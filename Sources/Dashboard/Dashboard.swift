import Telemetry

/// The dashboard: its own small state (view, selection, filter), drawn over a scene.
///
/// `handle` changes only that state and returns what the driver should do; `draw` is pure.
package struct Dashboard: Sendable {
  package var options: Options

  package init(options: Options = Options()) { self.options = options }

  package struct Options: Sendable {
    package var glyphs = GlyphSet.unicode

    package init() {}
  }

  /// Reacts to a key; the returned commands are the driver's to carry out.
  package mutating func handle(_ key: Key, in scene: Scene, rows: Int, columns: Int) -> [Command] {
    []
  }

  /// One frame.
  package func draw(_ scene: Scene, rows: Int, columns: Int) -> Canvas {
    Canvas(rows: rows, columns: columns)
  }

  /// What only a driver can do.
  package enum Command: Hashable, Sendable {
    case quit
    /// Quit and leave the last frame in the scrollback.
    case quitKeepingFrame
    case redraw
    case nextTheme
    case toggleMouse
    case copy(String)
    /// Pause or play: live freezes the moment, replay stops the playhead.
    case togglePause
    case backToLive
    /// Replay: move the playhead; live: move the paused moment.
    case seek(Timestamp)
    /// One sample (or evaluation instant) forward or back.
    case step(Int)
    /// Faster (+1) or slower (-1) by one of `Transport.speeds`.
    case changeSpeed(Int)
  }
}

/// Which characters pictures are made of.
package enum GlyphSet: String, Hashable, Sendable, CaseIterable {
  case unicode
  /// Without braille.
  case block
  case ascii
}
