/// An e-mail address around an `@` (RFC 5321, RFC 6531 for letters of any script).
enum EmailRule {
    static func range(around at: Int, in bytes: [UInt8], after end: Int) -> Range<Int>? {
        var start = at
        if at > end, bytes[at - 1] == UInt8(ascii: "\"") {
            start = quoted(before: at - 1, in: bytes, after: end) ?? at
        } else {
            while start > end, at - start < 64, isLocal(bytes[start - 1]) { start -= 1 }
            // Scripts without spaces run on into an address.
            if let foreign = bytes[start..<at].lastIndex(where: { $0 >= 0xE0 }), foreign + 3 < at {
                start = foreign + 3
            }
            // What a sentence puts before an address is no part of it.
            while start < at, !bytes[start].isASCIIAlphanumeric, bytes[start] < 0x80, bytes[start] != UInt8(ascii: "_")
            {
                start += 1
            }
        }
        var stop = at + 1
        while stop < bytes.count, stop - at < 255, isDomain(bytes[stop]) { stop += 1 }
        while stop > at + 1, !bytes[stop - 1].isASCIIAlphanumeric, bytes[stop - 1] < 0x80 { stop -= 1 }
        guard start < at, hasLabels(bytes[(at + 1)..<stop]) else { return nil }
        return start..<stop
    }

    /// Names, with a dot between them, and at the end one that is no number.
    private static func hasLabels(_ domain: ArraySlice<UInt8>) -> Bool {
        let labels = domain.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count > 1, let last = labels.last, last.count > 1, !labels.contains(where: \.isEmpty) else {
            return false
        }
        return last.contains { !$0.isASCIIDigit && $0 != UInt8(ascii: "-") }
    }

    /// `"john doe"@example.com`
    private static func quoted(before quote: Int, in bytes: [UInt8], after end: Int) -> Int? {
        guard quote > end else { return nil }
        let stretch = bytes[max(end, quote - 64)..<quote]
        guard let open = stretch.lastIndex(of: UInt8(ascii: "\"")), open + 1 < quote else { return nil }
        return stretch[open...].contains(UInt8(ascii: "\n")) ? nil : open
    }

    private static func isLocal(_ byte: UInt8) -> Bool {
        byte.isASCIIAlphanumeric || byte >= 0x80 || "!#$%&'*+-/=?^_`{|}~.".utf8.contains(byte)
    }

    private static func isDomain(_ byte: UInt8) -> Bool {
        byte.isASCIIAlphanumeric || byte >= 0x80 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }
}
