import CZlib

/// Decompresses gzip, which may consist of several members, in pieces.
@safe
final class Inflater: Decompressor {
  private(set) var fault: String?
  private(set) var isComplete = false
  private let stream: UnsafeMutablePointer<z_stream>

  static let magic: [UInt8] = [0x1F, 0x8B]
  static let name = "gzip"

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

  func decompress(_ input: [UInt8], _ body: ([UInt8]) -> Void) {
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
    let output = unsafe [UInt8](unsafeUninitializedCapacity: decompressedPieceSize) {
      buffer, count in
      unsafe stream.pointee.next_out = buffer.baseAddress
      unsafe stream.pointee.avail_out = UInt32(decompressedPieceSize)
      if fault == nil { code = unsafe CZlib.inflate(stream, Z_NO_FLUSH) }
      count = decompressedPieceSize - Int(unsafe stream.pointee.avail_out)
    }
    isFull = output.count == decompressedPieceSize
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
