/// E-mail addresses with words or brackets for their signs.
struct SpokenAddresses {
    let scan: Scan

    private typealias Replacement = (range: Range<Int>, bytes: [UInt8])

    /// How sure a sign is to be an `@`.
    private enum Certainty { case word, spaced, sign }

    var replacements: [(range: Range<Int>, bytes: [UInt8])] {
        var found: [Replacement] = []
        var end = 0
        for cue in scan.cues where !cue.roles.isDisjoint(with: [.at, .commercialAt]) {
            let isSign = cue.roles.contains(.commercialAt)
            add(cue.range, isSign ? .sign : .word, &found, &end)
        }
        for at in scan.ats { add(at..<at + 1, .spaced, &found, &end) }
        return found
    }

    private func add(_ at: Range<Int>, _ certainty: Certainty, _ found: inout [Replacement], _ end: inout Int) {
        guard let (sign, certainty) = sign(at, certainty), let local = local(before: sign.lowerBound),
            let domain = domain(after: sign.upperBound), isPlausible(local, domain, certainty)
        else { return }
        found += local.signs
        found.append((sign, [UInt8(ascii: "@")]))
        found += domain.signs
    }

    /// The sign with what is around it: spaces, or brackets, or hyphens.
    private func sign(_ range: Range<Int>, _ certainty: Certainty) -> (Range<Int>, Certainty)? {
        if let bracketed = bracketed(range) { return (widened(bracketed), .sign) }
        let wide = widened(range)
        switch certainty {
        case .sign: return (wide, .sign)
        case .word:
            if wide.lowerBound < range.lowerBound, wide.upperBound > range.upperBound { return (wide, .word) }
            guard let before = byte(range.lowerBound - 1), let after = byte(range.upperBound), before == after,
                before == UInt8(ascii: "-") || before == UInt8(ascii: "_")
            else { return nil }
            return (range.lowerBound - 1..<range.upperBound + 1, .word)
        case .spaced:
            return wide.upperBound > range.upperBound
                ? (wide, wide.lowerBound < range.lowerBound ? .spaced : .sign) : nil
        }
    }

    private func byte(_ position: Int) -> UInt8? { scan.bytes.indices.contains(position) ? scan.bytes[position] : nil }

    private func bracketed(_ range: Range<Int>) -> Range<Int>? {
        let inner = widened(range)
        guard let open = byte(inner.lowerBound - 1), let close = byte(inner.upperBound) else { return nil }
        switch (open, close) {
        case (UInt8(ascii: "("), UInt8(ascii: ")")), (UInt8(ascii: "["), UInt8(ascii: "]")),
            (UInt8(ascii: "{"), UInt8(ascii: "}")), (UInt8(ascii: "<"), UInt8(ascii: ">")):
            return inner.lowerBound - 1..<inner.upperBound + 1
        default: return nil
        }
    }

    /// With up to two spaces on either side.
    private func widened(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while range.lowerBound - start < 2, byte(start - 1) == UInt8(ascii: " ") { start -= 1 }
        while end - range.upperBound < 2, byte(end) == UInt8(ascii: " ") { end += 1 }
        return start..<end
    }

    // MARK: Parts

    private struct Part {
        var range: Range<Int>
        var signs: [Replacement] = []
        /// Whether a sign in it is a word.
        var isSpoken = false
    }

    /// The name before the sign: words with dots, "dot" or "underscore" between them.
    private func local(before end: Int) -> Part? {
        var part = Part(range: end..<end)
        for _ in 0..<4 {
            var start = part.range.lowerBound
            while start > 0, part.range.lowerBound - start < 64, isName(scan.bytes[start - 1]) { start -= 1 }
            while start < part.range.lowerBound, !scan.bytes[start].isASCIIAlphanumeric { start += 1 }
            guard start < part.range.lowerBound else { return part.signs.isEmpty ? nil : part }
            part.range = start..<end
            guard let index = cue(endingBefore: start), let sign = dot(scan.cues[index]) else { return part }
            guard sign.range.upperBound == start, sign.range.lowerBound > 0 else { return part }
            part.signs.append(sign)
            part.isSpoken = true
            part.range = sign.range.lowerBound..<end
        }
        return part
    }

    /// The host after the sign: labels with dots or "dot" between them.
    private func domain(after start: Int) -> Part? {
        var part = Part(range: start..<start)
        var labels = 0
        var tail = 0..<0
        while labels < 6 {
            var end = part.range.upperBound
            while end < scan.bytes.count, scan.bytes[end].isASCIIAlphanumeric || scan.bytes[end] == UInt8(ascii: "-") {
                end += 1
            }
            guard end > part.range.upperBound else { break }
            tail = part.range.upperBound..<end
            part.range = start..<end
            labels += 1
            if byte(end) == UInt8(ascii: "."), byte(end + 1)?.isASCIIAlphanumeric == true {
                part.range = start..<end + 1
            } else if let sign = dot(after: end), byte(sign.range.upperBound)?.isASCIILetter == true, labels < 6 {
                let rest = topLevel(at: sign.range.upperBound)
                // " . " and "dot" go on only to something that can end an address or to another label with a dot.
                guard
                    rest || dot(after: labelEnd(sign.range.upperBound)) != nil
                        || byte(labelEnd(sign.range.upperBound)) == UInt8(ascii: ".")
                else { break }
                part.signs.append(sign)
                part.isSpoken = part.isSpoken || sign.range.count > 3
                part.range = start..<sign.range.upperBound
            } else {
                break
            }
        }
        guard labels > 1, Self.topLevels.contains(lowercased(tail)) else { return nil }
        part.range = start..<tail.upperBound
        return part
    }

