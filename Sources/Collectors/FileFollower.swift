import Telemetry
import WireFormats

/// Follows growing files, through rotation and truncation, listens on sockets and scrapes pages, for a
/// live driver.
///
/// Never blocks: `poll` reads what is there, a bounded part of it. New files in a followed folder, or
/// that begin to match a glob, are found within a few seconds.
package final class FileFollower {
  private let sources: [SourceSpecification]
  private let options: InputOptions
  private var files: [FollowedFile] = []
  private var nextScan: Timestamp?
  private var listeners: [SocketListener] = []
  private var scrapers: [Scraper] = []
  private let mailbox = Mailbox()

  /// How often folders and globs are looked through again.
  package static let scanMilliseconds: Int64 = 5000

  /// - Throws: when a source does not exist at all; once followed, a file may come and go.
  package init(
    _ sources: [SourceSpecification], options: InputOptions = InputOptions()
  ) throws(InputError) {
    self.sources = sources
    self.options = options
    for source in sources {
      switch source.location {
      case .socket(let address): listeners.append(try listener(source, address))
      case .page(let target): scrapers.append(try scraper(target))
      case .standardInput, .path:
        for file in try PlannedFile.files(of: source, options: options) { add(file) }
      }
    }
  }

  private func listener(
    _ source: SourceSpecification, _ address: SocketAddress
  ) throws(InputError) -> SocketListener {
    guard let clock = options.clock else {
      throw InputError(.usage, "\(address) is a live source: it is for meridian watch")
    }
    let format = source.format ?? options.format
    if let format { try SourceSpecification.check(format) }
    let plan = source.settings.plan(
      address, format: format.flatMap { wireFormat(named: $0) }, options: options)
    return try SocketListener(plan, mailbox: mailbox, clock: clock)
  }

  private func scraper(_ target: ScrapeTarget) throws(InputError) -> Scraper {
    guard let clock = options.clock else {
      throw InputError(.usage, "\(target) is a live source: it is for meridian watch and serve")
    }
    return Scraper(target, options: options, mailbox: mailbox, clock: clock)
  }

  /// Where sockets are listened on, in the order of the sources; ports that were 0 are told.
  package var addresses: [SocketAddress] { listeners.map(\.address) }

  /// Readable while something that a socket received waits.
  package var wakeDescriptor: Int32 { mailbox.wakeDescriptor }

  /// Makes `wakeDescriptor` readable though nothing waits.
  package var waker: @Sendable () -> Void {
    let mailbox = mailbox
    return { mailbox.wake() }
  }

  /// Whether nothing can come any more: only standard input was read, and it has ended.
  package var hasEnded: Bool {
    listeners.isEmpty && scrapers.isEmpty && !files.isEmpty
      && files.allSatisfy { $0.status.state == .ended }
  }

  /// How each source is doing: files in the order of the sources, then sockets, then pages.
  package var statuses: [SourceStatus] {
    files.map(\.status) + listeners.map(\.status) + scrapers.map(\.status)
  }

  /// Line one of the first recording among the files, once it has been read.
  package var header: RecordingHeader? { files.lazy.compactMap(\.header).first }

  /// Reads what the files have gained, at most a megabyte each.
  ///
  /// `now` is the arrival of records that do not tell theirs.
  ///
  /// - Returns: whether more is waiting, so that the caller should not sleep.
  package func poll(into batch: inout Batch, now: Timestamp) -> Bool {
    for received in takeReceived() { batch.append(received) }
    return pollFiles(now: now) { batch.append($0) }
  }

  /// What sockets and pages have received, a batch of one source each.
  package func takeReceived() -> [Batch] { mailbox.take() }

  /// Reads what the files have gained, as `poll` does, a batch of one file each.
  package func pollFiles(now: Timestamp, take: (Batch) -> Void) -> Bool {
    scan(now: now)
    var isMore = false
    for file in files {
      var batch = Batch()
      batch.source = file.status.source
      if file.poll(into: &batch, now: now) { isMore = true }
      if !batch.isEmpty { take(batch) }
    }
    return isMore
  }

  private func scan(now: Timestamp) {
    guard let next = nextScan, next <= now else {
      nextScan = nextScan ?? now + Self.scanMilliseconds
      return
    }
    nextScan = now + Self.scanMilliseconds
    for source in sources where !source.isLive {
      guard let found = try? PlannedFile.files(of: source, options: options) else { continue }
      for file in found { add(file) }
    }
  }

  private func add(_ file: PlannedFile) {
    if !files.contains(where: { $0.path == file.path }) { files.append(FollowedFile(file)) }
  }
}
