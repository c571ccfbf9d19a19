#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension WallClock {
  /// Milliseconds of a clock that nobody sets: for pacing, never for data.
  static func monotonicMilliseconds() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
