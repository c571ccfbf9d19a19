import Dashboard

/// Shows a driver's dashboard until the user quits.
struct DashboardRun {
  let profile: TerminalProfile
  let shelf: ThemeShelf
  let mouse: Bool
  let input: TerminalInput

  /// Takes over the terminal, and gives it back.
  func callAsFunction(_ driver: some DashboardDriver) throws(Failure) {
    let ending = try show(driver)
    if let notice = profile.notice { StandardError.print(notice) }
    switch ending {
    case .quit: return
    case .terminalGone: throw Failure(.inputOutput, "the terminal is gone")
    case .quitKeepingFrame(let picture):
      var output = StandardOutput()
      try output.write(picture)
      try output.flush()
    }
  }

  private func show<Driver: DashboardDriver>(
    _ driver: Driver
  ) throws(Failure) -> DashboardSession<Driver>.Ending {
    let screen: CursesScreen
    do {
      screen = try CursesScreen(profile: profile, theme: shelf.current, mouse: mouse)
    } catch {
      throw Failure(.noTerminal, error.sentence)
    }
    var options = Dashboard.Options()
    options.glyphs = profile.glyphs
    var session = DashboardSession(
      driver: driver, dashboard: Dashboard(options: options), screen: screen,
      decoder: KeyDecoder(escapeMilliseconds: Self.escapeMilliseconds), shelf: shelf, input: input)
    return session.run()
  }

  /// Links over the network cut sequences in two more often than people press ESC.
  private static var escapeMilliseconds: Int {
    environmentVariable("SSH_CONNECTION") == nil
      ? KeyDecoder.localEscapeMilliseconds : KeyDecoder.remoteEscapeMilliseconds
  }
}
