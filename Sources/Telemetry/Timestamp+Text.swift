extension Timestamp: CustomStringConvertible {
  /// RFC 3339 in UTC; milliseconds only where there are any: `2026-01-01T00:15:00Z`.
  package var description: String {
    let civil = CivilTime(self)
    let fraction = civil.millisecond == 0 ? "" : "." + padded(civil.millisecond, 3)
    return "\(date(civil))T\(clock(civil))\(fraction)Z"
  }

  /// The spelling of CloudWatch's state reason data: `2022-08-29T13:09:04.685+0000`.
  package var awsText: String {
    let civil = CivilTime(self)
    return "\(date(civil))T\(clock(civil)).\(padded(civil.millisecond, 3))+0000"
  }

  /// The spelling of the AWS command line, without milliseconds: `2026-01-01T00:00:00+00:00`.
  package var zonedText: String {
    let civil = CivilTime(self)
    return "\(date(civil))T\(clock(civil))+00:00"
  }

  /// The spelling of CloudWatch's state reasons: `29/08/22 13:04:00`.
  package var reasonText: String {
    let civil = CivilTime(self)
    return "\(padded(civil.day, 2))/\(padded(civil.month, 2))/\(padded(civil.year % 100, 2)) "
      + clock(civil)
  }

  /// `13:04:00`.
  package var clockText: String { clock(CivilTime(self)) }

  /// `2022-08-29`.
  package var dateText: String { date(CivilTime(self)) }

  private func date(_ civil: CivilTime) -> String {
    "\(padded(civil.year, 4))-\(padded(civil.month, 2))-\(padded(civil.day, 2))"
  }

  private func clock(_ civil: CivilTime) -> String {
    "\(padded(civil.hour, 2)):\(padded(civil.minute, 2)):\(padded(civil.second, 2))"
  }

  private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
