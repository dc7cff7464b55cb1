/// An IP address, as a number.
public struct IPAddress: Hashable, Sendable {
    /// Sixteen bytes in network order; an IPv4 address stands in the IPv4-mapped block, `::ffff:0:0/96`.
    let high: UInt64
    let low: UInt64

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// An IPv4 address from its 32 bits.
    init(v4: UInt32) {
        self.init(high: 0, low: 0xFFFF_0000_0000 | UInt64(v4))
    }

    /// Reads dotted decimal IPv4 (four numbers, no leading zeros) or IPv6; nil for everything else.
    ///
    /// The octal, hexadecimal and shortened forms that some programs take are not addresses here.
    public init?(_ text: some StringProtocol) {
        if text.utf8.contains(UInt8(ascii: ":")) {
            guard let groups = Self.groups(of: text) else { return nil }
            let words = stride(from: 0, to: 8, by: 4).map { start in
                groups[start..<start + 4].reduce(UInt64(0)) { $0 << 16 | UInt64($1) }
            }
            self.init(high: words[0], low: words[1])
        } else {
            guard let bits = Self.v4Bits(of: text) else { return nil }
            self.init(v4: bits)
        }
    }

    /// The 32 bits, when this is an IPv4 address or one that is mapped into IPv6.
    var v4: UInt32? {
        high == 0 && low >> 32 == 0xFFFF ? UInt32(truncatingIfNeeded: low) : nil
    }

    private static func v4Bits(of text: some StringProtocol) -> UInt32? {
        var bits: UInt32 = 0
        var number: UInt32 = 0
        var digits = 0
        var parts = 1
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "."):
                guard digits > 0, parts < 4 else { return nil }
                bits = bits << 8 | number
                (number, digits, parts) = (0, 0, parts + 1)
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if digits > 0 && number == 0 { return nil }
                number = number * 10 + UInt32(byte - UInt8(ascii: "0"))
                digits += 1
                guard number < 256 else { return nil }
            default: return nil
            }
        }
        return parts == 4 && digits > 0 ? bits << 8 | number : nil
    }

    private static func groups(of text: some StringProtocol) -> [UInt16]? {
        var before: [UInt16] = []
        var after: [UInt16]?
        var rest = text[...]
        if rest.hasPrefix("::") {
            rest = rest.dropFirst(2)
            after = []
        }
        while !rest.isEmpty {
            let part = rest.prefix { $0 != ":" }
            rest = rest.dropFirst(part.count)
            var groups: [UInt16] = []
            if rest.isEmpty, part.contains("."), let bits = v4Bits(of: part) {
                groups = [UInt16(bits >> 16), UInt16(bits & 0xFFFF)]
            } else {
                guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy(isHexadecimal),
                    let group = UInt16(part, radix: 16)
                else { return nil }
                groups = [group]
            }
            if after == nil { before += groups } else { after? += groups }
            if rest.hasPrefix("::") {
                guard after == nil else { return nil }
                rest = rest.dropFirst(2)
                after = []
            } else if rest.hasPrefix(":") {
                rest = rest.dropFirst()
                guard !rest.isEmpty else { return nil }
            }
        }
        guard let after else { return before.count == 8 ? before : nil }
        let missing = 8 - before.count - after.count
        return missing > 0 ? before + Array(repeating: 0, count: missing) + after : nil
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
    }
}
