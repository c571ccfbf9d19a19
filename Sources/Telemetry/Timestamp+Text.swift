extension Timestamp: CustomStringConvertible {
  /// RFC 3339 in UTC; milliseconds only where there are any: `2026-01-01T00:15:00Z`.
  package var description: String {
    spelled { text, civil in
      text.append(moment: civil)
      if civil.millisecond != 0 { text.append(fraction: civil) }
      text.append(UInt8(ascii: "Z"))
    }
  }

  /// The spelling of CloudWatch's state reason data: `2022-08-29T13:09:04.685+0000`.
  package var awsText: String {
    spelled { text, civil in
      text.append(moment: civil)
      text.append(fraction: civil)
      text.append(contentsOf: "+0000".utf8)
    }
  }

  /// The spelling of the AWS command line, without milliseconds: `2026-01-01T00:00:00+00:00`.
  package var zonedText: String {
    spelled { text, civil in
      text.append(moment: civil)
      text.append(contentsOf: "+00:00".utf8)
    }
  }

  /// The spelling of CloudWatch's state reasons: `29/08/22 13:04:00`.
  package var reasonText: String {
    spelled { text, civil in
      text.append(civil.day, width: 2)
      text.append(UInt8(ascii: "/"))
      text.append(civil.month, width: 2)
      text.append(UInt8(ascii: "/"))
      text.append(civil.year % 100, width: 2)
      text.append(UInt8(ascii: " "))
      text.append(clock: civil)
    }
  }

  /// `13:04:00`.
  package var clockText: String { spelled { $0.append(clock: $1) } }

  /// `2022-08-29`.
  package var dateText: String { spelled { $0.append(date: $1) } }

  /// A string is made once, of bytes: one made of pieces costs an allocation for most of them.
  @inline(__always)
  private func spelled(_ write: (inout [UInt8], CivilTime) -> Void) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(32)
    write(&text, CivilTime(self))
    return String(decoding: text, as: UTF8.self)
  }
}

extension [UInt8] {
  /// `2022-08-29T13:09:04`.
  fileprivate mutating func append(moment civil: CivilTime) {
    append(date: civil)
    append(UInt8(ascii: "T"))
    append(clock: civil)
  }

  fileprivate mutating func append(date civil: CivilTime) {
    append(civil.year, width: 4)
    append(UInt8(ascii: "-"))
    append(civil.month, width: 2)
    append(UInt8(ascii: "-"))
    append(civil.day, width: 2)
  }

  fileprivate mutating func append(clock civil: CivilTime) {
    append(civil.hour, width: 2)
    append(UInt8(ascii: ":"))
    append(civil.minute, width: 2)
    append(UInt8(ascii: ":"))
    append(civil.second, width: 2)
  }

  fileprivate mutating func append(fraction civil: CivilTime) {
    append(UInt8(ascii: "."))
    append(civil.millisecond, width: 3)
  }

  /// A number with zeros in front of it up to a width; one that is wider stands as it is.
  fileprivate mutating func append(_ number: Int, width: Int) {
    var place = width == 2 ? 10 : width == 3 ? 100 : 1000
    guard (0..<place * 10).contains(number) else {
      let digits = String(number)
      append(
        contentsOf: repeatElement(UInt8(ascii: "0"), count: Swift.max(0, width - digits.count)))
      return append(contentsOf: digits.utf8)
    }
    while place > 0 {
      append(UInt8(ascii: "0") + UInt8(number / place % 10))
      place /= 10
    }
  }
}
