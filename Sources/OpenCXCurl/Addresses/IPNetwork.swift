/// A block of IP addresses: `10.0.0.0/8`, `fd00::/8`, or a single address.
public struct IPNetwork: Hashable, Sendable {
    private let base: IPAddress
    /// How many of the 128 bits count.
    private let length: Int

    /// Reads an address, or an address and the number of leading bits that count; nil for everything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let base = IPAddress(parts[0]) else { return nil }
        let isV4 = !parts[0].utf8.contains(UInt8(ascii: ":"))
        let bits = isV4 ? 32 : 128
        var length = bits
        if parts.count == 2 {
            guard parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let given = Int(parts[1]),
                given <= bits
            else { return nil }
            length = given
        }
        self.base = base
        self.length = length + 128 - bits
    }

    /// Whether the address is in the block; an IPv4 address is the same whether mapped into IPv6 or not.
    public func contains(_ address: IPAddress) -> Bool {
        let highMask = Self.mask(min(length, 64))
        let lowMask = Self.mask(max(length - 64, 0))
        return (address.high ^ base.high) & highMask == 0 && (address.low ^ base.low) & lowMask == 0
    }

    private static func mask(_ bits: Int) -> UInt64 {
        bits == 0 ? 0 : ~0 << UInt64(64 - bits)
    }
}
