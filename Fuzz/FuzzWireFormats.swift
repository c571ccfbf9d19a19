import Glibc
import Telemetry
import WireFormats

/// What libFuzzer calls with each input.
///
/// `MERIDIAN_FUZZ_FORMAT` names the format. Besides not trapping, a format must give the same
/// whether it is fed whole or in pieces, and whatever it gives must be fit to be stored.
@_cdecl("LLVMFuzzerTestOneInput")
package func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  let whole = read(bytes, pieces: max(1, count))
  let pieces = read(bytes, pieces: 1 + Int(bytes.last ?? 0) % 16)
  precondition(whole.samples.count == pieces.samples.count, "samples depend on the pieces")
  for (left, right) in zip(whole.samples, pieces.samples) {
    precondition(left.time == right.time && left.statistics == right.statistics, "a sample differs")
    precondition(
      whole.metrics[Int(left.metric)] == pieces.metrics[Int(right.metric)], "a metric differs")
  }
  precondition(values(whole) == values(pieces), "the values behind samples differ")
  precondition(whole.events == pieces.events, "events depend on the pieces")
  precondition(whole.rejects == pieces.rejects, "rejects depend on the pieces")
  checkSamples(of: whole)
  checkEvents(of: whole)
  return 0
}

/// Every sample is the statistics of something, at a time that can be written, and so are its values.
private func checkSamples(of batch: Batch) {
  for sample in batch.samples {
    precondition(batch.metrics.indices.contains(Int(sample.metric)), "a sample of no metric")
    let set = sample.statistics
    precondition(set.count > 0 && set.count.isFinite, "a count that is no number above 0")
    precondition(set.sum.isFinite, "a sum that is no number")
    precondition(set.minimum.isFinite && set.maximum.isFinite, "an extreme that is no number")
    precondition(set.minimum <= set.maximum, "a minimum above the maximum")
    precondition(isWritable(sample.time) && isWritable(sample.arrival), "a time of no year")
    guard let place = sample.valueCounts else { continue }
    let values = batch.valueCounts[Int(place)]
    precondition(!values.isEmpty, "a sample of no values")
    for told in values.told { precondition(told.value.isStorable, "a percentile beyond storing") }
    for pair in values.pairs {
      precondition(pair.value.isFinite && pair.count.isFinite, "a value that is no number")
      precondition(pair.count > 0, "a value that is not there")
    }
  }
}

private func checkEvents(of batch: Batch) {
  for event in batch.events {
    precondition(isWritable(event.time) && isWritable(event.arrival), "an event of no year")
  }
}

/// Whether an instant is of the years 1 to 9999, as RFC 3339 can write it.
private func isWritable(_ time: Timestamp) -> Bool {
  (Timestamp.distantPast...Timestamp.distantFuture).contains(time)
}

/// The values behind each sample, wherever they stand in the batch.
private func values(_ batch: Batch) -> [ValueCounts?] {
  batch.samples.map { sample in sample.valueCounts.map { batch.valueCounts[Int($0)] } }
}

private let format: any WireFormat.Type = {
  let name = unsafe getenv("MERIDIAN_FUZZ_FORMAT").map { unsafe String(cString: $0) } ?? ""
  guard let format = wireFormat(named: name) else {
    fatalError("set MERIDIAN_FUZZ_FORMAT to one of \(allWireFormats.map { $0.name })")
  }
  return format
}()

private func read(_ bytes: [UInt8], pieces size: Int) -> Batch {
  var batch = Batch()
  var context = DecodingContext(source: "fuzz")
  context.time = Timestamp(seconds: 1_795_424_400)
  var decoder = format.init(context: context)
  var rest = bytes[...]
  while !rest.isEmpty {
    decoder.decode(Array(rest.prefix(size)), into: &batch)
    rest = rest.dropFirst(size)
  }
  decoder.finish(into: &batch)
  return batch
}
