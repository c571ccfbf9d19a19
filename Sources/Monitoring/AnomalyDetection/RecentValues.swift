/// The newest so many values, in order of arrival, in a ring.
struct RecentValues: Sendable {
  private var ring: [Double] = []
  private var oldest = 0
  private let capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
    ring.reserveCapacity(capacity)
  }

  var count: Int { ring.count }

  mutating func append(_ value: Double) {
    guard ring.count == capacity else {
      ring.append(value)
      return
    }
    ring[oldest] = value
    oldest += 1
    if oldest == capacity { oldest = 0 }
  }

  /// The median of all; NaN without any.
  func median() -> Double {
    var values = ring
    return values.median()
  }

  /// The median of the newest three, of which there must be as many.
  var newestMedian: Double {
    let (a, b, c) = (newest(0), newest(1), newest(2))
    return max(min(a, b), min(max(a, b), c))
  }

  /// The sum and number of the newest `length`, without the largest and the smallest of them, so
  /// that one spike is no drift.
  func steadySum(_ length: Int) -> (sum: Double, count: Int) {
    let length = min(length, ring.count)
    var (sum, low, high) = (0.0, Double.infinity, -Double.infinity)
    for age in 0..<length {
      let value = newest(age)
      sum += value
      low = min(low, value)
      high = max(high, value)
    }
    return length > 2 ? (sum - low - high, length - 2) : (sum, length)
  }

  private func newest(_ age: Int) -> Double {
    let place = oldest + ring.count - 1 - age
    return ring[place < ring.count ? place : place - ring.count]
  }
}
