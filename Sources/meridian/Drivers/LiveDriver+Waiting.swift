#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension LiveDriver {
  /// Waits until something has come, or for so long.
  func wait(milliseconds: Int64) {
    var descriptors = wakeDescriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    _ = unsafe poll(&descriptors, nfds_t(descriptors.count), Int32(clamping: milliseconds))
  }
}
