import Monitoring
import Telemetry

extension Dashboard {
  /// One frame over a situation: chrome around the current view, at any size.
  func frame(_ situation: Situation, rows: Int, columns: Int) -> Frame {
    var frame = Frame(rows: rows, columns: columns, glyphs: options.glyphs)
    let chrome = Chrome(situation: situation, dashboard: self)
    if rows < 4 || columns < 20 {
      chrome.drawLine(in: frame.canvas.bounds, on: &frame)
    } else {
      drawParts(chrome, situation, on: &frame)
    }
    if isHelpShown { HelpOverlay(dashboard: self, isReplay: situation.isReplay).draw(on: &frame) }
    options.glyphs.translate(&frame.canvas)
    return frame
  }

  private func drawParts(_ chrome: Chrome, _ situation: Situation, on frame: inout Frame) {
    var body = frame.canvas.bounds
    let header: Rect
    (header, body) = body.splitRows(1)
    chrome.drawHeader(in: header, on: &frame)
    if body.rows >= 30, body.columns >= 100 {
      let tabs: Rect
      (tabs, body) = body.splitRows(1)
      chrome.drawTabs(in: tabs, on: &frame)
    }
    if body.rows >= 6 {
      let hints: Rect
      (body, hints) = body.splitRows(body.rows - 1)
      chrome.drawHints(in: hints, on: &frame)
    }
    if let transport = situation.transport {
      let height = TransportStrip.rows(inRows: body.rows, columns: body.columns)
      let strip: Rect
      (body, strip) = body.splitRows(body.rows - height)
      TransportStrip(transport: transport, situation: situation).draw(in: strip, on: &frame)
    }
    let clip = frame.canvas.clip
    frame.canvas.clip = body
    view.draw(situation, self, in: body, on: &frame)
    frame.canvas.clip = clip
  }
}
