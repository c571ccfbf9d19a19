import Documents
import Foundation
import Telemetry
import Testing

@testable import WireFormats

/// A call as a real client (boto3 in three generations) put it on the wire, with its headers.
struct CapturedCall: CustomTestStringConvertible {
  let folder: String
  let name: String
  let wire: CloudWatchRequest.Wire

  var testDescription: String { "\(folder)/\(name)" }

  static let all: [CapturedCall] = [
    ("boto3-1.44-json", CloudWatchRequest.Wire.awsJson), ("boto3-1.43-forced-cbor", .cbor),
    ("boto3-1.34-query", .query),
  ].flatMap { folder, wire in
    Fixture.names(in: root.appendingPathComponent(folder)).map {
      CapturedCall(folder: folder, name: String($0.dropLast(5)), wire: wire)
    }
  }

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Captures")

  var document: Node {
    let url = Self.root.appendingPathComponent("\(folder)/\(name).json")
    return try! Node.json([UInt8](Data(contentsOf: url)))
  }

  var path: String {
    String(document["request_line"]!.text!.split(separator: " ")[1].split(separator: "?")[0])
  }

  func header(_ name: String) -> String? {
    let pairs = document["request_headers"]?.elements ?? []
    return pairs.first { $0.elements?[0].text?.lowercased() == name }?.elements?[1].text
  }

  var body: [UInt8] {
    if let text = document["request_body_text"]?.text { return Array(text.utf8) }
    let digits = Array(document["request_body_hex"]!.text!)
    return stride(from: 0, to: digits.count, by: 2).map {
      UInt8(String(digits[$0...($0 + 1)]), radix: 16)!
    }
  }

  /// Reads the call as a server would.
  func read(into batch: inout Batch) throws -> CloudWatchError? {
    let route = try #require(CloudWatchRequest.route(path: path, header: header))
    let request = try CloudWatchRequest(route, body: body)
    var options = PutMetricData.Options()
    options.arrival = Timestamp(seconds: 1_795_424_460)
    options.identity.region = "eu-west-1"
    return PutMetricData(options: options).read(request.parameters, into: &batch)
  }
}

@Suite
struct CloudWatchAPITests {
  @Test(arguments: CapturedCall.all)
  func `a captured call is known by its headers`(_ call: CapturedCall) throws {
    let route = try #require(CloudWatchRequest.route(path: call.path, header: call.header))
    #expect(route.wire == call.wire)
    #expect(try CloudWatchRequest(route, body: call.body).operation == "PutMetricData")
  }

  @Test(arguments: ["put-value", "put-statset", "put-utf8", "put-no-timestamp", "put-nan"])
  func `the three protocols say the same`(_ name: String) throws {
    let pictures = try CapturedCall.all.filter { $0.name == name }.map { call in
      var batch = Batch()
      let error = try call.read(into: &batch)
      var picture = Picture()
      picture.take(&batch)
      return picture.text(header: nil) + (error?.message ?? "")
    }
    #expect(pictures.count == 3)
    #expect(Set(pictures).count == 1)
  }

  @Test(arguments: CapturedCall.all.filter { $0.name == "put-value" })
  func `a success is answered as the client takes it`(_ call: CapturedCall) throws {
    let reply = CloudWatchReply(nil, of: "PutMetricData", wire: call.wire, requestID: "0f3c-req")
    #expect(reply.status == 200)
    let captured = call.document["reply"]!
    let wanted = captured["headers"]!.entries!.map { "\($0.key): \($0.value.text!)" }
    #expect(reply.headers.map { "\($0.name): \($0.value)" }.sorted() == wanted.sorted())
    #expect(reply.body.map { String(format: "%02x", $0) }.joined() == captured["body_hex"]!.text!)
  }

  /// Codes, statuses and headers of the service's model; wire formats 1.5.
  @Test
  func `an error is answered in the caller's protocol`() throws {
    let error = CloudWatchError(.invalidParameterValue, "The value <NaN> is invalid.")
    let json = CloudWatchReply(error, wire: .awsJson, requestID: "r")
    #expect(json.status == 400)
    #expect(
      json.headers.contains(
        .init(name: "x-amzn-query-error", value: "InvalidParameterValue;Sender")))
    let fields = try Node.json(json.body)
    #expect(fields["__type"]?.text == "com.amazonaws.cloudwatch#InvalidParameterValueException")
    let cbor = CloudWatchReply(error, wire: .cbor, requestID: "r")
    #expect(cbor.headers.contains(.init(name: "smithy-protocol", value: "rpc-v2-cbor")))
    #expect(try CBORReader.node(cbor.body.span)["message"]?.text == error.message)
    let query = String(
      decoding: CloudWatchReply(error, wire: .query, requestID: "r").body, as: UTF8.self)
    #expect(query.contains("<Error><Type>Sender</Type><Code>InvalidParameterValue</Code>"))
    #expect(query.contains("<Message>The value &lt;NaN&gt; is invalid.</Message>"))
    let fault = CloudWatchReply(
      CloudWatchError(.internalServiceError, "x"), wire: .awsJson, requestID: "r")
    #expect(fault.status == 500)
    #expect(
      fault.headers.contains(
        .init(name: "x-amzn-query-error", value: "InternalServiceError;Receiver")))
  }

  @Test
  func `times in replies are written as each protocol wants them`() {
    let time = Node(
      .tagged(CloudWatchReply.timeTag, Node(.number(1_795_424_400.25, text: "1795424400.25"))))
    let result = Node(.mapping([Node.Entry(key: "Timestamps", value: Node(.sequence([time])))]))
    func body(_ wire: CloudWatchRequest.Wire) -> [UInt8] {
      CloudWatchReply(result, of: "GetMetricData", wire: wire, requestID: "r").body
    }
    #expect(String(decoding: body(.awsJson), as: UTF8.self) == #"{"Timestamps":[1795424400.25]}"#)
    #expect(
      String(decoding: body(.query), as: UTF8.self).contains(
        "<GetMetricDataResult><Timestamps><member>2026-11-23T09:00:00.250Z</member></Timestamps>"))
    #expect(body(.cbor).contains(0xC1))
  }

  @Test
  func `a request of CBOR with a target header is none`() {
    let headers = [
      "smithy-protocol": "rpc-v2-cbor",
      "x-amz-target": "GraniteServiceVersion20100801.PutMetricData",
    ]
    let path = "/a/b/service/com.amazonaws.GraniteServiceVersion20100801/operation/PutMetricData"
    #expect(CloudWatchRequest.route(path: path) { headers[$0] } == nil)
    #expect(
      CloudWatchRequest.route(path: path) { $0 == "smithy-protocol" ? "rpc-v2-cbor" : nil }
        == CloudWatchRequest.Route(wire: .cbor, operation: "PutMetricData"))
    #expect(CloudWatchRequest.route(path: "/") { _ in nil } == nil)
  }
}
