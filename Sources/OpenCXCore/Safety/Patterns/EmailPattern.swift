/// An e-mail address around an `@`.
enum EmailPattern {
    static func range(around at: Int, in bytes: [UInt8], after end: Int) -> Range<Int>? {
        var start = at
        while start > end, at - start < 64, isLocal(bytes[start - 1]) { start -= 1 }
        while start < at, bytes[start] == UInt8(ascii: ".") { start += 1 }
        var stop = at + 1
        var lastDot: Int?
        while stop < bytes.count, stop - at < 255, isDomain(bytes[stop]) {
            if bytes[stop] == UInt8(ascii: ".") { lastDot = stop }
            stop += 1
        }
        while stop > at + 1, !bytes[stop - 1].isASCIIAlphanumeric, bytes[stop - 1] < 0x80 {
            stop -= 1
            if lastDot == stop { lastDot = bytes[(at + 1)..<stop].lastIndex(of: UInt8(ascii: ".")) }
        }
        guard start < at, let lastDot, lastDot > at + 1, stop - lastDot > 2 else { return nil }
        return start..<stop
    }

    /// Letters of any script may stand in an address nowadays (RFC 6531).
    private static func isLocal(_ byte: UInt8) -> Bool {
        byte.isASCIIAlphanumeric || byte >= 0x80 || "!#$%&'*+-/=?^_`{|}~.".utf8.contains(byte)
    }

    private static func isDomain(_ byte: UInt8) -> Bool {
        byte.isASCIIAlphanumeric || byte >= 0x80 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }
}
