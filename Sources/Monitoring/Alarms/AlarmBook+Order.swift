extension AlarmBook {
  /// Puts an alarm at its place in the order of names and regions.
  mutating func place(_ index: Int) {
    var low = 0
    var high = order.count
    while low < high {
      let middle = (low + high) / 2
      if precedes(index, order[middle]) { high = middle } else { low = middle + 1 }
    }
    order.insert(index, at: low)
  }

  private func precedes(_ left: Int, _ right: Int) -> Bool {
    let names = (
      definitions[files[left].definition].name, definitions[files[right].definition].name
    )
    if names.0 != names.1 { return names.0 < names.1 }
    return (files[left].region ?? "") < (files[right].region ?? "")
  }

  /// The alarms of a name, in the order of their regions.
  func indices(named name: String) -> ArraySlice<Int> {
    let first = firstPosition { $0 >= name }
    return order[first...].prefix { definitions[files[$0].definition].name == name }
  }

  private func firstPosition(where reached: (String) -> Bool) -> Int {
    var low = 0
    var high = order.count
    while low < high {
      let middle = (low + high) / 2
      let name = definitions[files[order[middle]].definition].name
      if reached(name) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
