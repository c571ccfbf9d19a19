/// The body of a request, with its content encoding undone.
package enum RequestBody {
  /// Undoes `Content-Encoding`; throws a sentence when the body is damaged or grows beyond the limit.
  package static func decompressed(
    _ body: [UInt8], encoding: String?, limitBytes: Int
  ) throws(BodyFault) -> [UInt8] {
    switch encoding?.lowercased() ?? "identity" {
    case "identity", "": return body
    case "gzip", "x-gzip": return try run(Inflater(), body, limitBytes)
    case "zstd": return try run(ZstandardDecompressor(), body, limitBytes)
    case let other: throw BodyFault(kind: .encoding, sentence: "'\(other)' is not gzip or zstd")
    }
  }

  /// Why a body cannot be read.
  package struct BodyFault: Error, Hashable, Sendable {
    package var kind: Kind
    package var sentence: String

    package enum Kind: Hashable, Sendable {
      case encoding, damaged, tooLarge
    }
  }

  private static func run(
    _ decompressor: some Decompressor, _ body: [UInt8], _ limitBytes: Int
  ) throws(BodyFault) -> [UInt8] {
    var output: [UInt8] = []
    // In pieces, so that a bomb is noticed before it has filled the memory.
    var start = 0
    while start < body.count, output.count <= limitBytes {
      let end = min(start + pieceBytes, body.count)
      decompressor.decompress(Array(body[start..<end])) { piece in
        if output.count <= limitBytes { output += piece }
      }
      start = end
    }
    if let fault = decompressor.fault { throw BodyFault(kind: .damaged, sentence: fault) }
    guard output.count <= limitBytes else {
      throw BodyFault(
        kind: .tooLarge, sentence: "the body has more than \(limitBytes) bytes when decompressed")
    }
    guard decompressor.isComplete else {
      throw BodyFault(kind: .damaged, sentence: "the compressed body ends too early")
    }
    return output
  }

  /// Small enough that what one piece can become is bounded: deflate reaches 1:1032.
  private static let pieceBytes = 16 << 10
}
