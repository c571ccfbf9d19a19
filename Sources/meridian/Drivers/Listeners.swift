import Collectors
import ConfigurationFiles
import Dispatch
import Documents
import Endpoints
import HTTPServer
import Monitoring
import Synchronization
import Telemetry
import WireFormats

/// The HTTP endpoints of a live driver, and the mailbox between them and it.
final class Listeners: Sendable {
  let mailbox: Mailbox
  let desk: EngineDesk
  private let intakes: Intakes
  private let servers: [any Listener]
  /// Where each one listens, as a sentence.
  let sentences: [String]

  /// Starts to listen; all or none.
  init(_ settings: [ListenSetting], naming: NamingRules) throws(Failure) {
    let mailbox = Mailbox()
    let desk = EngineDesk(mailbox: mailbox)
    let intakes = Intakes()
    var servers: [any Listener] = []
    var sentences: [String] = []
    for setting in settings where setting.isHTTP {
      let address = try setting.checkedAddress()
      let intake = Intake(name: "\(setting.kind.rawValue) \(address)", mailbox: mailbox)
      guard let endpoint = setting.endpoint(intake, desk, intakes, naming: naming) else { continue }
      let server = try setting.listener(address, endpoint)
      let port = try Self.start(server)
      sentences.append("listening for \(setting.kind.rawValue) on \(address.host):\(port)")
      if setting.kind != .metrics { intakes.add(intake) }
      servers.append(server)
    }
    (self.mailbox, self.desk) = (mailbox, desk)
    (self.intakes, self.servers, self.sentences) = (intakes, servers, sentences)
  }

  func counts(_ engine: Engine) -> [IngestCounts] {
    intakes.all.map { IngestCounts($0, engine.tally(of: $0.name)) }
  }

  func sources(_ engine: Engine) -> [ShownSource] {
    intakes.all.map { ShownSource($0, engine.tally(of: $0.name)) }
  }

  /// Waits for the server's own threads: commands are not asynchronous.
  private static func start(_ server: any Listener) throws(Failure) -> Int {
    let isStarted = DispatchSemaphore(value: 0)
    let outcome = Mutex<Result<Int, Failure>?>(nil)
    Task {
      do throws(ListenFailure) {
        let port = try await server.start()
        outcome.withLock { $0 = .success(port) }
      } catch {
        outcome.withLock { $0 = .failure(Failure(.inputOutput, error.description)) }
      }
      isStarted.signal()
    }
    isStarted.wait()
    guard let result = outcome.withLock({ $0 }) else {
      throw Failure(.inputOutput, "\(server.address): the server did not start")
    }
    return try result.get()
  }
}
