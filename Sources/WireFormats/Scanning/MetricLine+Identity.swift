extension MetricLine.Identity {
  static let partCount = 6
  static let unitPart = 4

  /// Whether all parts but the unit stand before a place.
  func ends(before place: Int) -> Bool {
    max(region.upperBound, namespace.upperBound, name.upperBound) <= place
      && max(dimensions.upperBound, account.upperBound) <= place
  }

  /// Whether no part but the unit has been read.
  var isOnlyUnit: Bool {
    region.isEmpty && namespace.isEmpty && name.isEmpty && dimensions.isEmpty && account.isEmpty
  }

  /// The parts one after another.
  func part(_ number: Int) -> Range<Int> {
    switch number {
    case 0: region
    case 1: namespace
    case 2: name
    case 3: dimensions
    case 4: unit
    default: account
    }
  }

  /// A number that differs for nearly all metrics; the same in every process.
  func hash(in bytes: Span<UInt8>) -> UInt64 {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    for number in 0..<Self.partCount { Self.mix(part(number), in: bytes, into: &hash) }
    return hash ^ (hash >> 32)
  }

  private static func mix(_ range: Range<Int>, in bytes: Span<UInt8>, into hash: inout UInt64) {
    let raw = unsafe bytes.extracting(range).bytes
    var offset = 0
    while offset + 8 <= raw.byteCount {
      let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
      fold(word, into: &hash)
      offset += 8
    }
    var rest = UInt64(range.count)
    while offset < raw.byteCount {
      rest = rest << 8 | UInt64(bytes[range.lowerBound + offset])
      offset += 1
    }
    fold(rest, into: &hash)
  }

  private static func fold(_ word: UInt64, into hash: inout UInt64) {
    let product = (hash ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    hash = product.high ^ product.low
  }
}
