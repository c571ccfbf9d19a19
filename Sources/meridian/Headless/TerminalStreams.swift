#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What the system says about the standard streams and the character set.
struct TerminalStreams {
  let isInputTerminal = isatty(STDIN_FILENO) == 1
  let isOutputTerminal = isatty(STDOUT_FILENO) == 1

  /// The size of the terminal on standard output; nil where there is none.
  var size: (rows: Int, columns: Int)? {
    var window = winsize()
    guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_row > 0 else {
      return nil
    }
    return (Int(window.ws_row), Int(window.ws_col))
  }

  /// The character set of the user's locale: `UTF-8`.
  var codeset: String {
    unsafe setlocale(LC_CTYPE, "")
    guard let name = unsafe nl_langinfo(nl_item(CODESET)) else { return "unknown" }
    return unsafe String(cString: name)
  }
}
