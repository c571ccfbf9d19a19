import Documents
import Foundation
import Telemetry
import Testing

@testable import Endpoints

/// A request as a real client put it on the wire, with the reply that this client accepted.
struct CapturedRequest: CustomTestStringConvertible {
  let path: String

  var testDescription: String { path }

  /// All captured requests under the folders of some clients.
  static func all(_ folders: [String]) -> [CapturedRequest] {
    folders.flatMap { folder in
      roots.flatMap { root in
        let found = try? FileManager.default.contentsOfDirectory(
          atPath: root.appendingPathComponent(folder).path)
        return (found ?? []).sorted().map {
          CapturedRequest(path: root.appendingPathComponent("\(folder)/\($0)").path)
        }
      }
    }
  }

  /// Calls that read stand here, those that write beside the formats' tests.
  private static let roots: [URL] = {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return [
      tests.appendingPathComponent("Captures"),
      tests.deletingLastPathComponent().appendingPathComponent("WireFormatsTests/Captures"),
    ]
  }()

  static let cloudWatchFolders = ["boto3-1.34-query", "boto3-1.43-forced-cbor", "boto3-1.44-json"]

  var document: Node {
    let bytes = (try? Data(contentsOf: URL(fileURLWithPath: path))).map { [UInt8]($0) } ?? []
    return (try? Node.json(bytes)) ?? Node(.null)
  }

  var name: String {
    String(path.split(separator: "/").last ?? "").replacingOccurrences(of: ".json", with: "")
  }

  /// The request, arriving when it was sent.
  var request: EndpointRequest {
    let document = document
    let line = text(document["request_line"] ?? document["line"]).split(separator: " ")
    let headers = (document["request_headers"] ?? document["headers"])?.elements ?? []
    var request = EndpointRequest(
      method: String(line[0]), path: String(line[1]),
      headers: headers.compactMap { pair in
        pair.elements.map { (text($0[0]).lowercased(), text($0[1])) }
      }, body: body(document), arrival: EndpointScene.now)
    // Captures keep the body that gzip was undone for.
    request.headers.removeAll { $0.name == "content-encoding" && $0.value == "gzip" }
    if let date = request.header("x-amz-date") { request.arrival = Self.time(date) }
    return request
  }

  private func body(_ document: Node) -> [UInt8] {
    if let text = document["request_body_text"] ?? document["text"] {
      return Array(self.text(text).utf8)
    }
    let digits = Array(text(document["request_body_hex"] ?? document["hex"]).utf8)
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
      UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)
    }
  }

  /// The time of `20261123T094047Z`.
  static func time(_ date: String) -> Timestamp {
    let bytes = Array(date.utf8)
    func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    let text =
      "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(9..<11)):\(part(11..<13)):\(part(13..<15))Z"
    return Timestamp(iso8601: text) ?? .distantPast
  }

  private func text(_ node: Node?) -> String { (try? node?.string()) ?? "" }
}
