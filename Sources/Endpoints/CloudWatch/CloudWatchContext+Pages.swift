import WireFormats

/// Lists in pages, as `NextToken` and a page size ask for them.
extension CloudWatchContext {
  /// A page size that must be in a range.
  func pageSize(
    _ key: String, _ range: ClosedRange<Int>, usual: Int
  ) throws(CloudWatchError) -> Int {
    guard let size = try integer(key) else { return usual }
    guard range.contains(size) else {
      throw CloudWatchError(
        .invalidParameterValue, "The value \(size) for parameter \(key) is invalid.")
    }
    return size
  }

  /// One page of elements that are ordered by a key, and the token of the next.
  ///
  /// A token is the key of the last element that was given, so that what comes or goes between two
  /// pages moves nothing else.
  func page<Element>(
    of elements: [Element], size: Int, key: (Element) -> [String]
  ) throws(CloudWatchError) -> (page: ArraySlice<Element>, token: String?) {
    var rest = elements[...]
    if let token = text("NextToken") {
      guard let last = PageToken.key(token) else { throw .unknownToken }
      rest = rest.drop { !last.precedes(key($0)) }
    }
    let page = rest.prefix(size)
    guard page.count < rest.count, let last = page.last else { return (page, nil) }
    return (page, PageToken.text(key(last)))
  }
}

extension [String] {
  /// Whether it comes before another, element by element.
  func precedes(_ other: [String]) -> Bool { lexicographicallyPrecedes(other) }
}

/// A key as a token that goes through URLs and forms as it is: hexadecimal, each part behind its length.
private enum PageToken {
  static func text(_ key: [String]) -> String {
    let joined = key.map { "\($0.utf8.count):\($0)" }.joined()
    return joined.utf8.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }

  static func key(_ text: String) -> [String]? {
    guard var bytes = bytes(text) else { return nil }
    var key: [String] = []
    while !bytes.isEmpty {
      guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
        let count = Int(String(decoding: bytes[..<colon], as: UTF8.self)), count >= 0,
        count <= bytes.endIndex - colon - 1
      else { return nil }
      let end = colon + 1 + count
      key.append(String(decoding: bytes[(colon + 1)..<end], as: UTF8.self))
      bytes = bytes[end...]
    }
    return key
  }

  private static func bytes(_ text: String) -> ArraySlice<UInt8>? {
    let digits = Array(text.utf8)
    guard digits.count.isMultiple(of: 2), !digits.isEmpty else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      let pair = String(decoding: digits[index...(index + 1)], as: UTF8.self)
      guard let byte = UInt8(pair, radix: 16) else { return nil }
      bytes.append(byte)
    }
    return bytes[...]
  }
}
