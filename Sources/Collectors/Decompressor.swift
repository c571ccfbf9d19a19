/// Decompresses an input that comes in pieces.
protocol Decompressor: AnyObject, SendableMetatype {
  /// The bytes that such an input begins with.
  static var magic: [UInt8] { get }
  /// What people call the format.
  static var name: String { get }

  init()

  /// Why decompression stopped; nil while all is well.
  var fault: String? { get }
  /// Whether the last member or frame is complete.
  var isComplete: Bool { get }

  /// Decompresses some input and hands on what comes out, a megabyte at most at a time.
  func decompress(_ input: [UInt8], _ body: ([UInt8]) -> Void)
}

/// How much is decompressed before it is handed on, so that a bomb cannot fill the memory.
let decompressedPieceSize = 1 << 20

/// What compressed inputs are known by.
let allDecompressors: [any Decompressor.Type] = [Inflater.self, ZstandardDecompressor.self]

/// The longest of the beginnings by which a compressed input is known.
let longestMagic = allDecompressors.map { $0.magic.count }.max() ?? 0
