import Foundation

/// A terminal to test in: a shell in tmux, of a server of its own.
///
/// Waiting is for something that can be seen, with a deadline; a wait that fails tells what stood
/// on the screen.
final class TerminalTmux {
  let folder: String
  private let socket: String
  private let tmux: URL

  /// Long enough for a busy machine; a passing test never waits so long.
  static let deadlineSeconds = 60.0

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  init(rows: Int = 45, columns: Int = 160, environment: [String: String] = [:]) throws {
    folder = FileManager.default.temporaryDirectory.path + "/meridian-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    socket = folder + "/tmux"
    guard let tmux = Self.find("tmux") else { throw Failure(description: "tmux is not installed") }
    self.tmux = tmux
    var own = [
      "HOME": folder, "XDG_CONFIG_HOME": folder + "/none", "PATH": "/usr/bin:/bin",
      "LC_ALL": "C.UTF-8", "PS1": "$ ", "SWIFT_BACKTRACE": "enable=no",
    ]
    own.merge(environment) { $1 }
    let settings = own.sorted { $0.key < $1.key }.map { "\($0.key)='\($0.value)'" }
    try run([
      "-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)",
      "env -i TERM=$TERM \(settings.joined(separator: " ")) bash --norc --noprofile --noediting -i",
    ])
    try run(["set-option", "-g", "window-size", "manual"])
    try run(["pipe-pane", "-O", "cat >> \(bytesPath)"])
    try wait("the shell's prompt") { $0.hasPrefix("$") }
  }

  deinit {
    _ = try? run(["kill-server"])
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// The program that is tested: it stands beside the test bundle.
  static func program() throws -> String {
    let bundle = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
    let program = bundle.deletingLastPathComponent().appendingPathComponent("meridian").path
    guard FileManager.default.isExecutableFile(atPath: program) else {
      throw Failure(description: "\(program) is not built")
    }
    return program
  }

  /// Types a line into the shell.
  func enter(_ line: String) throws {
    try run(["send-keys", "-l", line])
    try press("Enter")
  }

  /// Presses keys by tmux's names: `Down`, `C-c`, `q`.
  func press(_ keys: String...) throws { try run(["send-keys"] + keys) }

  /// Starts meridian; the shell writes its process id and, at the end, its exit status.
  func start(_ arguments: [String], environment: String = "") throws {
    let program = try Self.program()
    let line = ([program] + arguments).joined(separator: " ")
    try enter("clear; env \(environment) bash -c 'echo $$ >pid; exec \(line)'; echo $? >status")
  }

  /// Sends a signal to meridian.
  func signal(_ name: String) throws {
    let pid = try String(contentsOfFile: folder + "/pid", encoding: .utf8)
    let kill = Process()
    kill.executableURL = URL(fileURLWithPath: "/bin/bash")
    kill.arguments = ["-c", "kill -\(name) \(pid.trimmingCharacters(in: .whitespacesAndNewlines))"]
    try Self.withAllSignals { try kill.run() }
    kill.waitUntilExit()
  }

  /// Waits for the end of meridian and tells its exit status.
  func status() throws -> Int {
    let path = folder + "/status"
    try waitUntil("the exit status") {
      ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").hasSuffix("\n")
    }
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try FileManager.default.removeItem(atPath: path)
    return Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? -1
  }

  func resize(rows: Int, columns: Int) throws {
    try run(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
  }

  /// What stands on the screen: rows without trailing blanks.
  var picture: String {
    get throws {
      let lines = try run(["capture-pane", "-p"]).split(
        separator: "\n", omittingEmptySubsequences: false)
      return lines.map { $0.replacing(/\ +$/, with: "") }.joined(separator: "\n")
    }
  }

  /// The settings of the line, as `stty -g` tells them, while the shell has the terminal.
  func settings() throws -> String {
    let path = folder + "/settings"
    try enter("stty -g >settings")
    try waitUntil("stty") {
      ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").hasSuffix("\n")
    }
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try FileManager.default.removeItem(atPath: path)
    return text
  }

  /// The modes of the terminal.
  struct Modes: Equatable {
    var alternateScreen: Bool
    var cursor: Bool
    var mouse: Bool

    static let ofShell = Modes(alternateScreen: false, cursor: true, mouse: false)
  }

  var modes: Modes {
    get throws {
      let flags = try run([
        "display-message", "-p", "#{alternate_on}#{cursor_flag}#{mouse_any_flag}",
      ])
      let bits = flags.map { $0 == "1" }
      return Modes(alternateScreen: bits[0], cursor: bits[1], mouse: bits[2])
    }
  }

  private var bytesPath: String { folder + "/bytes" }

  /// Everything written to the terminal so far.
  var bytes: String {
    get throws {
      String(decoding: try Data(contentsOf: URL(fileURLWithPath: bytesPath)), as: UTF8.self)
    }
  }

  @discardableResult
  func wait(_ what: String, until holds: (String) -> Bool) throws -> String {
    var shown = ""
    do {
      try waitUntil(what) {
        shown = (try? picture) ?? ""
        return holds(shown)
      }
    } catch {
      throw Failure(description: "waited in vain for \(what); the screen shows:\n\(shown)")
    }
    return shown
  }

  func waitUntil(_ what: String, _ holds: () throws -> Bool) throws {
    let deadline = Date(timeIntervalSinceNow: Self.deadlineSeconds)
    while try !holds() {
      guard Date() < deadline else { throw Failure(description: "waited in vain for \(what)") }
      usleep(20_000)
    }
  }

  @discardableResult
  private func run(_ arguments: [String]) throws -> String {
    let process = Process()
    // The server must not inherit descriptors: Foundation takes an open one for a living process.
    let closing = """
      for path in /dev/fd/*; do n=${path##*/}; ((n > 2)) && eval "exec $n>&-"; done
      exec "$0" "$@"
      """
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", closing, tmux.path, "-u", "-S", socket] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try Self.withAllSignals { try process.run() }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  /// Lets a child begin with no signal blocked: the threads of the tests block most of them, and
  /// tmux and what runs in it would inherit that.
  private static func withAllSignals(_ body: () throws -> Void) rethrows {
    var none = sigset_t()
    var before = sigset_t()
    unsafe sigemptyset(&none)
    unsafe pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    try body()
  }

  private static func find(_ name: String) -> URL? {
    ["/usr/bin/", "/bin/", "/usr/local/bin/", "/opt/homebrew/bin/"]
      .map { URL(fileURLWithPath: $0 + name) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }
}
