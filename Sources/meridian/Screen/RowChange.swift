import Dashboard

/// The part of a row that differs between two pictures.
enum RowChange {
  /// The columns from the first to the last changed cell, without cutting a wide character; nil
  /// when the rows are equal.
  static func span(in row: Int, of canvas: Canvas, since shown: Canvas) -> Range<Int>? {
    let base = row * canvas.columns
    var first = 0
    while first < canvas.columns, canvas.cells[base + first] == shown.cells[base + first] {
      first += 1
    }
    guard first < canvas.columns else { return nil }
    var last = canvas.columns - 1
    while canvas.cells[base + last] == shown.cells[base + last] { last -= 1 }
    if first > 0, canvas.cells[base + first].scalar == 0 { first -= 1 }
    return first..<last + 1
  }
}
