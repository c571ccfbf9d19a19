import Telemetry

/// Replaces what tells whose data they are, the same by the same everywhere, in the order in which it
/// is met.
///
/// Account ids, dimension values, subjects of events, and the names of metrics and namespaces that are
/// not AWS's own. Regions, AWS's metrics, units and numbers stay: without them the data say nothing.
package struct Redaction {
  private var names: [String: String] = [:]
  private var accounts: [String: String] = [:]

  package init() {}

  /// The batch with everything replaced.
  package mutating func redacted(_ batch: Batch) -> Batch {
    var result = batch
    for index in batch.metrics.indices { result.metrics[index] = metric(batch.metrics[index]) }
    for index in batch.events.indices { collect(batch.events[index]) }
    for index in batch.events.indices { result.events[index] = event(batch.events[index]) }
    result.rejects = RejectLog()
    return result
  }

  private mutating func metric(_ metric: MetricID) -> MetricID {
    let isOwn = metric.namespace.hasPrefix("AWS/")
    return MetricID(
      region: metric.region, account: account(metric.account),
      namespace: isOwn ? metric.namespace : name(metric.namespace, as: "namespace"),
      name: isOwn ? metric.name : name(metric.name, as: "metric"),
      dimensions: metric.dimensions.map { Dimension(name: $0.name, value: value($0.value)) },
      unit: metric.unit)
  }

  private mutating func collect(_ event: Event) {
    _ = account(event.account)
    _ = value(event.subject)
  }

  /// Within texts every name and account that is known is replaced, longer ones first.
  private mutating func event(_ event: Event) -> Event {
    var result = event
    result.account = account(event.account)
    result.subject = value(event.subject)
    result.message = text(event.message)
    result.identifier = event.identifier.isEmpty ? "" : name(event.identifier, as: "event")
    result.attributes = event.attributes.map { attribute in
      Dimension(name: attribute.name, value: attributeValue(attribute.value))
    }
    return result
  }

  /// Words, numbers and states stay; what names something is replaced.
  private mutating func attributeValue(_ text: String) -> String {
    let isPlain = text.count < 20 && text.allSatisfy { $0.isUppercase || $0 == "_" }
    if isPlain || Double(text) != nil || text == "true" || text == "false" { return text }
    return value(text)
  }

  private mutating func value(_ text: String) -> String {
    let stays = text.isEmpty || Self.isRegion(text)
    return stays ? text : name(text, as: "name")
  }

  private mutating func name(_ text: String, as kind: String) -> String {
    if text.isEmpty { return text }
    if Self.isAccount(text) { return account(text) }
    if let known = names[text] { return known }
    let made = "\(kind)-\(names.count + 1)"
    names[text] = made
    return made
  }

  private mutating func account(_ text: String) -> String {
    if text.isEmpty { return text }
    if let known = accounts[text] { return known }
    let digits = String(accounts.count + 1)
    let made = String(repeating: "0", count: max(0, 12 - digits.count)) + digits
    accounts[text] = made
    return made
  }

  private mutating func text(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    let known = names.merging(accounts) { first, _ in first }
    let words = known.keys.filter { $0.count > 2 }.sorted {
      $0.count != $1.count ? $0.count > $1.count : $0 < $1
    }
    while let first = rest.first {
      if let word = words.first(where: rest.hasPrefix) {
        result += known[word] ?? ""
        rest = rest.dropFirst(word.count)
      } else if Self.isAccount(String(rest.prefix(12))) {
        result += account(String(rest.prefix(12)))
        rest = rest.dropFirst(12)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  private static func isAccount(_ text: String) -> Bool {
    text.utf8.count == 12 && text.utf8.allSatisfy { (48...57).contains($0) }
  }

  /// Whether a word is shaped like `eu-west-1` or an availability zone of it, `eu-west-1a`.
  private static func isRegion(_ word: String) -> Bool {
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    guard (3...4).contains(parts.count), let first = parts.first, let last = parts.last,
      first.count == 2, let digit = last.first, digit.isNumber, last.count <= 2
    else { return false }
    return parts.dropLast().allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { (97...122).contains($0) }
    }
  }
}
