import Telemetry

/// The composite alarms of a book, how they hang together, and which of them must be looked at.
///
/// A composite alarm is evaluated when a child or a condition of its changed, never on a timer.
struct CompositeBook: Sendable {
  /// The composite alarms, by their index in the book.
  private(set) var alarms: [Int] = []
  /// Children before parents; without those that are part of a cycle.
  var order: [Int] = []
  /// Those that a cycle keeps from being evaluated.
  var cyclic: Set<Int> = []
  /// What each names, by its index in the book.
  var links: [Int: CompositeLinks] = [:]
  /// The composite alarms that name an alarm.
  var parents: [Int: [Int]] = [:]
  /// Those that something changed for.
  var stale: Set<Int> = []
  /// Those that have never been evaluated.
  var unborn: Set<Int> = []
  /// Whether alarms came or moved since children were looked up.
  var needsLinks = false
  /// The conditions of all rules, with whether each held when it was last looked at.
  var conditions: [EstateCondition] = []
  var held: [EstateCondition: Bool] = [:]

  mutating func add(_ alarm: Int) {
    alarms.append(alarm)
    unborn.insert(alarm)
    needsLinks = true
  }

  mutating func remove(_ alarm: Int) {
    guard let place = alarms.firstIndex(of: alarm) else { return }
    alarms.remove(at: place)
    unborn.remove(alarm)
    needsLinks = true
  }
}

/// The alarms that a composite alarm names.
struct CompositeLinks: Sendable {
  /// By child as the rule names it: all alarms of that name that are meant.
  var children: [AlarmReference: [Int]] = [:]
}

extension AlarmBook {
  /// Looks up children and the order of evaluation after alarms came or moved.
  mutating func linkComposites() {
    guard composites.needsLinks else { return }
    composites.needsLinks = false
    composites.links = [:]
    composites.parents = [:]
    composites.conditions = []
    for alarm in composites.alarms {
      guard let composite = definitions[files[alarm].definition].composite else { continue }
      var links = CompositeLinks()
      for child in composite.expression.children {
        links.children[child] = find(child, for: alarm)
        for index in links.children[child] ?? [] {
          composites.parents[index, default: []].append(alarm)
        }
      }
      composites.links[alarm] = links
      for condition in composite.expression.conditions
      where !composites.conditions.contains(condition) { composites.conditions.append(condition) }
    }
    (composites.order, composites.cyclic) = AlarmOrder(composites).result
    composites.stale = Set(composites.alarms)
  }

  /// The alarms that a rule means by a name: those of its own region, where there are any.
  func find(_ reference: AlarmReference, for alarm: Int) -> [Int] {
    let named = indices(named: reference.name).filter {
      definitions[files[$0].definition].isNamed(by: reference)
    }
    let wanted = reference.region ?? reference.arn?.region ?? files[alarm].region
    let own = named.filter { files[$0].region == wanted }
    if !own.isEmpty { return own }
    return reference.region == nil && reference.arn == nil
      ? named : named.filter { files[$0].region == nil }
  }

  /// The state of what a name stands for: the worst, where that is several alarms.
  func state(of alarms: [Int]) -> AlarmState? {
    let states = alarms.map { watches[$0].state }
    return states.first { $0 == .alarm } ?? states.first { $0 == .insufficientData } ?? states.first
  }
}

/// Puts composite alarms in order: children first, cycles apart (Tarjan, 1972).
private struct AlarmOrder {
  private let book: CompositeBook
  private let isComposite: Set<Int>
  private var numbers: [Int: Int] = [:]
  private var low: [Int: Int] = [:]
  private var stack: [Int] = []
  private(set) var result: (order: [Int], cyclic: Set<Int>) = ([], [])

  init(_ book: CompositeBook) {
    self.book = book
    isComposite = Set(book.alarms)
    for alarm in book.alarms where numbers[alarm] == nil { visit(alarm) }
  }

  private func children(of alarm: Int) -> [Int] {
    (book.links[alarm]?.children.values.flatMap { $0 } ?? []).filter(isComposite.contains).sorted()
  }

  private mutating func visit(_ alarm: Int) {
    let number = numbers.count
    numbers[alarm] = number
    low[alarm] = number
    stack.append(alarm)
    for child in children(of: alarm) {
      if numbers[child] == nil {
        visit(child)
        low[alarm] = min(low[alarm] ?? number, low[child] ?? number)
      } else if stack.contains(child) {
        low[alarm] = min(low[alarm] ?? number, numbers[child] ?? number)
      }
    }
    guard low[alarm] == number, let start = stack.firstIndex(of: alarm) else { return }
    let component = stack[start...]
    if component.count > 1 || children(of: alarm).contains(alarm) {
      result.cyclic.formUnion(component)
    } else {
      result.order.append(alarm)
    }
    stack.removeSubrange(start...)
  }
}
