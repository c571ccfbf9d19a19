import Telemetry

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension SocketLoop {
  /// What the thread and the driver both see of a listener.
  final class Shared: Sendable {
    /// Readable once the listener is to stop.
    let stopDescriptor: Int32
    private let writeDescriptor: Int32
    private let state: Guarded<SourceStatus>

    init(source: String) {
      var ends: [Int32] = [-1, -1]
      let made = unsafe pipe(&ends)
      precondition(made == 0, "no descriptors are left for a pipe")
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      (stopDescriptor, writeDescriptor) = (ends[0], ends[1])
      state = Guarded(SourceStatus(source: source))
    }

    deinit {
      _ = close(stopDescriptor)
      _ = close(writeDescriptor)
    }

    var status: SourceStatus { state.withLock { $0 } }

    func update(_ change: (inout SourceStatus) -> Void) { state.withLock { change(&$0) } }

    /// Whether it is to stop.
    var isStopped: Bool {
      var request = pollfd(fd: stopDescriptor, events: Int16(POLLIN), revents: 0)
      return unsafe poll(&request, 1, 0) > 0
    }

    func stop() {
      var byte: UInt8 = 1
      _ = unsafe write(writeDescriptor, &byte, 1)
    }
  }
}
