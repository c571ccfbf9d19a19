extension LabelledSeries.Shape {
  var anomalies: [Anomaly] {
    switch self {
    case .quietProcessor: [.spike, .burst, .levelShift, .spike]
    case .noisyProcessor: [.levelShift, .burst, .drop, .noise, .ramp, .flatLine]
    case .requestCount: [.spike, .burst, .drop, .levelShift, .lostSeason]
    case .network: [.spike, .burst, .levelShift, .noise]
    case .disk: [.burst, .spike, .levelShift, .flatLine]
    case .database: [.spike, .levelShift, .burst, .drop, .ramp, .lostSeason]
    case .steps: [.spike, .drop, .levelShift]
    case .periodic: [.stall, .spike, .burst, .levelShift]
    case .plateaus: [.spike, .burst, .levelShift, .drop]
    case .latency: [.spike, .burst, .levelShift, .ramp, .noise]
    case .heavyNetwork: [.spike, .burst, .levelShift, .drop]
    case .scalingGroup: [.spike, .levelShift, .burst, .drop, .flatLine]
    case .wandering: [.spike, .levelShift, .drop, .noise]
    case .storage: [.drop, .levelShift, .flatLine, .ramp]
    }
  }

  func bounded(_ value: Double) -> Double {
    switch self {
    case .quietProcessor, .noisyProcessor, .database, .plateaus, .scalingGroup:
      min(100, max(0, value))
    default: max(0, value)
    }
  }

  /// The series without its anomalies.
  func course(_ random: inout SeededGenerator) -> [Double] {
    switch self {
    case .quietProcessor: quietProcessor(&random)
    case .noisyProcessor: noisyProcessor(&random)
    case .requestCount: requestCount(&random)
    case .network: network(&random)
    case .disk: disk(&random)
    case .database: database(&random)
    case .steps: steps(&random)
    case .periodic: periodic(&random)
    case .plateaus: plateaus(&random)
    case .latency: latency(&random)
    case .heavyNetwork: heavyNetwork(&random)
    case .scalingGroup: scalingGroup(&random)
    case .wandering: wandering(&random)
    case .storage: storage(&random)
    }
  }
}

/// A sine of turns, not radians.
func sine(_ turns: Double) -> Double {
  var x = turns - turns.rounded()
  if x > 0.25 { x = 0.5 - x } else if x < -0.25 { x = -0.5 - x }
  x *= 6.283185307179586
  let square = x * x
  return x * (1 - square / 6 * (1 - square / 20 * (1 - square / 42 * (1 - square / 72))))
}
