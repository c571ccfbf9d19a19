import Dispatch
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// SIGTERM and SIGINT as something that can be asked for and waited for.
final class StopSignals: Sendable {
  private let state = Mutex(State())

  private struct State: @unchecked Sendable {
    var hasCome = false
    var sources: [any DispatchSourceSignal] = []
  }

  /// From now on the signals end nothing by themselves; `wake` is called when one comes.
  init(wake: @escaping @Sendable () -> Void) {
    let queue = DispatchQueue(label: "meridian signals")
    for number in [SIGTERM, SIGINT] {
      _ = signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { [weak self] in
        self?.state.withLock { $0.hasCome = true }
        wake()
      }
      source.resume()
      state.withLock { $0.sources.append(source) }
    }
  }

  var hasCome: Bool { state.withLock { $0.hasCome } }
}
