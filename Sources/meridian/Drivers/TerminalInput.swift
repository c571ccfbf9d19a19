import CNcurses

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Waits for the keyboard and for signals, and reads the keyboard.
struct TerminalInput {
  /// Standard input, or the terminal itself where standard input carries data.
  let descriptor: Int32

  /// More than anybody types between two frames; a paste takes several reads.
  private static let readSize = 4096

  init(descriptor: Int32 = STDIN_FILENO) { self.descriptor = descriptor }

  /// The process's own terminal, whatever standard input is; nil when it has none.
  static func ofProcess() -> TerminalInput? {
    let descriptor = unsafe open("/dev/tty", O_RDONLY | O_CLOEXEC)
    return descriptor >= 0 ? TerminalInput(descriptor: descriptor) : nil
  }

  /// What ended the waiting.
  enum Wake: Equatable {
    case bytes([UInt8])
    /// Time has passed, or a signal has come.
    case nothing
    /// The terminal is gone.
    case end
  }

  /// Waits for bytes, a signal or what wakes the driver, at most so long; nil: for ever.
  func wait(milliseconds: Int64?, wakeDescriptors: [Int32] = []) -> Wake {
    var descriptors = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: cn_signal_descriptor(), events: Int16(POLLIN), revents: 0),
    ]
    descriptors += wakeDescriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    let timeout = milliseconds.map { Int32(clamping: $0) } ?? -1
    let ready = unsafe poll(&descriptors, nfds_t(descriptors.count), timeout)
    // A signal interrupts; its byte is in the pipe.
    guard ready > 0, descriptors[0].revents != 0 else { return .nothing }
    return read()
  }

  private func read() -> Wake {
    var bytes = [UInt8](repeating: 0, count: Self.readSize)
    #if canImport(Glibc)
    let count = unsafe Glibc.read(descriptor, &bytes, bytes.count)
    #else
    let count = unsafe Darwin.read(descriptor, &bytes, bytes.count)
    #endif
    if count > 0 { return .bytes(Array(bytes.prefix(count))) }
    return count < 0 && (errno == EINTR || errno == EAGAIN) ? .nothing : .end
  }
}
