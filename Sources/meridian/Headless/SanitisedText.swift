/// The text without what could drive a terminal: nothing from outside may.
func sanitised(_ text: String) -> String {
  guard text.utf8.contains(where: { $0 < 32 || $0 == 127 || $0 == 0xC2 }) else { return text }
  let scalars = text.unicodeScalars.map { scalar in
    scalar.value < 32 || (127..<160).contains(scalar.value) ? "\u{FFFD}" : scalar
  }
  return String(String.UnicodeScalarView(scalars))
}
