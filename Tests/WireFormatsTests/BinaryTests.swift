import Documents
import Telemetry
import Testing

@testable import WireFormats

func bytes(_ hex: String) -> [UInt8] {
  let digits = Array(hex.filter { $0 != " " })
  return stride(from: 0, to: digits.count, by: 2).map {
    UInt8(String(digits[$0...($0 + 1)]), radix: 16)!
  }
}

@Suite
struct BinaryTests {
  /// RFC 8949, appendix A.
  @Test(
    arguments: [
      ("00", "0"), ("17", "23"), ("1818", "24"), ("1903e8", "1000"), ("1a000f4240", "1000000"),
      ("1b000000e8d4a51000", "1000000000000"), ("20", "-1"), ("3903e7", "-1000"),
      ("f90000", "0"), ("f93c00", "1"), ("f93e00", "1.5"), ("f97bff", "65504"),
      ("f90001", "5.960464477539063e-08"), ("f90400", "6.103515625e-05"), ("f9c400", "-4"),
      ("fa47c35000", "100000"), ("fb3ff199999999999a", "1.1"), ("fbc010666666666666", "-4.1"),
      ("f4", "false"), ("f5", "true"), ("f6", "null"), ("f7", "null"),
      ("c11a514b67b0", "1363896240"), ("c1fb41d452d9ec200000", "1363896240.5"),
      ("60", "\"\""), ("6449455446", "\"IETF\""), ("62c3bc", "\"ü\""), ("80", "[]"),
      ("8301820203820405", "[1,[2,3],[4,5]]"), ("a0", "{}"),
      ("a26161016162820203", #"{"a":1,"b":[2,3]}"#),
      ("7f657374726561646d696e67ff", "\"streaming\""), ("9fff", "[]"),
      ("9f018202039f0405ffff", "[1,[2,3],[4,5]]"),
      ("bf61610161629f0203ffff", #"{"a":1,"b":[2,3]}"#),
      ("bf6346756ef563416d7421ff", #"{"Fun":true,"Amt":-2}"#),
    ])
  func `CBOR reads as the standard says`(_ hex: String, _ json: String) throws {
    var writer = JSONWriter()
    writer.node(try CBORReader.node(bytes(hex).span))
    let wanted = try Node.json(Array("[\(json)]".utf8)).elements![0]
    var other = JSONWriter()
    other.node(wanted)
    #expect(writer.text == other.text)
  }

  @Test(
    arguments: [
      "", "18", "61", "7f61", "7f6161", "9f", "bf6161", "a1", "ff", "1c", "5f6161ff", "0000",
      "a10102", "9bffffffffffffffff", "f8", "fc",
    ])
  func `broken CBOR is a fault and never a trap`(_ hex: String) {
    #expect(throws: CBORReader.Fault.self) { try CBORReader.node(bytes(hex).span) }
  }

  @Test
  func `deep nesting is a fault`() {
    let deep = [UInt8](repeating: 0x81, count: 1000) + [0]
    #expect(throws: CBORReader.Fault.tooDeep) { try CBORReader.node(deep.span) }
  }

  @Test(arguments: ["[]", #"{"a":[1,-7,2.5,true,null,"text"],"n":300,"big":70000}"#])
  func `what is written as CBOR reads back`(_ json: String) throws {
    let node = try Node.json(Array(json.utf8))
    let read = try CBORReader.node(CBORWriter.bytes(of: node).span)
    var (left, right) = (JSONWriter(), JSONWriter())
    left.node(node)
    right.node(read)
    #expect(left.text == right.text)
  }

  /// google/snappy, format_description.txt.
  @Test
  func `snappy copies may overlap what they write`() throws {
    // "ab" as a literal, then 8 bytes from 2 back: length 10.
    let block: [UInt8] = [10, 1 << 2, 97, 98, (8 - 4) << 2 | 1, 2]
    #expect(try Snappy.decompress(block.span, limit: 100) == Array("ababababab".utf8))
    #expect(throws: Snappy.Fault.tooLarge(10)) { try Snappy.decompress(block.span, limit: 9) }
  }

  @Test(
    arguments: [
      "", "80", "ffffffff7f", "0a", "0a04", "0a046162", "0a04616211020500", "0504616211",
      "02f0ff61",
      "0a0461621500",
    ])
  func `broken snappy is a fault and never a trap`(_ hex: String) {
    #expect(throws: Snappy.Fault.self) { try Snappy.decompress(bytes(hex).span, limit: 1 << 20) }
  }

  @Test
  func `a lone continuation byte ends the reading`() {
    let input: [UInt8] = [0x80]
    var reader = ProtobufReader(0..<1)
    #expect(reader.field(in: input.span) == nil)
    #expect(reader.isDamaged)
  }

  @Test(arguments: [
    ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYmE", "fooba"),
    ("Zm9v\r\nYmFy", "foobar"),
  ])
  func `Base64 decodes as RFC 4648 says`(_ text: String, _ wanted: String) {
    #expect(Base64.decode(Array(text.utf8).span) == Array(wanted.utf8))
  }

  @Test(arguments: ["Z", "Z===", "Zm9v!", "Zg==Zg==", "Zm9v="])
  func `what is no Base64 is none`(_ text: String) {
    #expect(Base64.decode(Array(text.utf8).span) == nil)
  }

  @Test(
    arguments: [
      ("1", 1.0), ("-.5e3", -500), ("+1.", 1), ("1e-3", 0.001),
      ("123456789012345678901", 1.2345678901234568e20),
      ("+Inf", Double.infinity), ("-infinity", -.infinity), ("0x10", nil), ("", nil), ("1e", nil),
      (".", nil), ("1 ", nil), ("--1", nil), ("1e999", nil),
    ])
  func `numbers read as other tools write them`(_ text: String, _ wanted: Double?) {
    let bytes = Array(text.utf8)
    #expect(bytes.span.double(in: 0..<bytes.count) == wanted)
  }
}
