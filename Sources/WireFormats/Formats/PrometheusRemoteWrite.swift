import Telemetry

/// A Prometheus remote write request, 1.0 or 2.0, in snappy's block format.
package struct PrometheusRemoteWrite: BodyFormat {
  package static let name = "prometheus-remote-write"
  package static let summary = "Prometheus remote write requests"

  package let context: DecodingContext
  package var body = BodyBuffer()
  private var reader: RemoteWriteReader

  package static func recognises(_ beginning: InputBeginning) -> Bool {
    let bytes = beginning.raw
    let head = Snappy.beginning(bytes.span, count: 4096)
    guard let first = head.first, first == 0x0A || first == 0x22 || first == 0x1A else {
      return false
    }
    return head.span.place(of: "__name__") != nil || first == 0x1A && head.count > 4
  }

  package init(context: DecodingContext) {
    self.context = context
    reader = RemoteWriteReader(context: context)
  }

  /// What was taken of the last request, for the headers that a 2.0 sender needs.
  package var written: (samples: Int, histograms: Int, exemplars: Int) {
    (reader.written.samples, reader.written.histograms, reader.written.exemplars)
  }

  package mutating func read(
    _ body: Span<UInt8>, arrival: Timestamp?, into batch: inout Batch
  ) -> String? {
    let request: [UInt8]
    do throws(Snappy.Fault) {
      request = try Snappy.decompress(body, limit: InputLimits.bodyBytes)
    } catch {
      return switch error {
      case .tooLarge(let length):
        "\(length) bytes after decompression; at most \(InputLimits.bodyBytes)"
      case .damaged: "the snappy data are damaged"
      }
    }
    for fault in reader.read(request.span, arrival: arrival, into: &batch) {
      reject(fault, into: &batch)
    }
    return nil
  }
}
