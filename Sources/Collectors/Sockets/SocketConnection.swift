import Telemetry
import WireFormats

/// What one stream has sent that is not yet decoded: the beginning of a line or of a frame.
struct SocketConnection {
  let descriptor: Int32
  var newest: Timestamp
  private var pending: [UInt8] = []
  private var framing = Framing.unknown
  private var format: (any WireFormat.Type)?
  /// The decoder of a format whose records may span lines.
  private var own: (any WireFormat)?
  private var isSkipping = false

  /// DogStatsD's clients send frames with a length; all others send lines.
  private enum Framing { case unknown, lines, frames }

  init(descriptor: Int32, now: Timestamp) {
    self.descriptor = descriptor
    newest = now
  }

  /// Takes bytes and decodes the lines or frames that are whole.
  mutating func take(
    _ bytes: [UInt8], with decoder: inout SocketDecoder, lineLimit: Int, arrival: Timestamp,
    into batch: inout Batch
  ) -> String? {
    let searched = framing == .lines ? pending.count : 0
    pending += bytes
    if framing == .unknown {
      guard pending.count >= 4 else { return nil }
      framing = Self.isFrame(pending) ? .frames : .lines
    }
    return framing == .frames
      ? takeFrames(with: &decoder, arrival: arrival, into: &batch)
      : takeLines(
        from: searched, with: &decoder, lineLimit: lineLimit, arrival: arrival, into: &batch)
  }

  /// Decodes what is left: the client has closed the connection.
  mutating func finish(
    with decoder: inout SocketDecoder, lineLimit: Int, arrival: Timestamp, into batch: inout Batch
  ) {
    if framing == .frames {
      if !pending.isEmpty { decoder.reject(pending, "the frame ends before its end", into: &batch) }
    } else if !pending.isEmpty {
      pending.append(10)
      framing = .lines
      _ = takeLines(from: 0, with: &decoder, lineLimit: lineLimit, arrival: arrival, into: &batch)
    }
    own?.finish(arrival: arrival, into: &batch)
  }

  /// Whether a length of at most 64 kB in four bytes, least first, begins the input: no text has zeros.
  private static func isFrame(_ bytes: [UInt8]) -> Bool {
    bytes[2] <= 1 && bytes[3] == 0 && (bytes[0] > 0 || bytes[1] > 0)
  }

  private mutating func takeFrames(
    with decoder: inout SocketDecoder, arrival: Timestamp, into batch: inout Batch
  ) -> String? {
    var name: String?
    var position = 0
    while pending.count - position >= 4 {
      var length = 0
      for offset in 0..<4 { length |= Int(pending[position + offset]) << (8 * offset) }
      guard length <= InputLimits.datagramBytes else {
        decoder.reject(
          Array(pending[position...]), "a frame of more than \(InputLimits.datagramBytes) bytes",
          into: &batch)
        pending = []
        return name
      }
      let start = position + 4
      guard pending.count - start >= length else { break }
      let frame = Array(pending[start..<(start + length)])
      name = decoder.decode(datagram: frame, arrival: arrival, into: &batch) ?? name
      position = start + length
    }
    pending.removeFirst(position)
    return name
  }

  /// Decodes the whole lines; no line feed stands before `searched`.
  private mutating func takeLines(
    from searched: Int, with decoder: inout SocketDecoder, lineLimit: Int, arrival: Timestamp,
    into batch: inout Batch
  ) -> String? {
    guard let feed = pending[searched...].lastIndex(of: 10) else {
      if pending.count > lineLimit { dropLine(with: decoder, limit: lineLimit, into: &batch) }
      return format?.name
    }
    var lines = Array(pending[...feed])
    pending.removeFirst(feed + 1)
    if isSkipping, let end = lines.firstIndex(of: 10) {
      isSkipping = false
      lines.removeFirst(end + 1)
    }
    if lines.isEmpty { return format?.name }
    if format == nil { format = decoder.detect(lines) }
    guard let format else {
      decoder.reject(lines, "no format recognises it", into: &batch)
      return nil
    }
    if SocketDecoder.isShared(format) {
      decoder.decode(lines, as: format, arrival: arrival, into: &batch)
    } else {
      if own == nil { own = decoder.makeDecoder(format) }
      own?.decode(lines, arrival: arrival, into: &batch)
    }
    return format.name
  }

  /// Gives up a line that has no end.
  private mutating func dropLine(with decoder: SocketDecoder, limit: Int, into batch: inout Batch) {
    if !isSkipping { decoder.reject(pending, "longer than \(limit) bytes", into: &batch) }
    isSkipping = true
    pending.removeAll()
  }
}
