import CZlib

/// Compresses to gzip; the same input gives the same bytes, since no time and no name is written.
@safe
package final class GzipWriter {
  private let stream: UnsafeMutablePointer<z_stream>

  package init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: unsafe z_stream())
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    let code = unsafe deflateInit2_(
      stream, Self.level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
    precondition(code == Z_OK, "zlib cannot start (\(code))")
  }

  deinit {
    _ = unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Fixed, so that the bytes do not depend on zlib's default.
  private static let level: Int32 = 6
  private static let outputSize = 1 << 16

  /// Compresses some bytes and returns what is ready to be written.
  package func write(_ bytes: [UInt8]) -> [UInt8] { deflate(bytes, flush: Z_NO_FLUSH) }

  /// Returns what makes all that was written so far readable.
  package func flush() -> [UInt8] { deflate([], flush: Z_SYNC_FLUSH) }

  /// Ends the file and returns its last bytes.
  package func finish() -> [UInt8] { deflate([], flush: Z_FINISH) }

  /// All of a file at once.
  package static func compress(_ bytes: [UInt8]) -> [UInt8] {
    let writer = GzipWriter()
    return writer.write(bytes) + writer.finish()
  }

  private func deflate(_ bytes: [UInt8], flush: Int32) -> [UInt8] {
    var bytes = bytes
    var result: [UInt8] = []
    unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      unsafe stream.pointee.next_in = buffer.baseAddress
      unsafe stream.pointee.avail_in = UInt32(buffer.count)
      var isFull = true
      while isFull {
        let part = unsafe [UInt8](unsafeUninitializedCapacity: Self.outputSize) { output, count in
          unsafe stream.pointee.next_out = output.baseAddress
          unsafe stream.pointee.avail_out = UInt32(Self.outputSize)
          _ = unsafe CZlib.deflate(stream, flush)
          count = Self.outputSize - Int(unsafe stream.pointee.avail_out)
        }
        result += part
        isFull = part.count == Self.outputSize
      }
      unsafe stream.pointee.next_in = nil
    }
    return result
  }
}
