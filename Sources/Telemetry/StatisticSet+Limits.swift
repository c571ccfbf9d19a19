extension Double {
  /// Whether a sample may have this value: CloudWatch's range of ±2^360, whichever way it came.
  ///
  /// NaN and infinities are outside of it, and sums of such values stay finite.
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html
  @inlinable
  package var isStorable: Bool { magnitude <= 0x1p360 }

  /// The sentence for a value that is not storable, behind what it is the value of.
  package static let storableExpectation = "a number within ±2^360"
}

extension StatisticSet {
  /// Whether these are the statistics of something that can be stored: a count above 0, extremes in
  /// order, and numbers all of them.
  @inlinable
  package var isStorable: Bool {
    count > 0 && count.isStorable && minimum <= maximum && minimum.isStorable
      && maximum.isStorable && sum.magnitude <= 0x1p720
  }
}
