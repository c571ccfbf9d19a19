import Collectors
import Telemetry
import WireFormats

/// A format that reads one request after another, shared by the connections of an endpoint.
///
/// Formats remember between requests what differences need, so requests are read one at a time.
final class BodyDecoder<Format: WireFormat>: Sendable {
  private let format: Guarded<Format>

  init(_ context: DecodingContext) { format = Guarded(Format(context: context)) }

  /// Reads a whole body that has been decompressed, and hands it on; `look` reads what the format notes
  /// beside it.
  ///
  /// - Returns: Nil when there is no room. Then nothing has been read: a format that had would take the
  ///   same body, when its client sends it again, for one that it knows.
  func decode<Notes: Sendable>(
    _ body: [UInt8], arrival: Timestamp, to intake: Intake, look: (borrowing Format) -> Notes
  ) -> (batch: Batch, notes: Notes)? {
    format.withLock { format in
      guard intake.hasRoom() else { return nil }
      var batch = Batch()
      format.decode(body, arrival: arrival, into: &batch)
      format.finish(arrival: arrival, into: &batch)
      intake.take(batch, at: arrival)
      return (batch, look(format))
    }
  }

  func decode(_ body: [UInt8], arrival: Timestamp, to intake: Intake) -> Batch? {
    decode(body, arrival: arrival, to: intake) { _ in }?.batch
  }
}

extension EndpointRequest {
  /// The body with its content encoding undone, or the reply that says why it cannot be.
  func decompressedBody() -> Result<[UInt8], BodyRefusal> {
    do throws(RequestBody.BodyFault) {
      return .success(
        try RequestBody.decompressed(
          body, encoding: header("content-encoding"), limitBytes: InputLimits.bodyBytes))
    } catch {
      let status =
        switch error.kind {
        case .encoding: 415
        case .damaged: 400
        case .tooLarge: 413
        }
      return .failure(BodyRefusal(status: status, sentence: error.sentence))
    }
  }
}

/// Why a body is not read: the status and the sentence of the reply.
struct BodyRefusal: Error, Hashable, Sendable {
  var status: Int
  var sentence: String
}
