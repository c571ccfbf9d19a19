#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Standard output, written in large pieces.
struct StandardOutput: ~Copyable {
  private var pending: [UInt8] = []
  private let descriptor: Int32

  /// One write per so many bytes.
  private static let pieceSize = 1 << 16

  init(descriptor: Int32 = STDOUT_FILENO) {
    self.descriptor = descriptor
    pending.reserveCapacity(2 * Self.pieceSize)
  }

  /// Adds text; nothing is seen before `flush`.
  mutating func write(_ text: String) throws(Failure) {
    pending += text.utf8
    if pending.count >= Self.pieceSize { try flush() }
  }

  mutating func flush() throws(Failure) {
    let isWritten = unsafe pending.withUnsafeBytes { unsafe writeWhole($0, to: descriptor) }
    guard isWritten else {
      throw Failure(.inputOutput, "standard output cannot be written: \(systemMessage(errno))")
    }
    pending.removeAll(keepingCapacity: true)
  }
}

/// Standard error: sentences for people.
enum StandardError {
  /// Writes lines, made harmless; a closed standard error is no reason to fail.
  static func print(_ lines: String) {
    for part in lines.split(separator: "\n") {
      write("meridian: \(sanitised(String(part)))\n")
    }
  }

  static func write(_ text: String) {
    _ = unsafe Array(text.utf8).withUnsafeBytes { unsafe writeWhole($0, to: STDERR_FILENO) }
  }

  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}

/// The words of the system for an error number.
func systemMessage(_ code: Int32) -> String {
  guard let text = unsafe strerror(code) else { return "error \(code)" }
  return unsafe String(cString: text)
}

/// Reads an environment variable; nil where it is not set.
func environmentVariable(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(cString: value)
}

/// Writes all of some bytes; false, with `errno` set, where that fails.
func writeWhole(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
  var rest = unsafe bytes[...]
  while unsafe !rest.isEmpty {
    let piece = unsafe UnsafeRawBufferPointer(rebasing: rest)
    let count = unsafe write(descriptor, piece.baseAddress, piece.count)
    if count > 0 {
      unsafe rest = rest.dropFirst(count)
    } else if errno != EINTR {
      return false
    }
  }
  return true
}
