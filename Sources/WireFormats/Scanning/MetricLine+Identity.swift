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
    var hash = ByteHash()
    for number in 0..<Self.partCount { hash.combine(part(number), of: bytes) }
    return hash.value
  }
}
