import Telemetry
import WireFormats

/// A file, or a part of a large one that begins and ends between lines.
struct FilePart: Sendable {
  var file: PlannedFile
  /// Which bytes; nil for all of a file.
  var range: Range<Int>?
  /// Whether it continues the part before it.
  var isContinuation = false

  /// Smaller parts gain less than a thread's first look at every metric costs.
  static let standardSize = 8 << 20
  /// As many as run side by side on a small machine; more would only be smaller.
  static let partLimit = 8

  /// Cuts a file whose lines do not need one another; any other is one part.
  static func parts(
    of file: PlannedFile, minimumSize: Int = FilePart.standardSize
  ) -> [FilePart] {
    let whole = [FilePart(file: file)]
    guard file.path != "-", let input = try? InputFile(path: file.path),
      input.size >= 2 * minimumSize
    else { return whole }
    let beginning = input.bytes(at: 0, count: InputBeginning.limit)
    guard !allDecompressors.contains(where: { beginning.starts(with: $0.magic) }),
      let format = file.format ?? detectWireFormat(InputBeginning(beginning)),
      format.isReadableInParts
    else { return whole }
    var planned = file
    planned.format = format
    return cuts(of: input, minimumSize: minimumSize).map { range in
      FilePart(file: planned, range: range, isContinuation: range.lowerBound > 0)
    }
  }

  private static func cuts(of input: InputFile, minimumSize: Int) -> [Range<Int>] {
    let size = input.size
    let count = min(partLimit, size / minimumSize)
    var ranges: [Range<Int>] = []
    var start = 0
    for number in 1...count {
      let end = number == count ? size : lineStart(after: size / count * number, in: input)
      if end > start { ranges.append(start..<end) }
      start = max(start, end)
    }
    return ranges
  }

  /// Where the first line begins that begins after a place.
  private static func lineStart(after place: Int, in input: InputFile) -> Int {
    var position = place
    while true {
      let bytes = input.bytes(at: position, count: 1 << 16)
      if bytes.isEmpty { return input.size }
      if let feed = bytes.firstIndex(of: 10) { return position + feed + 1 }
      position += bytes.count
    }
  }
}
