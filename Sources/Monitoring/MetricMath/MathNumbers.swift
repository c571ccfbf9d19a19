#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What the C library computes.
func raise(_ base: Double, to exponent: Double) -> Double { pow(base, exponent) }

func naturalLogarithm(_ value: Double) -> Double { log(value) }

func decimalLogarithm(_ value: Double) -> Double { log10(value) }
