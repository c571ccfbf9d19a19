import ArgumentParser
import Collectors
import ConfigurationFiles
import Telemetry
import WireFormats

/// `meridian note`: what the operator does, into the running daemon and its recording.
struct NoteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note", abstract: "Tell the running daemon what you do: a deploy, a decision.",
    discussion: """
      The note becomes an event, at this instant, in the daemon's timeline and recording, and so in the \
      report. Notes that begin with `drill begins` and `drill ends` mark what lies between them as a \
      drill. The daemon listens where `listen: {socket: PATH}` of the configuration says.

        meridian note "decided: fail orders over to eu-west-1"
        meridian note "deployed storefront 2026.10.20-1" --subject storefront --region us-east-1
        meridian note "drill begins" --socket /run/meridian.sock
      """)

  @OptionGroup
  var common: CommonOptions

  @Argument(help: ArgumentHelp("What happened, in a sentence.", valueName: "text"))
  var text: String

  @Option(help: "What it happened to: a service, a deployment.")
  var subject = ""

  @Option(help: "Where it happened.")
  var region = ""

  @Option(help: "Who says so; default: $USER.")
  var by: String?

  @Option(
    help: ArgumentHelp("The daemon's socket; default: `listen: {socket: PATH}`.", valueName: "path")
  )
  var socket: String?

  func validate() throws {
    if text.allSatisfy(\.isWhitespace) { throw ValidationError("a note needs words") }
  }

  func run() throws {
    var writer = RecordingWriter()
    var batch = Batch()
    batch.events = [event(at: WallClock.now())]
    writer.write(batch)
    let path = try path()
    do throws(InputError) {
      try UnixSender.send(writer.take(), to: path)
    } catch {
      throw Failure(error)
    }
  }

  private func event(at now: Timestamp) -> Event {
    let author = by ?? environmentVariable("USER") ?? ""
    let attributes = author.isEmpty ? [] : [Dimension(name: "useridentity.arn", value: author)]
    return Event(
      time: now, arrival: now, source: "operator", name: "note", region: region, subject: subject,
      message: text, attributes: attributes)
  }

  private func path() throws(Failure) -> String {
    if let socket { return socket }
    let listen = try common.loadConfiguration()?.file.listen ?? []
    guard let setting = listen.first(where: { $0.kind == .socket }) else {
      throw Failure(
        .usage, "where the daemon listens is not known: give --socket, or `listen: {socket: PATH}`")
    }
    return setting.address
  }
}
