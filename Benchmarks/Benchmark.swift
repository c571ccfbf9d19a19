#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One thing that is measured; `run` prints its figures.
struct Benchmark: Sendable {
  let name: String
  let run: @Sendable () -> Void
}

/// All benchmarks, in the order in which they run.
let allBenchmarks: [Benchmark] = [
  Benchmark(name: "week", run: measureWeek),
  Benchmark(name: "alarm-load", run: measureAlarmLoad),
  Benchmark(name: "backtest", run: measureBacktest),
  Benchmark(name: "anomalies", run: measureAnomalies),
  Benchmark(name: "anomaly-scores", run: measureAnomalyScores),
  Benchmark(name: "frame", run: measureFrame),
  Benchmark(name: "documents", run: measureDocuments),
  Benchmark(name: "wire-formats", run: measureWireFormats),
  Benchmark(name: "datagrams", run: measureDatagrams),
]

/// CPU seconds of this process so far.
func processSeconds() -> Double {
  var time = timespec()
  _ = unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The median CPU seconds of `body` over `runs` runs, after one that does not count.
func medianSeconds(runs: Int = 5, _ body: () -> Void) -> Double {
  body()
  let times = (0..<runs).map { _ in
    let start = processSeconds()
    body()
    return processSeconds() - start
  }
  return times.sorted()[runs / 2]
}

func printFigure(_ name: String, _ value: Double, _ unit: String) {
  let rounded = (value * 100).rounded() / 100
  print("\(name): \(rounded) \(unit)")
}
