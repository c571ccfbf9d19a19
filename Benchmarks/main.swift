#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// Figures, not verdicts: each benchmark runs several times and prints the median. Release builds only:
//   MERIDIAN_BENCHMARKS=1 swift run -c release --scratch-path .build-bench benchmarks [NAME…]

let chosen = CommandLine.arguments.dropFirst()
for benchmark in allBenchmarks where chosen.isEmpty || chosen.contains(benchmark.name) {
  benchmark.run()
}
