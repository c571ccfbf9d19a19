import ArgumentParser

/// What `check` prints.
enum CheckFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, nagios, openmetrics, junit

  func print(_ report: CheckReport) -> String {
    switch self {
    case .text: report.text
    case .json: report.json
    case .nagios: report.nagios
    case .openmetrics: report.openMetrics
    case .junit: report.junit
    }
  }
}
