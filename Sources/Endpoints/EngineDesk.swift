import Collectors
import Monitoring

/// Where endpoints ask about the engine, which only the driver's thread may touch.
///
/// A question waits until the driver, between two turns, lets the desk answer.
package final class EngineDesk: Sendable {
  package let mailbox: Mailbox
  private let waiting = Guarded<[Question]>([])

  private typealias Question = @Sendable (inout Engine, [SourceStatus]) -> Void

  package init(mailbox: Mailbox) { self.mailbox = mailbox }

  /// Asks, and waits for the driver's next turn.
  package func ask<Answer: Sendable>(
    _ question: @escaping @Sendable (inout Engine) -> Answer
  ) async -> Answer {
    await ask { engine, _ in question(&engine) }
  }

  /// Asks about the driver's files and sockets, too.
  package func ask<Answer: Sendable>(
    _ question: @escaping @Sendable (inout Engine, [SourceStatus]) -> Answer
  ) async -> Answer {
    await withCheckedContinuation { continuation in
      waiting.withLock { $0.append { continuation.resume(returning: question(&$0, $1)) } }
      mailbox.wake()
    }
  }

  /// Answers all that wait; called by the driver, with how its files and sockets are doing.
  package func answer(
    with engine: inout Engine, sources: @autoclosure () -> [SourceStatus] = []
  ) {
    let questions = waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
    guard !questions.isEmpty else { return }
    let sources = sources()
    for question in questions { question(&engine, sources) }
  }
}
