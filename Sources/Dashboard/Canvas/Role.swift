/// What a cell means: the only way a view may name a colour (dashboard roles, one per theme key).
package enum Role: String, Hashable, Sendable, CaseIterable {
  case text, muted, title
  case border
  case borderFocus = "border.focus"
  case ok, info, warn, crit, unknown, stale
  case replay
  case s1, s2, s3, s4, s5, s6
  case graphFill = "graph.fill"
  case graphFuture = "graph.future"
  case graphGap = "graph.gap"
  case threshold
  case mapLand = "map.land"
  case mapLink = "map.link"
  case key
}
