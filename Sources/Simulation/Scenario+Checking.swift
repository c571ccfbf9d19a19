import Documents

extension Scenario {
  /// Finds names that match nothing, which would make a shape or a fact do nothing in silence.
  func checkNames(in node: Node, _ list: inout FaultList) {
    let services = plan.services.map(\.name) + canaries.map(\.name)
    for key in ["links", "shapes", "silences"] {
      for element in node[key]?.elements ?? [] {
        check(element["service"], isOneOf: services, &list)
        for place in ["region", "from", "to"] where key != "silences" || place == "region" {
          check(element[place], isOneOf: plan.regions, &list)
        }
      }
    }
    for entry in node["writers"]?.entries ?? [] where !services.contains(entry.key) {
      list.append([unknown(entry, among: services)])
    }
    for entry in node["truth"]?["regions"]?.entries ?? [] where !plan.regions.contains(entry.key) {
      list.append([unknown(entry, among: plan.regions)])
    }
    let all = allSeries
    for (index, shape) in story.shapes.enumerated()
    where !all.contains(where: shape.pattern.matches) {
      guard let element = node["shapes"]?.elements?[index] else { continue }
      list.append([element.fault("a shape that matches a metric of this estate")])
    }
  }

  private func check(_ node: Node?, isOneOf names: [String], _ list: inout FaultList) {
    guard let node, case .string(let name) = node.value, !names.contains(name) else { return }
    list.append([node.fault("one of " + names.joined(separator: ", "))])
  }

  private func unknown(_ entry: Node.Entry, among names: [String]) -> Fault {
    Fault(
      place: entry.value.place, value: entry.key,
      expected: "one of " + names.joined(separator: ", "))
  }
}
