import Telemetry

extension Timeline {
  /// Sorts samples by arrival, time and metric, stably; cheap when they come in order of arrival.
  static func order(_ samples: inout [Sample]) {
    order(&samples, by: \.arrival) { left, right in
      left.time != right.time ? left.time < right.time : left.metric < right.metric
    }
  }

  /// Sorts events by arrival, time, source, name and identifier, stably.
  static func order(_ events: inout [Event]) {
    order(&events, by: \.arrival) { left, right in
      if left.time != right.time { return left.time < right.time }
      if left.source != right.source { return left.source < right.source }
      if left.name != right.name { return left.name < right.name }
      if left.region != right.region { return left.region < right.region }
      return left.subject != right.subject
        ? left.subject < right.subject : left.identifier < right.identifier
    }
  }

  private static func order<Element>(
    _ elements: inout [Element], by arrival: (Element) -> Timestamp,
    then isBefore: (Element, Element) -> Bool
  ) {
    if !isOrdered(elements[...], { arrival($0) < arrival($1) }) {
      elements.sort { arrival($0) < arrival($1) }
    }
    var start = 0
    while start < elements.count {
      var end = start + 1
      while end < elements.count, arrival(elements[end]) == arrival(elements[start]) { end += 1 }
      if !isOrdered(elements[start..<end], isBefore) { elements[start..<end].sort(by: isBefore) }
      start = end
    }
  }

  private static func isOrdered<Element>(
    _ elements: ArraySlice<Element>, _ isBefore: (Element, Element) -> Bool
  ) -> Bool {
    for index in elements.indices.dropFirst() where isBefore(elements[index], elements[index - 1]) {
      return false
    }
    return true
  }
}
