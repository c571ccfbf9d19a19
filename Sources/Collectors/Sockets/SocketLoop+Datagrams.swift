import CSockets
import Telemetry
import WireFormats

extension SocketLoop {
  /// Reads once, and hands on what came as one batch: its size is a part of what a mailbox is bounded by.
  mutating func readDatagrams() {
    var batch = Batch()
    let now = clock()
    let count = Int(
      unsafe cs_receive(
        descriptor, &slots, InputLimits.datagramBytes, Int32(SocketPlan.datagramCount), &lengths))
    if count > 0 { decode(count, arrival: now, into: &batch) }
    countKernelDrops()
    hasAskedKernel = false
    hand(batch)
  }

  /// Adds what the kernel has dropped since it was last asked.
  mutating func countKernelDrops() {
    hasAskedKernel = true
    guard !plan.address.isStream else { return }
    let before = kernelDrops
    unsafe cs_dropped(descriptor, &kernelDrops)
    let lost = Int(kernelDrops &- before)
    if lost > 0 { shared.update { $0.dropped += lost } }
  }

  private mutating func decode(_ count: Int, arrival: Timestamp, into batch: inout Batch) {
    let bytes = lengths[..<count].reduce(0) { $0 + min(Int($1), InputLimits.datagramBytes) }
    let format =
      if let format = plan.format, SocketDecoder.isShared(format) {
        decodeTogether(count, as: format, arrival: arrival, into: &batch)
      } else {
        decodeEach(count, arrival: arrival, into: &batch)
      }
    shared.update {
      $0.bytes += bytes
      $0.format = format ?? $0.format
    }
  }

  /// Decodes datagrams of a format that is known, whose lines stand for themselves, in one go.
  private mutating func decodeTogether(
    _ count: Int, as format: any WireFormat.Type, arrival: Timestamp, into batch: inout Batch
  ) -> String? {
    lines.removeAll(keepingCapacity: true)
    for index in 0..<count {
      let range = range(ofDatagram: index)
      lines += slots[range]
      if !range.isEmpty, slots[range.upperBound - 1] != 10 { lines.append(10) }
    }
    decoder.decode(lines, as: format, arrival: arrival, into: &batch)
    decoder.settle(arrival: arrival, into: &batch)
    return format.name
  }

  private mutating func decodeEach(
    _ count: Int, arrival: Timestamp, into batch: inout Batch
  ) -> String? {
    var format: String?
    for index in 0..<count {
      let datagram = Array(slots[range(ofDatagram: index)])
      format = decoder.decode(datagram: datagram, arrival: arrival, into: &batch) ?? format
    }
    return format
  }

  private func range(ofDatagram index: Int) -> Range<Int> {
    let start = index * InputLimits.datagramBytes
    return start..<(start + min(Int(lengths[index]), InputLimits.datagramBytes))
  }
}
