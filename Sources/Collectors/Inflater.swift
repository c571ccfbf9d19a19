import CZlib

/// Decompresses gzip, which may consist of several members, in pieces.
@safe
final class Inflater {
  /// Why decompression stopped; nil while all is well.
  private(set) var fault: String?
  /// Whether the last member is complete.
  private(set) var isComplete = false
  private let stream: UnsafeMutablePointer<z_stream>

  /// How much is decompressed before it is handed on, so that a bomb cannot fill the memory.
  static let outputSize = 1 << 20

  init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: unsafe z_stream())
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    let code = unsafe inflateInit2_(stream, Self.windowBits, ZLIB_VERSION, size)
    if code != Z_OK { fault = "zlib cannot start (\(code))" }
  }

  deinit {
    _ = unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// The largest window, with a gzip header.
  private static let windowBits: Int32 = 15 + 16

  /// Decompresses some input and hands on what comes out, a megabyte at most at a time.
  func inflate(_ input: [UInt8], _ body: ([UInt8]) -> Void) {
    guard fault == nil, !input.isEmpty else { return }
    var input = input
    unsafe input.withUnsafeMutableBufferPointer { buffer in
      unsafe stream.pointee.next_in = buffer.baseAddress
      unsafe stream.pointee.avail_in = UInt32(buffer.count)
      var isMore = true
      while isMore {
        body(step())
        isMore = unsafe stream.pointee.avail_in > 0 || isFull
        if fault != nil { isMore = false }
      }
      unsafe stream.pointee.next_in = nil
    }
  }

  /// Whether the last step filled the output, so that more may wait inside zlib.
  private var isFull = false

  private func step() -> [UInt8] {
    if isComplete { beginMember() }
    var code = Z_OK
    let output = unsafe [UInt8](unsafeUninitializedCapacity: Self.outputSize) { buffer, count in
      unsafe stream.pointee.next_out = buffer.baseAddress
      unsafe stream.pointee.avail_out = UInt32(Self.outputSize)
      if fault == nil { code = unsafe CZlib.inflate(stream, Z_NO_FLUSH) }
      count = Self.outputSize - Int(unsafe stream.pointee.avail_out)
    }
    isFull = output.count == Self.outputSize
    switch code {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END:
      isComplete = true
      isFull = false
    default:
      let message = unsafe stream.pointee.msg.map { unsafe String(cString: $0) }
      fault = "the gzip data are damaged: \(message ?? "code \(code)")"
    }
    return output
  }

  /// Another member follows the one that ended; zero bytes are padding.
  private func beginMember() {
    while unsafe stream.pointee.avail_in > 0, unsafe stream.pointee.next_in.pointee == 0 {
      unsafe stream.pointee.next_in += 1
      unsafe stream.pointee.avail_in -= 1
    }
    guard unsafe stream.pointee.avail_in > 0 else { return }
    isComplete = false
    if unsafe inflateReset(stream) != Z_OK { fault = "zlib cannot start again" }
  }
}
