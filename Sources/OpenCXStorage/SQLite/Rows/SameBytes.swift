#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

extension [UInt8] {
    /// Whether these are the same bytes. Rows have hundreds of them, and comparing one after the other took as long as reading
    /// the row.
    func isSame(as other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard count == other.count else { return false }
        return withUnsafeBytes { own in
            guard let own = own.baseAddress, let other = other.baseAddress else { return true }
            return memcmp(own, other, count) == 0
        }
    }
}
