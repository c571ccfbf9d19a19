import CNcurses
import Dashboard
import Telemetry

/// The dashboard on the terminal: one loop, on one thread, over keys, signals and time.
struct DashboardSession<Driver: DashboardDriver>: ~Copyable {
  private var driver: Driver
  private var dashboard: Dashboard
  private var screen: CursesScreen
  private var decoder: KeyDecoder
  private var pacer = FramePacer()
  private var shelf: ThemeShelf
  private let input: TerminalInput
  private var end: Ending?
  /// When a byte last came: what is unfinished then is settled some milliseconds later.
  private var newestByte: Int64 = 0
  private var newestTick: Int64

  /// How the loop ended.
  enum Ending: Equatable {
    case quit
    case quitKeepingFrame(String)
    case terminalGone
  }

  init(
    driver: Driver, dashboard: Dashboard, screen: consuming CursesScreen, decoder: KeyDecoder,
    shelf: ThemeShelf, input: TerminalInput
  ) {
    self.driver = driver
    self.dashboard = dashboard
    self.screen = screen
    self.decoder = decoder
    self.shelf = shelf
    self.input = input
    newestTick = WallClock.monotonicMilliseconds()
  }

  /// Runs until the user quits; the terminal is given back when the session goes.
  mutating func run() -> Ending {
    pacer.noteUrgent(at: newestTick)
    while true {
      drawIfDue()
      switch input.wait(milliseconds: patience(), wakeDescriptors: driver.wakeDescriptors) {
      case .bytes(let bytes): take(bytes)
      case .nothing: settle()
      case .end: end = .terminalGone
      }
      if let end { return end }
      takeSignals()
      tick()
    }
  }

  private func patience() -> Int64? {
    let now = WallClock.monotonicMilliseconds()
    let waits = [
      pacer.patience(at: now), driver.patienceMilliseconds(wall: WallClock.now()),
      decoder.patienceMilliseconds.map { max(newestByte + Int64($0) - now, 0) },
    ]
    return waits.compactMap { $0 }.min()
  }

  private mutating func drawIfDue() {
    let now = WallClock.monotonicMilliseconds()
    guard pacer.patience(at: now) == 0 else { return }
    screen.show(frame())
    pacer.noteFrame(at: WallClock.monotonicMilliseconds())
  }

  private func frame() -> Canvas {
    dashboard.draw(
      driver.scene(wall: WallClock.now()), rows: screen.rows, columns: screen.columns)
  }

  private mutating func tick() {
    let now = WallClock.monotonicMilliseconds()
    let elapsed = now - newestTick
    newestTick = now
    if driver.tick(wall: WallClock.now(), elapsedMilliseconds: elapsed) {
      pacer.noteData(at: now, interval: driver.frameMilliseconds)
    }
  }

  private mutating func takeSignals() {
    let signals = cn_take_signals()
    guard signals != 0 else { return }
    if signals & CN_STOP_ASKED.rawValue != 0 {
      screen.suspend()
    } else if signals & CN_CONTINUED.rawValue != 0 {
      screen.resume()
    } else {
      _ = screen.resize()
    }
    // Several resizes in a row cost one frame.
    pacer.noteKey(at: WallClock.monotonicMilliseconds())
  }

  private mutating func take(_ bytes: [UInt8]) {
    newestByte = WallClock.monotonicMilliseconds()
    for key in decoder.decode(bytes) { handle(key) }
  }

  /// Settles a lone ESC once nothing has followed it for long enough.
  private mutating func settle() {
    let now = WallClock.monotonicMilliseconds()
    guard let patience = decoder.patienceMilliseconds, now >= newestByte + Int64(patience) else {
      return
    }
    for key in decoder.expire() { handle(key) }
  }

  private mutating func handle(_ key: Key) {
    guard end == nil else { return }
    let commands = dashboard.handle(
      key, in: driver.scene(wall: WallClock.now()), rows: screen.rows, columns: screen.columns)
    for command in commands { perform(command) }
    pacer.noteKey(at: WallClock.monotonicMilliseconds())
  }

  private mutating func perform(_ command: Dashboard.Command) {
    switch command {
    case .quit: end = .quit
    case .quitKeepingFrame: end = .quitKeepingFrame(frame().description)
    case .redraw: screen.invalidate()
    case .nextTheme: screen.theme = shelf.next()
    case .toggleMouse: screen.toggleMouse()
    case .copy(let text): screen.copy(text)
    case .togglePause, .backToLive, .seek, .step, .changeSpeed:
      _ = driver.perform(command, wall: WallClock.now())
    }
  }
}
