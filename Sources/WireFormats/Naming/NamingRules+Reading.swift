import Documents

extension NamingRules {
  /// Reads the mapping under `naming:` of a configuration; what it does not say stays as it is.
  ///
  /// ```yaml
  /// naming:
  ///   regionLabels: [dc, region]        # the first that a record has is its region
  ///   accountLabels: [owner]
  ///   namespaceLabels: [team]
  ///   droppedLabels: [pod, container_id]
  ///   resourceDimensions: [service.name]
  ///   defaultNamespace: Orders
  /// ```
  package init(_ node: Node) throws(Fault) {
    self.init()
    let known = Self.lists.keys.map { $0 } + ["defaultNamespace"]
    if let fault = node.unknownKeys(Set(known)).first { throw fault }
    for entry in try node.mapping() {
      guard let list = Self.lists[entry.key] else { continue }
      self[keyPath: list] = try Self.labels(entry.value)
    }
    guard let namespace = node["defaultNamespace"] else { return }
    defaultNamespace = try namespace.string()
    if defaultNamespace.isEmpty || defaultNamespace.hasPrefix(":") || defaultNamespace.count > 255 {
      throw namespace.fault("a namespace: 1 to 255 characters, the first no colon")
    }
  }

  private static func labels(_ node: Node) throws(Fault) -> [String] {
    var labels: [String] = []
    for label in try node.list() {
      let text = try label.string()
      if text.isEmpty { throw label.fault("the name of a label") }
      labels.append(text)
    }
    return labels
  }

  private static var lists: [String: WritableKeyPath<NamingRules, [String]>] {
    [
      "regionLabels": \.regionLabels, "accountLabels": \.accountLabels,
      "namespaceLabels": \.namespaceLabels, "droppedLabels": \.droppedLabels,
      "resourceDimensions": \.resourceDimensions,
    ]
  }
}
