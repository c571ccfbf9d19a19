#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Colour arithmetic: what contrast checks and the choice of the nearest palette entry need.
package enum ColourSpace {
  /// Red, green and blue of entry 16...255 of the 256-colour palette, as 0xRRGGBB.
  package static func rgb(ofCube index: Int) -> UInt32 {
    if index >= 232 {
      let level = UInt32(8 + 10 * (min(index, 255) - 232))
      return level << 16 | level << 8 | level
    }
    let levels: [UInt32] = [0, 95, 135, 175, 215, 255]
    let offset = max(index - 16, 0)
    return levels[offset / 36] << 16 | levels[offset / 6 % 6] << 8 | levels[offset % 6]
  }

  /// The sixteen colours as xterm draws them; terminals and users change them.
  package static let ansi: [UInt32] = [
    0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
    0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
  ]

  /// The entry of 16...255 that looks most like a colour, by distance in OKLab.
  package static func nearestCube(to rgb: UInt32) -> Int {
    let wanted = oklab(linear(rgb))
    return (16...255).min {
      distance(wanted, cubeLab[$0 - 16]) < distance(wanted, cubeLab[$1 - 16])
    }
      ?? 231
  }

  private static let cubeLab = (16...255).map { oklab(linear(rgb(ofCube: $0))) }

  /// WCAG 2 contrast, 1 to 21.
  package static func contrast(_ one: UInt32, _ other: UInt32) -> Double {
    let (a, b) = (luminance(one), luminance(other))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  /// How different two colours look to somebody, as a distance in OKLab.
  package static func difference(_ one: UInt32, _ other: UInt32, for vision: Vision) -> Double {
    distance(
      oklab(vision.transformed(linear(one))), oklab(vision.transformed(linear(other)))
    ).squareRoot()
  }

  /// Three numbers: linear RGB, or OKLab.
  typealias Triple = (Double, Double, Double)

  private static func luminance(_ rgb: UInt32) -> Double {
    let (red, green, blue) = linear(rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }

  static func linear(_ rgb: UInt32) -> Triple {
    (linear(rgb >> 16 & 0xFF), linear(rgb >> 8 & 0xFF), linear(rgb & 0xFF))
  }

  private static func linear(_ level: UInt32) -> Double {
    let value = Double(level) / 255
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
  }

  /// Linear RGB to OKLab, as https://bottosson.github.io/posts/oklab/ defines it.
  static func oklab(_ colour: Triple) -> Triple {
    let (r, g, b) = colour
    let long = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    let middle = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    let short = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
      0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
      1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
      0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    )
  }

  private static func distance(_ one: Triple, _ other: Triple) -> Double {
    let (a, b, c) = (one.0 - other.0, one.1 - other.1, one.2 - other.2)
    return a * a + b * b + c * c
  }

  /// Ways of seeing colours; complete deficiency by Machado, Oliveira and Fernandes (2009).
  package enum Vision: String, Hashable, Sendable, CaseIterable {
    case normal, protanopia, deuteranopia, tritanopia

    func transformed(_ colour: Triple) -> Triple {
      let rows = matrix
      func row(_ index: Int) -> Double {
        let value =
          rows[3 * index] * colour.0 + rows[3 * index + 1] * colour.1
          + rows[3 * index + 2] * colour.2
        return min(max(value, 0), 1)
      }
      return (row(0), row(1), row(2))
    }

    private var matrix: [Double] {
      switch self {
      case .normal: [1, 0, 0, 0, 1, 0, 0, 0, 1]
      case .protanopia:
        [
          0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116,
          1.051998,
        ]
      case .deuteranopia:
        [
          0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940,
          0.968881,
        ]
      case .tritanopia:
        [
          1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367,
          0.303900,
        ]
      }
    }
  }
}
