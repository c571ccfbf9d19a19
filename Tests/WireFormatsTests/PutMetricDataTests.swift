import Documents
import Telemetry
import Testing

@testable import WireFormats

/// Every limit of PutMetricData: CloudWatch API Reference, "PutMetricData" and "MetricDatum".
@Suite
struct PutMetricDataTests {
  static let now = Timestamp(seconds: 1_795_424_400)

  func read(_ json: String, strict: Bool = false) -> (error: CloudWatchError?, batch: Batch) {
    var options = PutMetricData.Options()
    options.arrival = Self.now
    options.isStrict = strict
    var batch = Batch()
    let node = try! Node.json(Array(json.utf8))
    let error = PutMetricData(options: options).read(node, into: &batch)
    return (error, batch)
  }

  /// A datum's members, the code it is refused with, and a part of the sentence.
  static let refused: [(members: String, code: String, text: String)] = [
    (#""Value":1"#, "MissingParameter", "MetricData.member.1.MetricName is required"),
    (#""MetricName":"m""#, "InvalidParameterCombination", "At least one"),
    (
      #""MetricName":"m","Value":1,"Values":[1]"#, "InvalidParameterCombination",
      "mutually exclusive"
    ),
    (#""MetricName":"m","Values":[1,2],"Counts":[1]"#, "InvalidParameterValue", "same size"),
    (#""MetricName":"m","Values":[1],"Counts":[-1]"#, "InvalidParameterValue", "Counts.member.1"),
    (
      #""MetricName":"m","Value":"NaN""#, "InvalidParameterValue",
      "The value NaN for parameter MetricData.member.1.Value is invalid."
    ),
    (#""MetricName":"m","Value":"Infinity""#, "InvalidParameterValue", "The value Infinity"),
    (#""MetricName":"m","Value":1e109"#, "InvalidParameterValue", "MetricData.member.1.Value"),
    (#""MetricName":"m","Value":1,"Unit":"Furlongs""#, "InvalidParameterValue", "in the set ["),
    (
      #""MetricName":"m","Value":1,"StorageResolution":5"#, "InvalidParameterValue",
      "StorageResolution"
    ),
    (#""MetricName":"m","Value":1,"Timestamp":"noon""#, "InvalidParameterValue", "noon"),
    (
      #""MetricName":"m","StatisticValues":{"SampleCount":1,"Sum":1,"Minimum":2,"Maximum":1}"#,
      "InvalidParameterValue", "StatisticValues.Maximum must be greater"
    ),
    (
      #""MetricName":"m","StatisticValues":{"SampleCount":1,"Sum":1,"Minimum":2}"#,
      "MissingParameter", "StatisticValues.Maximum is required"
    ),
    (
      #""MetricName":"m","Value":1,"Dimensions":[{"Name":"a"}]"#, "MissingParameter",
      "Dimensions.member.1.Value is required"
    ),
    (
      #""MetricName":"m","Value":1,"Dimensions":[{"Name":"a","Value":"1"},{"Name":"a","Value":"2"}]"#,
      "InvalidParameterValue", "same dimension name twice"
    ),
  ]

  @Test(arguments: refused.indices)
  func `a faulty datum is refused in the service's words`(_ index: Int) {
    let row = Self.refused[index]
    let good = #"{"MetricName":"good","Value":1}"#
    let (error, batch) = read(#"{"Namespace":"N","MetricData":[{\#(row.members)},\#(good)]}"#)
    #expect(error?.code == row.code)
    #expect(error?.message.contains(row.text) == true, "\(error?.message ?? "accepted")")
    #expect(batch.samples.isEmpty)
  }

  func datums(_ count: Int) -> String {
    Array(repeating: #"{"MetricName":"m","Value":1}"#, count: count).joined(separator: ",")
  }

  @Test
  func `a thousand datums are taken and none more`() {
    #expect(read(#"{"Namespace":"N","MetricData":[\#(datums(1000))]}"#).batch.samples.count == 1000)
    let entity = #"[{"MetricData":[\#(datums(1))]}]"#
    let (error, _) = read(
      #"{"Namespace":"N","MetricData":[\#(datums(1000))],"EntityMetricData":\#(entity)}"#)
    #expect(error?.message == "The collection MetricData must not have a size greater than 1000.")
  }

  @Test
  func `names are held to their lengths`() {
    func datum(_ name: String, dimensions: String = "[]") -> CloudWatchError? {
      read(
        #"{"Namespace":"N","MetricData":[{"MetricName":"\#(name)","Value":1,"Dimensions":\#(dimensions)}]}"#
      ).error
    }
    let long = String(repeating: "x", count: 255)
    #expect(datum(long) == nil)
    #expect(datum(long + "x")?.message.contains("shorter than 256 characters") == true)
    let pairs = (0..<31).map { #"{"Name":"d\#($0)","Value":"v"}"# }
    #expect(datum("m", dimensions: "[\(pairs.prefix(30).joined(separator: ","))]") == nil)
    #expect(
      datum("m", dimensions: "[\(pairs.joined(separator: ","))]")?.message
        == "The collection MetricData.member.1.Dimensions must not have a size greater than 30.")
    let value = String(repeating: "v", count: 1025)
    #expect(datum("m", dimensions: #"[{"Name":"d","Value":"\#(value)"}]"#) != nil)
  }

  @Test(
    arguments: [
      (#""Namespace":"""#, "MissingParameter"), (#""Other":1"#, "MissingParameter"),
      (#""Namespace":":x""#, "InvalidParameterValue"),
    ])
  func `a namespace is needed and does not begin with a colon`(_ member: String, _ code: String) {
    #expect(read("{\(member),\"MetricData\":[\(datums(1))]}").error?.code == code)
  }

  @Test
  func `age is refused only where that is asked for`() {
    func request(_ seconds: Int64) -> String {
      #"{"Namespace":"N","MetricData":[{"MetricName":"m","Value":1,"Timestamp":\#(seconds)}]}"#
    }
    let now = Self.now.milliseconds / 1000
    for age in [15 * 86_400, -3 * 3600] as [Int64] {
      #expect(read(request(now - age)).error == nil)
      #expect(read(request(now - age), strict: true).error?.code == "InvalidParameterValue")
    }
    for age in [13 * 86_400, -3600] as [Int64] {
      #expect(read(request(now - age), strict: true).error == nil)
    }
  }

  @Test
  func `at most a hundred and fifty different values are taken`() {
    func request(_ values: [Int]) -> String {
      #"{"Namespace":"N","MetricData":[{"MetricName":"m","Values":\#(values)}]}"#
    }
    #expect(read(request(Array(1...150))).error == nil)
    #expect(read(request(Array(repeating: 7, count: 151))).error == nil)
    #expect(read(request(Array(1...151))).error?.message.contains("150") == true)
  }

  /// CloudWatch agent: `Values` and `Counts` beside `StatisticValues`.
  @Test
  func `values beside a statistic set are kept for percentiles`() throws {
    let set = #"{"SampleCount":6,"Sum":546,"Minimum":90,"Maximum":92}"#
    let (error, batch) = read(
      #"{"Namespace":"N","MetricData":[{"MetricName":"m","Values":[90.5,91.25],"Counts":[2,4],"StatisticValues":\#(set)}]}"#
    )
    #expect(error == nil)
    let sample = try #require(batch.samples.first)
    #expect(sample.statistics == StatisticSet(count: 6, sum: 546, minimum: 90, maximum: 92))
    let values = try #require(sample.valueCounts.map { batch.valueCounts[Int($0)] })
    #expect(values.pairs.map(\.value) == [90.5, 91.25])
    #expect(values.pairs.map(\.count) == [2, 4])
  }

  @Test
  func `a datum without a time is of its arrival`() {
    let (_, batch) = read(#"{"Namespace":"N","MetricData":[{"MetricName":"m","Value":1}]}"#)
    #expect(batch.samples.map(\.time) == [Self.now])
  }
}
