import Dashboard
import Documents

/// The themes that come with meridian, embedded so that the binary alone knows them.
///
/// A new theme: one file in the folder `Themes`, one line here. A test compares folder and list.
package let themeFiles: [(name: String, bytes: [UInt8])] = [
  ("meridian-dark.yaml", PackageResources.meridian_dark_yaml),
  ("meridian-light.yaml", PackageResources.meridian_light_yaml),
  ("high-contrast.yaml", PackageResources.high_contrast_yaml),
]

extension Theme {
  /// All themes at hand: those of the folders, then the embedded ones whose names are still free.
  ///
  /// What is wrong in a file is a fault; the built-in theme stands in for what could not be read.
  package static func all(folders: [String] = []) -> (themes: [Theme], faults: [Fault]) {
    var (themes, faults): ([Theme], [Fault]) = ([], [])
    let found = folders.flatMap { folder in
      FileBytes.matches(folder + "/*.yaml").compactMap { path in
        FileBytes.read(path).map { (name: path, bytes: $0) }
      }
    }
    for file in found + themeFiles {
      do throws(Fault) {
        let node = try Node.yaml(String(decoding: file.bytes, as: UTF8.self), file: file.name)
        let (theme, problems) = Theme.parse(node)
        guard !themes.contains(where: { $0.name == theme.name }) else { continue }
        themes.append(theme)
        faults += problems
      } catch {
        faults.append(error)
      }
    }
    return (themes, faults)
  }
}
