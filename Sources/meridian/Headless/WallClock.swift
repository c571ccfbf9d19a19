import Telemetry

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The present: the one place where the program asks the system what time it is.
enum WallClock {
  static func now() -> Timestamp {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }
}
