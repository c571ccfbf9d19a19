import Dashboard
import Telemetry
import Testing

@testable import meridian

/// When frames are drawn, and what goes to the clipboard.
@Suite
struct TerminalPacingTests {
  @Test
  func `nothing is drawn when nothing has changed`() {
    var pacer = FramePacer()
    #expect(pacer.patience(at: 0) == nil)
    pacer.noteFrame(at: 10)
    #expect(pacer.patience(at: 1000) == nil)
  }

  @Test
  func `frames for keys are 33 ms apart, frames for data 200 ms`() {
    var pacer = FramePacer()
    pacer.noteData(at: 1000)
    #expect(pacer.patience(at: 1000) == 0)
    pacer.noteFrame(at: 1000)
    pacer.noteData(at: 1010)
    #expect(pacer.patience(at: 1010) == 190)
    // A key does not wait for the data's turn.
    pacer.noteKey(at: 1020)
    #expect(pacer.patience(at: 1020) == 13)
    pacer.noteFrame(at: 1033)
    pacer.noteKey(at: 1500)
    #expect(pacer.patience(at: 1500) == 0)
  }

  @Test
  func `more changes do not put a frame off`() {
    var pacer = FramePacer()
    pacer.noteFrame(at: 0)
    pacer.noteData(at: 10)
    for time in stride(from: Int64(20), to: 200, by: 10) { pacer.noteData(at: time) }
    #expect(pacer.patience(at: 199) == 1)
    #expect(pacer.patience(at: 250) == 0)
  }

  @Test
  func `base 64 is that of RFC 4648`() {
    let vectors = [
      "": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg==", "fooba": "Zm9vYmE=",
      "foobar": "Zm9vYmFy",
    ]
    for (text, expected) in vectors {
      #expect(
        String(decoding: ClipboardSequence.base64(Array(text.utf8)), as: UTF8.self) == expected)
    }
    let sequence = String(decoding: ClipboardSequence.bytes(for: "foo"), as: UTF8.self)
    #expect(sequence == "\u{1b}]52;c;Zm9v\u{7}")
  }
}
