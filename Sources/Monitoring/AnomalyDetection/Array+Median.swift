extension Array where Element == Double {
  /// The middle value (the upper of two), NaN for an empty array; reorders the array.
  mutating func median() -> Double {
    if isEmpty { return .nan }
    let middle = count / 2
    var low = 0
    var high = count - 1
    while low < high {
      let pivot = self[(low + high) / 2]
      var (left, right) = (low, high)
      while left <= right {
        while self[left] < pivot { left += 1 }
        while self[right] > pivot { right -= 1 }
        if left <= right {
          swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if middle <= right { high = right } else if middle >= left { low = left } else { break }
    }
    return self[middle]
  }
}
