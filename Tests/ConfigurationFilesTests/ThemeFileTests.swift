import Documents
import Foundation
import Testing

@testable import ConfigurationFiles
@testable import Dashboard

@Suite
struct ThemeFileTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Themes").path()

  @Test
  func `the list names every file of the folder, and nothing else`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
    #expect(files.sorted() == themeFiles.map(\.name).sorted())
  }

  @Test
  func `the embedded themes are read without a fault`() {
    let (themes, faults) = Theme.all()
    #expect(faults.isEmpty, "\(faults)")
    #expect(themes.map(\.name) == ["meridian-dark", "meridian-light", "high-contrast"])
    #expect(themes.map(\.variant) == [.dark, .light, .dark])
  }

  @Test
  func `the built-in theme is the dark theme's file`() {
    #expect(Theme.all().themes.first == Theme.builtIn)
  }

  @Test
  func `every theme can be read: contrast, and states that everybody can tell apart`() {
    for theme in Theme.all().themes { #expect(theme.problems().isEmpty, "\(theme.problems())") }
  }

  @Test
  func `a folder's theme stands before the embedded one of the same name`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = "name: meridian-dark\nroles:\n  text: '#ff0000'\n"
    try text.write(to: folder.appending(path: "mine.yaml"), atomically: true, encoding: .utf8)
    let (themes, faults) = Theme.all(folders: [folder.path()])
    #expect(faults.isEmpty)
    #expect(themes.count == 3)
    #expect(themes.first?.styles[.text]?.foreground == .init(rgb: 0xFF0000, cube: 196, ansi: 7))
    #expect(themes.first?.styles[.ok] == Theme.builtIn.styles[.ok])
  }

  @Test(
    arguments: [
      ("name: x\nroles:\n  text: fg", "x.yaml:3: roles.text: 'fg' is not a colour of the palette"),
      ("name: x\nroles:\n  txet: default", "'txet' is not a role: background, sel, bar, text"),
      ("name: x\nroles:\n  ok: default | 7", "'7' is not a number from 16 to 255 or default"),
      ("name: x\nroles:\n  ok: default | 80 | teal", "'teal' is not one of black, red, green"),
      ("name: x\nroles:\n  ok: a | b | c | d", "is not at most rgb | 256 | 16"),
      ("name: x\npalette:\n  fg: blue", "x.yaml:3: palette.fg: 'blue' is not a colour such as"),
      ("variant: dark", "missing the key name"),
      ("name: x\nvariant: dim", "is not one of dark, light"),
      ("name: x\ncolour: 1", "'colour' is not one of the keys name, palette, roles, variant"),
      ("- 1", "is not a mapping with name, variant, palette and roles"),
    ])
  func `a mistake is one sentence with its place`(text: String, sentence: String) throws {
    let (theme, faults) = Theme.parse(try Node.yaml(text, file: "x.yaml"))
    #expect(faults.count == 1)
    #expect(faults.first?.description.contains(sentence) == true, "\(faults)")
    #expect(theme.styles == Theme.builtIn.styles)
  }
}
