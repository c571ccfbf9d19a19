import Telemetry

/// The dashboard: its own small state (view, selection, filter), drawn over a scene.
///
/// `handle` changes only that state and returns what the driver should do; `draw` is pure.
package struct Dashboard: Sendable {
  package var options: Options
  /// Where the user is, and the places to go back to.
  var place = Place()
  var trail: [Place] = []
  /// What is selected, by view and pane.
  var selections: [PaneID: String] = [:]
  var isHelpShown = false
  var helpOffset = 0
  /// Whether keys go into the filter.
  var isFiltering = false
  var spanIndex = 2
  /// Nil: as each graph prefers.
  var isLogarithmic: Bool?
  var showsShareOfObjective = false
  var isSortedByName = false
  /// What the failover view shows below its checks.
  var insight = Insight.timeline

  package init(options: Options = Options()) { self.options = options }

  package struct Options: Sendable {
    package var glyphs = GlyphSet.unicode

    package init() {}
  }

  /// A place in the dashboard: what the crumbs lead back to.
  struct Place: Hashable, Sendable {
    var view = 0
    var pane = 0
    var filter = Filter()
  }

  /// What the failover view shows below its checks.
  enum Insight: Hashable, Sendable {
    case timeline
    /// What the loss of a region would do.
    case loss(String)
    /// Which region sees which.
    case vantage
  }

  struct PaneID: Hashable, Sendable {
    var view: Int
    var pane: Int
  }

  /// Shows a view, by its place in the order of the number keys.
  package mutating func show(view: Int) {
    trail = []
    place = Place(view: min(max(view, 0), allViews.count - 1))
  }

  /// The views' names, in lower case, in the order of their keys.
  package static var viewNames: [String] { allViews.map { $0.name.lowercased() } }

  var view: any View { allViews[place.view] }

  /// Time windows of graphs, in milliseconds.
  static let spans: [Int64] = [10, 30, 60, 180, 360, 720, 1440, 4320, 10_080, 21_600]
    .map { $0 * 60_000 }

  var span: Int64 { Self.spans[spanIndex] }

  /// What is selected in a pane: the remembered row, or the first.
  func selection(_ rows: [String], pane: Int, view: Int? = nil) -> Int? {
    guard !rows.isEmpty else { return nil }
    let known = selections[PaneID(view: view ?? place.view, pane: pane)]
    return known.flatMap { rows.firstIndex(of: $0) } ?? 0
  }

  /// The selected one of what a pane lists, given what names it; nil where nothing is listed.
  func selected<Row>(of rows: [Row], by name: (Row) -> String, pane: Int = 0) -> Row? {
    selection(rows.map(name), pane: pane).map { rows[$0] }
  }

  /// One frame.
  package func draw(_ scene: Scene, rows: Int, columns: Int) -> Canvas {
    frame(Situation(scene), rows: rows, columns: columns).canvas
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
