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
  /// All themes at hand: the embedded ones first, each as a folder has it where one does.
  ///
  /// What is wrong in a file is a fault; the built-in theme stands in for what could not be read.
  package static func all(folders: [String] = []) -> (themes: [Theme], faults: [Fault]) {
    let found = folders.flatMap { folder in
      FileBytes.matches(folder + "/*.yaml").compactMap { path in
        FileBytes.read(path).map { (name: path, bytes: $0) }
      }
    }
    var (others, faults) = read(found)
    let embedded = read(themeFiles)
    var themes: [Theme] = []
    for theme in embedded.themes {
      let place = others.firstIndex { $0.name == theme.name }
      themes.append(place.map { others.remove(at: $0) } ?? theme)
    }
    faults += embedded.faults
    return (themes + others, faults)
  }

  /// Of several files with the same name of a theme the first counts.
  private static func read(
    _ files: [(name: String, bytes: [UInt8])]
  ) -> (themes: [Theme], faults: [Fault]) {
    var (themes, faults): ([Theme], [Fault]) = ([], [])
    for file in files {
      do throws(Fault) {
        let node = try Node.yaml(String(decoding: file.bytes, as: UTF8.self), file: file.name)
        let (theme, problems) = Theme.parse(node)
        faults += problems
        if !themes.contains(where: { $0.name == theme.name }) { themes.append(theme) }
      } catch {
        faults.append(error)
      }
    }
    return (themes, faults)
  }
}
