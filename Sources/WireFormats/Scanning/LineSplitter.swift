#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Cuts an input that comes in pieces into lines, without copying those that are whole.
package struct LineSplitter: Sendable {
  /// The 1-based number of the line `next` returned last.
  private(set) var number = 0
  let limit: Int
  private var pending: [UInt8] = []
  private var isSkipping = false

  /// How much of a dropped line is kept for its reject.
  static let excerptLength = 200

  init(limit: Int = InputLimits.lineBytes) { self.limit = limit }

  /// A line without its line feed.
  enum Line {
    /// It stands in the bytes that were given.
    case inPlace(Range<Int>)
    /// It began in an earlier piece.
    case joined([UInt8])
    /// It was longer than the limit and has been dropped; its beginning.
    case tooLong([UInt8])
  }

  /// The next line that ends at or after `position`; nil where the rest is kept for the next piece.
  mutating func next(in bytes: Span<UInt8>, from position: inout Int) -> Line? {
    guard position < bytes.count else { return nil }
    let start = position
    guard let end = bytes.firstIndex(of: 10, from: start) else {
      position = bytes.count
      keep(bytes.extracting(start..<bytes.count))
      return nil
    }
    position = end + 1
    number += 1
    if !pending.isEmpty || isSkipping {
      keep(bytes.extracting(start..<end))
      return takePending()
    }
    if end - start > limit {
      let excerpt = start..<min(end, start + Self.excerptLength)
      return .tooLong(Array(copying: bytes.extracting(excerpt)))
    }
    return .inPlace(start..<end)
  }

  /// The last line, when the input does not end in a line feed.
  mutating func finish() -> Line? {
    guard !pending.isEmpty || isSkipping else { return nil }
    number += 1
    return takePending()
  }

  private mutating func keep(_ bytes: Span<UInt8>) {
    if !isSkipping, pending.count + bytes.count <= limit {
      pending.append(copying: bytes)
      return
    }
    isSkipping = true
    pending.removeLast(max(0, pending.count - Self.excerptLength))
    let room = Self.excerptLength - pending.count
    pending.append(copying: bytes.extracting(0..<min(room, bytes.count)))
  }

  private mutating func takePending() -> Line {
    let line = pending
    pending.removeAll(keepingCapacity: line.count < 1 << 16)
    defer { isSkipping = false }
    return isSkipping ? .tooLong(line) : .joined(line)
  }
}

extension Span<UInt8> {
  /// Where a byte stands next.
  func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    unsafe withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress, start < buffer.count,
        let found = unsafe memchr(base + start, Int32(byte), buffer.count - start)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - base
    }
  }

  /// Whether the bytes of the range are these.
  func matches(_ range: Range<Int>, _ other: Span<UInt8>) -> Bool {
    guard range.count == other.count else { return false }
    let part = extracting(range)
    return unsafe part.withUnsafeBytes { left in
      unsafe other.withUnsafeBytes { right in
        guard let first = left.baseAddress, let second = right.baseAddress else { return true }
        return unsafe memcmp(first, second, left.count) == 0
      }
    }
  }
}

extension [UInt8] {
  init(copying bytes: Span<UInt8>) {
    self.init()
    append(copying: bytes)
  }

  mutating func append(copying bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}
