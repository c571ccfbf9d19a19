/// What the user did: a key, a mouse action, or pasted text.
package enum Key: Hashable, Sendable {
  case character(Character)
  case control(Character)
  case enter, escape, tab, backTab, backspace, delete
  case up, down, left, right
  case pageUp, pageDown, home, end
  case function(Int)
  /// 0-based cell.
  case mousePress(row: Int, column: Int)
  case mouseDrag(row: Int, column: Int)
  case mouseRelease(row: Int, column: Int)
  case wheelUp(row: Int, column: Int)
  case wheelDown(row: Int, column: Int)
  case paste(String)
}
