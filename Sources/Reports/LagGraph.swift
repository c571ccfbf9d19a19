import Telemetry

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension IncidentReport {
  /// The lags of all links over a logarithmic scale; gaps where nothing is known.
  var lagGraph: String {
    let (top, bottom) = (10.0, 230.0)
    var paper = SVGPaper(from: from, to: to, height: bottom + 22)
    let scale = LagScale(lags, top: top, bottom: bottom)
    paper.timeAxis(top: top, bottom: bottom)
    for tick in scale.ticks {
      paper.line("grid", SVGPaper.left, scale.y(tick), SVGPaper.right, scale.y(tick))
      paper.text(
        "tick", SVGPaper.left - 8, scale.y(tick) + 4, Figures.duration(tick), anchor: "end")
    }
    for (index, series) in lags.enumerated() {
      let kind = SeriesClass.name(index)
      if let objective = series.objectiveSeconds {
        let y = scale.y(objective)
        paper.line("objective \(kind)", SVGPaper.left, y, SVGPaper.right, y)
      }
      paper.path("course \(kind)", paper.course(series.points, scale.y), title: series.title)
    }
    if let began { paper.line("began", paper.x(began), top, paper.x(began), bottom) }
    return paper.element(label: "Replication lag of \(lags.count) links, logarithmic")
  }
}

/// Seconds to pixels, by powers of ten.
private struct LagScale {
  private var low = -2.0
  private var high = 1.0
  private let top: Double
  private let bottom: Double

  init(_ lags: [LagSeries], top: Double, bottom: Double) {
    (self.top, self.bottom) = (top, bottom)
    let values = lags.flatMap {
      $0.points.compactMap(\.value) + [$0.objectiveSeconds].compactMap { $0 }
    }
    guard let least = values.min(), let greatest = values.max() else { return }
    low = floor(log10(max(least, smallestLag)))
    high = max(low + 1, ceil(log10(max(greatest, smallestLag))))
  }

  /// Round durations within the scale.
  var ticks: [Double] { Self.rounds.filter { (pow(10, low)...pow(10, high)).contains($0) } }

  private static let rounds = [0.01, 0.1, 1, 10, 60, 600, 3600, 36_000, 360_000, 3_600_000]

  func y(_ seconds: Double) -> Double {
    let part = (log10(max(seconds, smallestLag)) - low) / (high - low)
    return bottom - min(1, max(0, part)) * (bottom - top)
  }
}

/// The class of a series by its number: six colours, then the same dashed.
enum SeriesClass {
  static func name(_ index: Int) -> String {
    "series-\(index % 6 + 1)" + (index % 12 >= 6 ? " dashed" : "")
  }
}

extension SVGPaper {
  /// A line through the known points; unknown ones break it.
  func course(_ points: [ReportPoint], _ y: (Double) -> Double) -> String {
    var commands = ""
    var isDown = false
    for point in points {
      guard let value = point.value else {
        isDown = false
        continue
      }
      commands += (isDown ? "L" : "M") + Self.figure(x(point.time)) + " " + Self.figure(y(value))
      if !isDown { commands += "h0.1" }
      isDown = true
    }
    return commands
  }
}
