import Telemetry
import WireFormats

/// One file that is followed: where it has been read to, and which file stands behind its name.
final class FollowedFile {
  let path: String
  private let plan: PlannedFile
  private var decoder: InputDecoder
  private var input: InputFile?
  private var offset = 0
  /// The bytes before `offset`, by which a file that was emptied and has outgrown us is told.
  private var tail: [UInt8] = []
  private var hasEnded = false

  /// Enough to tell one log line from another.
  private static let tailLength = 256

  init(_ plan: PlannedFile) {
    self.plan = plan
    path = plan.path
    decoder = InputDecoder(context: plan.context, format: plan.format)
  }

  var status: SourceStatus { decoder.status }
  var header: RecordingHeader? { decoder.header }

  /// Reads once; true when more is waiting.
  func poll(into batch: inout Batch, now: Timestamp) -> Bool {
    if hasEnded { return false }
    if path == "-" { return pollStandardInput(into: &batch, now: now) }
    guard openIfNeeded(), let input else { return false }
    do throws(SystemError) {
      if input.size < offset || !tailStands(in: input) {
        restart("was truncated; read again from its start", now: now, into: &batch)
        return true
      }
      if try read(input, into: &batch, now: now) { return true }
    } catch {
      decoder.status.state = .failed(error.description)
      return false
    }
    return noticeRotation(of: input, now: now, into: &batch)
  }

  private func openIfNeeded() -> Bool {
    guard input == nil else { return true }
    do throws(SystemError) {
      input = try InputFile(path: path)
      if decoder.refusal == nil { decoder.status.state = .reading }
      return true
    } catch {
      decoder.status.state = error.isMissingFile ? .missing : .failed(error.description)
      return false
    }
  }

  /// Reads and decodes one chunk; false at the end of the file.
  private func read(
    _ input: InputFile, into batch: inout Batch, now: Timestamp
  ) throws(SystemError) -> Bool {
    let bytes = try input.read()
    guard !bytes.isEmpty else {
      decoder.settle(arrival: now, into: &batch)
      return false
    }
    offset += bytes.count
    tail = Array((tail + bytes.suffix(Self.tailLength)).suffix(Self.tailLength))
    decoder.decode(bytes, arrival: now, into: &batch)
    return bytes.count == InputFile.chunkSize
  }

  private func tailStands(in input: InputFile) -> Bool {
    guard input.size > offset, !tail.isEmpty else { return true }
    return input.bytes(at: offset - tail.count, count: tail.count) == tail
  }

  /// Goes over to the file that has taken the name, once the old one is read to its end.
  private func noticeRotation(
    of input: InputFile, now: Timestamp, into batch: inout Batch
  ) -> Bool {
    guard let current = FileStatus(path: path) else {
      decoder.status.state = .missing
      return false
    }
    guard let own = input.status, !current.isSameFile(as: own) else {
      if decoder.status.state == .missing { decoder.status.state = .reading }
      return false
    }
    self.input = nil
    restart("was rotated; reading the new file", now: now, into: &batch)
    return true
  }

  /// Ends the old content and begins anew at the start of the file.
  private func restart(_ note: String, now: Timestamp, into batch: inout Batch) {
    decoder.finish(arrival: now, into: &batch)
    var status = decoder.status
    status.note = note
    status.state = .reading
    decoder = InputDecoder(context: plan.context, format: plan.format, status: status)
    offset = 0
    tail = []
    input?.seek(to: 0)
  }

  private func pollStandardInput(into batch: inout Batch, now: Timestamp) -> Bool {
    let input = input ?? InputFile()
    self.input = input
    guard input.isReady else {
      decoder.settle(arrival: now, into: &batch)
      return false
    }
    do throws(SystemError) {
      let bytes = try input.read()
      if !bytes.isEmpty {
        decoder.decode(bytes, arrival: now, into: &batch)
        return true
      }
      decoder.finish(arrival: now, into: &batch)
      decoder.status.state = .ended
    } catch {
      decoder.status.state = .failed(error.description)
    }
    hasEnded = true
    return false
  }
}
