import Documents
import Telemetry

/// The body of a PutMetricData call in any of its protocols, or what
/// `aws cloudwatch put-metric-data --cli-input-json` takes.
package struct PutMetricDataBody: BodyFormat {
  package static let name = "put-metric-data"
  package static let summary = "CloudWatch PutMetricData requests"

  package let context: DecodingContext
  package var body = BodyBuffer()

  package static func recognises(_ beginning: InputBeginning) -> Bool {
    if beginning.has("Namespace") {
      return beginning.has("MetricData") || beginning.has("EntityMetricData")
    }
    let text = String(decoding: beginning.raw.prefix(4096), as: UTF8.self)
    if text.contains("Action=PutMetricData") { return true }
    guard let first = beginning.raw.first, first >> 5 == 5 else { return false }
    return text.contains("Namespace") && text.contains("MetricName")
  }

  package init(context: DecodingContext) { self.context = context }

  package mutating func read(
    _ body: Span<UInt8>, arrival: Timestamp?, into batch: inout Batch
  ) -> String? {
    let bytes = Array(copying: body)
    do throws(CloudWatchError) {
      let request = try CloudWatchRequest(Self.route(of: bytes), body: bytes)
      var options = PutMetricData.Options()
      options.arrival = arrival ?? context.time
      options.identity = context.identity
      var part = Batch()
      if let error = PutMetricData(options: options).read(request.parameters, into: &part) {
        throw error
      }
      if arrival == nil { part.arriveAtTheirTimes() }
      batch.append(part)
      return nil
    } catch {
      return error.message
    }
  }

  private static func route(of body: [UInt8]) -> CloudWatchRequest.Route {
    let first = body.first { $0 != 32 && !(9...13).contains($0) }
    let wire: CloudWatchRequest.Wire =
      first == UInt8(ascii: "{") ? .awsJson : body.first.map { $0 >= 0xA0 } == true ? .cbor : .query
    return CloudWatchRequest.Route(wire: wire, operation: "PutMetricData")
  }
}

extension Batch {
  /// Records of a file arrive at their own time.
  fileprivate mutating func arriveAtTheirTimes() {
    for index in samples.indices { samples[index].arrival = samples[index].time }
  }
}
