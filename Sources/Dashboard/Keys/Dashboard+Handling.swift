import Monitoring
import Telemetry

extension Dashboard {
  /// Reacts to a key; the returned commands are the driver's to carry out.
  package mutating func handle(_ key: Key, in scene: Scene, rows: Int, columns: Int) -> [Command] {
    handle(key, in: Situation(scene), rows: rows, columns: columns)
  }

  mutating func handle(
    _ key: Key, in situation: Situation, rows: Int, columns: Int
  ) -> [Command] {
    if isFiltering, let commands = handleFilterKey(key) { return commands }
    switch key {
    case .mousePress(let row, let column), .mouseDrag(let row, let column):
      let frame = frame(situation, rows: rows, columns: columns)
      return click(frame.target(row: row, column: column), column, isDrag: key.isDrag, situation)
    case .wheelUp: return moveRows(-3, situation)
    case .wheelDown: return moveRows(3, situation)
    default:
      guard let action = Binding.action(for: key, inReplay: situation.isReplay) else { return [] }
      return perform(action, situation, rows: rows)
    }
  }

  /// Keys while a filter is typed; nil for those that mean what they always mean.
  private mutating func handleFilterKey(_ key: Key) -> [Command]? {
    switch key {
    case .character(let character): place.filter.text.append(character)
    case .paste(let text): place.filter.text += text.prefix(Self.filterLimit)
    case .backspace:
      if place.filter.text.isEmpty { isFiltering = false } else { place.filter.text.removeLast() }
    case .enter: isFiltering = false
    case .escape:
      isFiltering = false
      place.filter = Filter()
    case .control("u"): place.filter = Filter()
    default: return nil
    }
    place.filter.text = String(place.filter.text.prefix(Self.filterLimit))
    return []
  }

  /// Longer filters match nothing anyway.
  private static let filterLimit = 60

  private mutating func perform(
    _ action: Binding.Action, _ situation: Situation, rows: Int
  ) -> [Command] {
    if isHelpShown { return performInHelp(action) }
    switch action {
    case .help: isHelpShown = true
    case .filter: isFiltering = true
    case .view(let index): show(view: index)
    case .pane(let offset):
      let count = max(view.panes(situation, self).count, 1)
      place.pane = (place.pane + offset + count) % count
    case .rows(let offset): return moveRows(offset, situation)
    case .pages(let offset): return moveRows(offset * max(rows / 2 - 2, 1), situation)
    case .columns(let offset): moveColumns(offset, situation)
    case .firstRow: return moveRows(-1_000_000, situation)
    case .lastRow: return moveRows(1_000_000, situation)
    case .open: open(situation)
    case .back: goBack()
    case .escape: return escape(situation)
    case .whatIf: lookAtLoss(situation)
    case .vantage: look(at: insight == .vantage ? .timeline : .vantage)
    case .zoom(let offset):
      spanIndex = min(max(spanIndex + offset, 0), Self.spans.count - 1)
    case .logarithmic: isLogarithmic = !(isLogarithmic ?? (place.view != ViewNumber.alarms))
    case .unit: showsShareOfObjective.toggle()
    case .sort: isSortedByName.toggle()
    case .glyphs: options.glyphs = options.glyphs.next
    case .copy: return view.subject(situation, self).map { [.copy($0)] } ?? []
    case .quit, .interrupt: return [.quit]
    case .quitKeepingFrame: return [.quitKeepingFrame]
    case .theme: return [.nextTheme]
    case .mouse: return [.toggleMouse]
    case .redraw: return [.redraw]
    default: return performInTime(action, situation)
    }
    return []
  }

  private mutating func performInHelp(_ action: Binding.Action) -> [Command] {
    switch action {
    case .help, .escape, .quit, .back: isHelpShown = false
    case .rows(let offset): helpOffset = max(helpOffset + offset, 0)
    case .pages(let offset): helpOffset = max(helpOffset + offset * 10, 0)
    case .firstRow: helpOffset = 0
    case .interrupt: return [.quit]
    case .quitKeepingFrame: return [.quitKeepingFrame]
    case .theme: return [.nextTheme]
    case .redraw: return [.redraw]
    case .view(let index):
      isHelpShown = false
      show(view: index)
    default: break
    }
    return []
  }

  private func performInTime(_ action: Binding.Action, _ situation: Situation) -> [Command] {
    switch action {
    case .pause: return [.togglePause]
    case .live: return [.backToLive]
    case .step(let count): return [.step(count)]
    case .speed(let change): return situation.isReplay ? [.changeSpeed(change)] : []
    case .seek(let seconds):
      if !situation.isReplay, seconds > 0, !situation.isPaused { return [] }
      return [.seek(situation.bounded(situation.time + Int64(seconds) * 1000))]
    case .timeStart: return situation.beginning.map { [.seek($0)] } ?? []
    case .timeEnd:
      guard let transport = situation.transport else { return [.backToLive] }
      return [.seek(transport.end)]
    case .event(let direction): return jump(direction, among: situation.eventTimes, situation)
    case .alarm(let direction): return jump(direction, among: situation.alarmTimes, situation)
    default: return []
    }
  }

