import Telemetry
import Testing

@testable import WireFormats

struct NativeHistogramTests {
  /// WriteRequest (remote write 1.0) with the label `__name__="h"` and two native histograms, behind
  /// the preamble and the literal tag of snappy's block format.
  @Test
  func `each native histogram is counted as a reject`() {
    let label: [UInt8] = [0x0A, 0x08] + Array("__name__".utf8) + [0x12, 0x01] + Array("h".utf8)
    let histogram: [UInt8] = [0x22, 0x02, 0x08, 0x01]
    let series = [0x0A, UInt8(label.count)] + label + histogram + histogram
    let request = [0x0A, UInt8(series.count)] + series
    let body = [UInt8(request.count), UInt8(request.count - 1) << 2] + request
    var format = PrometheusRemoteWrite(context: DecodingContext(source: "test"))
    var batch = Batch()
    format.decode(body, arrival: Timestamp(seconds: 1_795_424_400), into: &batch)
    format.finish(arrival: Timestamp(seconds: 1_795_424_400), into: &batch)
    #expect(batch.samples.isEmpty)
    #expect(batch.rejects.count == 2)
    #expect(batch.rejects.samples.first?.reason.hasPrefix("a native histogram") == true)
    #expect(format.written.histograms == 0)
  }
}
