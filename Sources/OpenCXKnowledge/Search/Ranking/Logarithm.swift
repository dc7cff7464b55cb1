#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// `FoundationEssentials` has no logarithm; the C library of every platform has.
func naturalLogarithm(_ value: Double) -> Double { log(value) }
