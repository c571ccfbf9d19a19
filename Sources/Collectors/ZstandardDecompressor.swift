import CZstd

/// Decompresses zstd, which may consist of several frames, in pieces.
@safe
final class ZstandardDecompressor: Decompressor {
  private(set) var fault: String?
  private(set) var isComplete = false
  private let stream: OpaquePointer?

  static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
  static let name = "zstd"

  /// Frames that want a larger window are refused: 128 MB, as the `zstd` command does.
  private static let windowLog: Int32 = 27

  init() {
    unsafe stream = ZSTD_createDStream()
    guard unsafe stream != nil else {
      fault = "zstd cannot start"
      return
    }
    _ = unsafe ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, Self.windowLog)
  }

  deinit { _ = unsafe ZSTD_freeDStream(stream) }

  func decompress(_ input: [UInt8], _ body: ([UInt8]) -> Void) {
    guard fault == nil, !input.isEmpty else { return }
    var position = 0
    var isFull = false
    repeat {
      let output = unsafe input.withUnsafeBytes { unsafe step($0, from: &position) }
      isFull = output.count == decompressedPieceSize
      body(output)
    } while fault == nil && (position < input.count || isFull)
  }

  private func step(_ input: UnsafeRawBufferPointer, from position: inout Int) -> [UInt8] {
    var source = unsafe ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: position)
    let output = unsafe [UInt8](unsafeUninitializedCapacity: decompressedPieceSize) {
      buffer, count in
      var target = unsafe ZSTD_outBuffer(
        dst: UnsafeMutableRawPointer(buffer.baseAddress), size: decompressedPieceSize, pos: 0)
      let code = unsafe ZSTD_decompressStream(stream, &target, &source)
      if ZSTD_isError(code) != 0 {
        fault = unsafe "the zstd data are damaged: \(String(cString: ZSTD_getErrorName(code)))"
      }
      isComplete = code == 0
      count = unsafe target.pos
    }
    position = unsafe source.pos
    return output
  }
}
