import Documents

extension Node {
  /// The text of a string, number or boolean; nil for everything else.
  var text: String? {
    switch value {
    case .string(let text), .number(_, let text): text
    case .boolean(let flag): String(flag)
    default: nil
    }
  }

  /// The value under a key, whatever case the key is written in.
  func member(ignoringCase key: String) -> Node? {
    if let exact = self[key] { return exact }
    let wanted = key.lowercased()
    return entries?.first { $0.key.lowercased() == wanted && $0.value.value != .null }?.value
  }
}