    private func labelEnd(_ start: Int) -> Int {
        var end = start
        while end < scan.bytes.count, scan.bytes[end].isASCIIAlphanumeric || scan.bytes[end] == UInt8(ascii: "-") {
            end += 1
        }
        return end
    }

    private func topLevel(at start: Int) -> Bool { Self.topLevels.contains(lowercased(start..<labelEnd(start))) }

    private func lowercased(_ range: Range<Int>) -> String {
        String(decoding: scan.bytes[range].map { $0.isASCIILetter ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    private func cue(endingBefore position: Int) -> Int? {
        let index = scan.firstCue(at: position) - 1
        return index >= 0 && position - scan.cues[index].range.upperBound <= 3 ? index : nil
    }

    /// A word or sign for a dot that begins at a position.
    private func dot(after position: Int) -> Replacement? {
        var start = position
        while start - position < 2, byte(start) == UInt8(ascii: " ") { start += 1 }
        if byte(start) == UInt8(ascii: "."), start > position, byte(start + 1) == UInt8(ascii: " ") {
            return (position..<widened(start..<start + 1).upperBound, [UInt8(ascii: ".")])
        }
        let isOpen = byte(start).map { "([{<-_".utf8.contains($0) } == true
        if isOpen { start += 1 }
        if isOpen, byte(start) == UInt8(ascii: "."), let close = byte(start + 1), ")]}>".utf8.contains(close) {
            return (position..<widened(position..<start + 2).upperBound, [UInt8(ascii: ".")])
        }
        let index = scan.firstCue(at: start)
        guard index < scan.cues.count, scan.cues[index].range.lowerBound - start <= 1,
            let sign = dot(scan.cues[index]), sign.range.lowerBound <= position
        else { return nil }
        return (position..<sign.range.upperBound, sign.bytes)
    }

    /// What a word for a dot or another sign stands for, with what is around it.
    private func dot(_ cue: Cue) -> Replacement? {
        let inner = cue.range
        let isDot = cue.roles.contains(.dot)
        guard isDot || cue.roles.contains(.sign) else { return nil }
        var sign = UInt8(ascii: ".")
        if !isDot {
            switch scan.bytes[inner.lowerBound] | 0x20 {
            case UInt8(ascii: "u"): sign = UInt8(ascii: "_")
            case UInt8(ascii: "p"): sign = UInt8(ascii: "+")
            default: sign = UInt8(ascii: "-")
            }
        }
        if let bracketed = bracketed(inner) { return (widened(bracketed), [sign]) }
        let wide = widened(inner)
        if wide.lowerBound < inner.lowerBound, wide.upperBound > inner.upperBound { return (wide, [sign]) }
        guard let before = byte(inner.lowerBound - 1), before == byte(inner.upperBound), "-_".utf8.contains(before)
        else {
            return nil
        }
        return (inner.lowerBound - 1..<inner.upperBound + 1, [sign])
    }

    private func isName(_ byte: UInt8) -> Bool {
        byte.isASCIIAlphanumeric || byte >= 0x80 || "._-+".utf8.contains(byte)
    }

    // MARK: Likelihood

    private func isPlausible(_ local: Part, _ domain: Part, _ certainty: Certainty) -> Bool {
        let name = lowercased(local.range)
        if certainty == .sign { return true }
        if Self.commonWords.contains(name) { return false }
        if certainty == .spaced { return true }
        let later = scan.cues[scan.firstCue(at: domain.range.upperBound)...].prefix(3)
        let isAnnounced =
            scan.cue(.email, before: local.range.lowerBound, within: 60) != nil
            || later.contains {
                $0.roles.contains(.email) && $0.range.lowerBound - domain.range.upperBound < 24
            }
        if isAnnounced { return domain.isSpoken || !Self.commonWords.contains(name) }
        guard domain.isSpoken else { return false }
        let isName = local.isSpoken || name.utf8.contains { $0.isASCIIDigit || "._".utf8.contains($0) }
        return isName || Self.providers.contains { lowercased(domain.range).hasPrefix($0) }
    }

    private static let providers = [
        "gmail", "googlemail", "outlook", "hotmail", "yahoo", "icloud", "gmx", "web", "live", "aol", "proton",
        "protonmail",
        "mail", "yandex", "orange", "free", "libero", "t-online", "me", "msn", "zoho", "fastmail",
    ]

    /// Words that stand before "at" in a sentence and name nobody.
    private static let commonWords: Set<String> = [
        "me", "us", "is", "am", "are", "look", "looking", "available", "found", "here", "it", "meet", "be", "out",
        "log",
        "logged", "sign", "signed", "order", "ordered", "bought", "buy", "and", "or", "the", "a", "in", "on", "up",
        "site",
        "website", "shop", "store", "page", "account", "this", "that", "them", "him", "her", "you", "email", "mail",
        "online",
        "contact", "support", "now", "time", "work", "reached", "one", "directly", "back", "or",
    ]

    private static let topLevels: Set<String> = [
        "com", "net", "org", "edu", "gov", "io", "co", "uk", "de", "fr", "es", "it", "nl", "be", "at", "ch", "pl", "pt",
        "se",
        "no", "dk", "fi", "ie", "us", "ca", "au", "nz", "in", "br", "mx", "jp", "cn", "ru", "eu", "info", "biz", "me",
        "dev",
        "app", "ai", "cz", "hu", "ro", "gr", "tr", "za", "ar", "cl", "kr", "il", "example", "test", "tv", "cc",
        "online",
        "shop", "store", "site", "xyz", "mail", "cloud", "tech", "sg", "hk", "ua", "sk", "bg", "hr", "si", "lt", "lv",
        "ee",
    ]
}
