/// IP addresses of version 4 (RFC 791): four numbers below 256 that no word calls a version.
struct IPv4Rule {
    var run: NumberRun
    var context: NumberContext

    /// How many groups of digits are an address; `nil` when none are.
    var match: Int? {
        guard run.parts.count >= 4, run.parts[1..<4].allSatisfy({ $0.separators == .dot && $0.gap == 1 }) else {
            return nil
        }
        let octets = (0..<4).map { part in
            run.parts[part].range.count > 3 ? 999 : run.number((part == 0 ? 0 : run.total(part))..<run.total(part + 1))
        }
        guard octets.allSatisfy({ $0 < 256 }) else { return nil }
        let hasLeadingZero = run.parts.prefix(4).contains {
            $0.range.count > 1 && run.scan.bytes[$0.range.lowerBound] == 48
        }
        if hasLeadingZero { return nil }
        if let before = run.before, before == UInt8(ascii: ".") || before == UInt8(ascii: "-") { return nil }
        guard run.after(4)?.isASCIILetter != true, !isFollowedByNumber else { return nil }
        return isPrivate(octets) || !isVersion(octets) ? 4 : nil
    }

    private var isFollowedByNumber: Bool {
        guard run.parts.count > 4 else { return false }
        let next = run.parts[4]
        return next.gap == 1 && (next.separators == .dot || next.separators == .hyphen)
    }

    private func isPrivate(_ octets: [Int]) -> Bool {
        switch (octets[0], octets[1]) {
        case (10, 0...255), (127, _), (192, 168), (172, 16...31), (169, 254), (0, 0), (255, _): !context.says(.version)
        default: false
        }
    }

    /// Versions have small numbers and follow a name; addresses follow a word such as "server".
    private func isVersion(_ octets: [Int]) -> Bool {
        if context.says(.version) || context.before.contains(.matter) && context.distance < 12 { return true }
        if context.before.contains(.network) || context.after.contains(.network) { return false }
        let small = octets.dropFirst().count { $0 < 20 }
        return octets[0] < 100 && small >= 2 && follows()
    }

    /// Whether a word that names something stands right before it.
    private func follows() -> Bool {
        guard run.start > 1, run.before == UInt8(ascii: " ") else { return false }
        return run.scan.bytes[run.start - 2].isASCIIAlphanumeric
    }
}

/// IP addresses of version 6 (RFC 4291) and MAC addresses (IEEE 802), both made of hexadecimal digits and colons.
struct ColonRule {
    let bytes: [UInt8]

    /// The address that begins here, where a letter, digit or colon stands and none before it.
    func match(at start: Int) -> (kind: PIIKind, range: Range<Int>)? {
        var end = start
        while end < bytes.count, end - start < 60, bytes[end].isHexDigit || Self.isSign(bytes[end]) { end += 1 }
        while end > start, bytes[end - 1] == UInt8(ascii: ".") || bytes[end - 1] == UInt8(ascii: "-") { end -= 1 }
        if end > start + 1, bytes[end - 1] == UInt8(ascii: ":"), bytes[end - 2] != UInt8(ascii: ":") { end -= 1 }
        if end < bytes.count, bytes[end].isASCIIAlphanumeric { return nil }
        let word = bytes[start..<end]
        if let mac = hardware(word) { return mac ? (.macAddress, start..<end) : nil }
        guard word.count(where: { $0 == UInt8(ascii: ":") }) >= 2, isVersion6(word) else { return nil }
        return (.ipAddress, start..<zone(after: end))
    }

    private static func isSign(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }

    /// Six pairs with one sign between them, or three fours with dots; not all of them 0 or F. `nil`: another form.
    private func hardware(_ word: ArraySlice<UInt8>) -> Bool? {
        let pairs = word.count == 17 ? 2 : word.count == 14 ? 4 : 0
        guard pairs > 0, let sign = word.dropFirst(pairs).first, Self.isSign(sign),
            pairs == 2 || sign == UInt8(ascii: ".")
        else { return nil }
        let groups = word.split(separator: sign, omittingEmptySubsequences: false)
        guard groups.count == 12 / pairs, groups.allSatisfy({ $0.count == pairs && $0.allSatisfy(\.isHexDigit) }) else {
            return nil
        }
        let digits = Set(groups.joined().map { $0 | 0x20 })
        return digits.count > 1 && (digits.contains { $0 > 0x60 } || sign == UInt8(ascii: ":") || pairs == 4)
    }

    private func isVersion6(_ word: ArraySlice<UInt8>) -> Bool {
        var groups = word.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var wanted = 8
        if let last = groups.last, last.contains(UInt8(ascii: ".")) {
            let octets = last.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            guard octets.count == 4,
                octets.allSatisfy({
                    (1...3).contains($0.count) && $0.allSatisfy(\.isASCIIDigit) && CheckDigits.value($0) < 256
                })
            else { return false }
            groups.removeLast()
            wanted = 6
        }
        guard groups.allSatisfy({ $0.count <= 4 && $0.allSatisfy(\.isHexDigit) }) else { return false }
        let empty = groups.count { $0.isEmpty }
        let full = groups.count - empty
        if empty == 0 { return full == wanted }
        // One gap, written as two colons: at an end it makes two empty groups.
        let isOpenAtStart = groups.first?.isEmpty == true && groups.count > 1 && groups[1].isEmpty
        let isOpenAtEnd =
            wanted == 8 && groups.last?.isEmpty == true && groups.count > 1 && groups[groups.count - 2].isEmpty
        let allowed = isOpenAtStart || isOpenAtEnd ? 2 : 1
        guard empty == allowed || isOpenAtStart && isOpenAtEnd && full == 0 && empty == 3, full < wanted else {
            return false
        }
        if groups.first?.isEmpty == true, !isOpenAtStart { return false }
        if wanted == 8, groups.last?.isEmpty == true, !isOpenAtEnd { return false }
        // "::" alone stands in texts as a sign.
        return full > 0 && (full > 1 || groups.contains { $0.contains(where: \.isASCIIDigit) } || wanted == 6)
            || wanted == 6
    }

    /// `%eth0` names the interface.
    private func zone(after end: Int) -> Int {
        guard end + 1 < bytes.count, bytes[end] == UInt8(ascii: "%"), bytes[end + 1].isASCIIAlphanumeric else {
            return end
        }
        var stop = end + 1
        while stop < bytes.count, stop - end < 16, bytes[stop].isASCIIAlphanumeric { stop += 1 }
        return stop
    }
}