  /// The nearest instant before or after the one shown.
  private func jump(
    _ direction: Int, among times: [Timestamp], _ situation: Situation
  ) -> [Command] {
    let found =
      direction > 0
      ? times.filter { $0 > situation.time }.min() : times.filter { $0 < situation.time }.max()
    return found.map { [.seek($0)] } ?? []
  }

  /// Closes, clears, goes back, and then returns to live; never quits.
  private mutating func escape(_ situation: Situation) -> [Command] {
    if !place.filter.text.isEmpty {
      place.filter = Filter()
    } else if place.view == ViewNumber.failover, insight != .timeline {
      insight = .timeline
    } else if !trail.isEmpty {
      goBack()
    } else if situation.isReplay || situation.isPaused {
      return [.backToLive]
    }
    return []
  }

  /// From a region: its loss; in the failover view: one region after the other, then the timeline.
  private mutating func lookAtLoss(_ situation: Situation) {
    let codes = situation.topology.regions.map(\.code)
    if place.view != ViewNumber.failover, let code = view.subject(situation, self),
      codes.contains(code)
    {
      return look(at: .loss(code))
    }
    guard place.view == ViewNumber.failover, case .loss(let code) = insight,
      let index = codes.firstIndex(of: code)
    else { return look(at: codes.first.map { .loss($0) } ?? .timeline) }
    look(at: index + 1 < codes.count ? .loss(codes[index + 1]) : .timeline)
  }

  private mutating func look(at insight: Insight) {
    if place.view != ViewNumber.failover {
      trail.append(place)
      place = Place(view: ViewNumber.failover)
    }
    self.insight = insight
  }

  private mutating func goBack() {
    guard let last = trail.popLast() else { return }
    place = last
  }

  mutating func open(_ situation: Situation) {
    guard let opening = view.opening(situation, self) else { return }
    trail.append(place)
    place = Place(view: opening.view, pane: opening.pane, filter: Filter(opening.filter))
    if let selection = opening.selection {
      selections[PaneID(view: opening.view, pane: opening.pane)] = selection
    }
  }

  mutating func moveRows(_ offset: Int, _ situation: Situation) -> [Command] {
    if isHelpShown {
      helpOffset = max(helpOffset + offset, 0)
      return []
    }
    let panes = view.panes(situation, self)
    guard panes.indices.contains(place.pane), !panes[place.pane].isEmpty else { return [] }
    let rows = panes[place.pane]
    let current = selection(rows, pane: place.pane) ?? 0
    let wanted = min(max(current + offset, 0), rows.count - 1)
    selections[PaneID(view: place.view, pane: place.pane)] = rows[wanted]
    return []
  }

  /// In the matrix: the next link of the same source (or, from a list, simply the next row).
  private mutating func moveColumns(_ offset: Int, _ situation: Situation) {
    guard place.view == ViewNumber.replication else {
      _ = moveRows(offset, situation)
      return
    }
    let links = ReplicationView.links(situation, self)
    let rows = links.map(\.identity)
    guard let current = selection(rows, pane: 0) else { return }
    let order = situation.topology.regions.map(\.code)
    let row = links.filter { $0.from == links[current].from }.sorted {
      let (a, b) = (order.firstIndex(of: $0.to) ?? .max, order.firstIndex(of: $1.to) ?? .max)
      return a != b ? a < b : $0.identity < $1.identity
    }
    guard let place = row.firstIndex(where: { $0.identity == rows[current] }) else { return }
    let next = row[min(max(place + offset, 0), row.count - 1)]
    selections[PaneID(view: ViewNumber.replication, pane: 0)] = next.identity
  }

  private mutating func click(
    _ target: Target?, _ column: Int, isDrag: Bool, _ situation: Situation
  ) -> [Command] {
    guard let target else { return [] }
    switch target.meaning {
    case .rail(let rail): return [.seek(rail.time(of: column - target.rect.column))]
    case .view(let index) where !isDrag:
      isHelpShown = false
      show(view: index)
    case .row(let pane, let row) where !isDrag:
      let identity = PaneID(view: place.view, pane: pane)
      let wasSelected = selections[identity] == row && place.pane == pane
      place.pane = pane
      selections[identity] = row
      if wasSelected { open(situation) }
    default: break
    }
    return []
  }
}

extension Key {
  fileprivate var isDrag: Bool { if case .mouseDrag = self { true } else { false } }
}

extension GlyphSet {
  fileprivate var next: GlyphSet {
    switch self {
    case .unicode: .block
    case .block: .ascii
    case .ascii: .unicode
    }
  }
}
