/// Decides when a frame is due: soon after a key, a little later after data, never without a change.
struct FramePacer: Equatable {
  /// The least time between frames that show what a key did: faster than the eye asks for.
  static let keyMilliseconds: Int64 = 33
  /// The same for data: nobody reads numbers that change more often.
  static let dataMilliseconds: Int64 = 200

  private var newestFrame: Int64?
  private var due: Int64?

  /// Something that a key did is to be seen.
  mutating func noteKey(at now: Int64) { wish(Self.keyMilliseconds, at: now) }

  /// New data are to be seen, by frames at least `interval` apart.
  mutating func noteData(at now: Int64, interval: Int64 = dataMilliseconds) {
    wish(interval, at: now)
  }

  /// The whole screen is to be drawn as soon as possible.
  mutating func noteUrgent(at now: Int64) { due = now }

  /// Milliseconds until a frame is due, 0 when it is; nil when nothing has changed.
  func patience(at now: Int64) -> Int64? { due.map { max($0 - now, 0) } }

  mutating func noteFrame(at now: Int64) {
    newestFrame = now
    due = nil
  }

  private mutating func wish(_ interval: Int64, at now: Int64) {
    let earliest = max(now, newestFrame.map { $0 + interval } ?? now)
    due = min(due ?? earliest, earliest)
  }
}
