/// A street with its house number, and the town that follows, where a postal code shows that it does.
///
/// English: "742 Evergreen Terrace". Romance languages: "Calle Mayor 12", "12 rue de la Paix". Germanic, Nordic and others, where
/// the kind of street ends the name: "Hauptstraße 5".
struct AddressRule {
    let scan: Scan

    /// What names of streets end with.
    private static let endings = [
        "straße", "strasse", "str", "weg", "allee", "platz", "gasse", "damm", "ufer", "chaussee", "straat", "laan",
        "plein", "gracht", "kade", "dreef", "vej", "gade", "vägen", "gatan", "gata", "veien", "gaten", "katu", "utca",
    ].map { Array($0.utf8) }

    func find(_ found: inout Findings) {
        for number in scan.groups.map(\.range) + scan.codes.compactMap(houseNumber) {
            guard number.count <= 5, found.isFree(number), let street = street(at: number) else { continue }
            found.take(.address, withTown(street))
        }
    }

    /// The digits of "5a".
    private func houseNumber(_ code: Range<Int>) -> Range<Int>? {
        let digits = code.lowerBound..<code.upperBound - 1
        return code.count < 6 && scan.bytes[digits].allSatisfy(\.isASCIIDigit) ? digits : nil
    }

    private func street(at number: Range<Int>) -> Range<Int>? {
        germanic(number)
            ?? (scan.roles.isDisjoint(with: [.streetAfter, .streetBefore]) ? nil : english(number) ?? romance(number))
    }

    // MARK: Streets

    /// A word with such an ending, then the number.
    private func germanic(_ number: Range<Int>) -> Range<Int>? {
        guard number.count <= 4, let gap = gap(before: number.lowerBound, of: " .") else { return nil }
        var start = gap
        while start > 0, gap - start < 40, isLetter(scan.bytes[start - 1]) { start -= 1 }
        let word = scan.bytes[start..<gap]
        guard word.count >= 6, isCapital(at: start),
            Self.endings.contains(where: { word.count > $0.count + 2 && isEqual(word.suffix($0.count), $0) })
        else { return nil }
        return start..<houseEnd(number.upperBound)
    }

    /// The number, one to four words with a capital, and a word for a street.
    private func english(_ number: Range<Int>) -> Range<Int>? {
        var position = houseEnd(number.upperBound)
        var words = 0
        while words < 5, position < scan.bytes.count, scan.bytes[position] == UInt8(ascii: " ") {
            let start = position + 1
            let end = wordEnd(start)
            guard end > start else { return nil }
            if words > 0, let cue = cue(at: start..<end), cue.roles.contains(.streetAfter),
                isCapital(at: start) || scan.roles.contains(.address)
            {
                return number.lowerBound..<end
            }
            guard isCapital(at: start) || scan.bytes[start].isASCIIDigit else { return nil }
            words += 1
            position = end
            // "St. James Street", "N. Main Street"
            let isShort = end - start == 1 || end - start == 2 && scan.bytes[end - 1] > 0x60
            if position < scan.bytes.count, scan.bytes[position] == UInt8(ascii: "."), isShort { position += 1 }
        }
        return nil
    }

    /// A word for a street, its name, and the number at either end.
    private func romance(_ number: Range<Int>) -> Range<Int>? {
        if let before = scan.cue(.streetBefore, before: number.lowerBound, within: 40),
            isName(before.range.upperBound..<number.lowerBound)
        {
            return before.range.lowerBound..<houseEnd(number.upperBound)
        }
        let end = houseEnd(number.upperBound)
        let index = scan.firstCue(at: end)
        guard index < scan.cues.count, scan.cues[index].roles.contains(.streetBefore),
            scan.cues[index].range.lowerBound - end <= 6,
            scan.bytes[end..<scan.cues[index].range.lowerBound].allSatisfy({ " ,.bister".utf8.contains($0) }),
            Self.french.contains(String(decoding: scan.bytes[scan.cues[index].range], as: UTF8.self).lowercased())
        else { return nil }
        var position = scan.cues[index].range.upperBound
        var last: Int?
        for _ in 0..<6 {
            guard position < scan.bytes.count, scan.bytes[position] == UInt8(ascii: " ") else { break }
            let word = wordEnd(position + 1)
            guard word > position + 1 else { break }
            if isCapital(at: position + 1) {
                last = word
            } else if last != nil || word - position > 5 {
                break
            }
            position = word
        }
        return last.map { number.lowerBound..<$0 }
    }

    /// The words that a number stands before.
    private static let french: Set<String> = [
        "rue", "avenue", "boulevard", "chemin", "impasse", "allée", "quai", "place", "cours",
    ]

    /// The small words in names of streets.
    private static let particles: Set<String> = [
        "de", "la", "le", "les", "du", "des", "del", "della", "delle", "di", "da", "do", "dos", "das", "van", "der",
        "den", "y", "e",
        "en", "et", "n", "nº", "num", "no", "no.", "d", "l", "dei", "los", "las",
    ]

    /// Whether this is one to six words, with capitals but for the small ones.
    private func isName(_ range: Range<Int>) -> Bool {
        let words = scan.bytes[range].split { " ,.".utf8.contains($0) }
        guard (1...6).contains(words.count), words.contains(where: { isCapital(at: $0.startIndex) }) else {
            return false
        }
        return words.allSatisfy { word in
            guard word.allSatisfy({ isLetter($0) || $0 == UInt8(ascii: "'") }) else { return false }
            return isCapital(at: word.startIndex) || Self.particles.contains(String(decoding: word, as: UTF8.self))
        }
    }

    // MARK: Town

    /// The street with what follows, up to a postal code and the town beside it.
    private func withTown(_ street: Range<Int>) -> Range<Int> {
        var position = street.upperBound
        var end = street.upperBound
        for _ in 0..<9 {
            var start = position
            while start < scan.bytes.count, start - position < 4, " ,\n\t.#".utf8.contains(scan.bytes[start]) {
                start += 1
            }
            let stop = wordEnd(start)
            guard stop > start else { break }
            let word = scan.bytes[start..<stop]
            let digits = word.count(where: \.isASCIIDigit)
            if digits >= 2, digits == word.count ? (4...6).contains(digits) : word.count <= 4 {
                end = codeEnd(stop)
                position = end
                continue
            }
            guard
                isCapital(at: start) || digits > 0 && word.count <= 4
                    || Self.units.contains(String(decoding: word, as: UTF8.self))
            else { break }
            // After the code comes the town, in one word or two.
            if end > street.upperBound { end = stop }
            position = stop
        }
        return street.lowerBound..<end
    }

    private static let units: Set<String> = ["apt", "suite", "unit", "floor", "app", "piso", "appartement", "étage"]

    /// "12345-6789", "SW1A 1AA", "1234 AB".
    private func codeEnd(_ end: Int) -> Int {
        guard end < scan.bytes.count, "- ".utf8.contains(scan.bytes[end]) else { return end }
        let next = wordEnd(end + 1)
        let word = scan.bytes[(end + 1)..<next]
        let isCode =
            word.count == 4 && word.allSatisfy(\.isASCIIDigit)
            || (2...3).contains(word.count) && word.allSatisfy { $0.isASCIIDigit || $0 >= 65 && $0 <= 90 }
        return isCode ? next : end
    }

    // MARK: Letters

    private func isLetter(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte >= 0x80 || byte == UInt8(ascii: "-") }

    /// Whether a capital begins here, of ASCII or of Western Europe.
    private func isCapital(at position: Int) -> Bool {
        guard position < scan.bytes.count else { return false }
        let byte = scan.bytes[position]
        if byte >= 65 && byte <= 90 { return true }
        return byte == 0xC3 && position + 1 < scan.bytes.count && scan.bytes[position + 1] < 0x9F || byte == 0xC5
    }

    private func wordEnd(_ start: Int) -> Int {
        var end = start
        while end < scan.bytes.count, end - start < 40,
            isLetter(scan.bytes[end]) || scan.bytes[end].isASCIIDigit
                || scan.bytes[end] == UInt8(ascii: "'")
        { end += 1 }
        return end
    }

    /// Where a house number ends: "5a", "12-14", "7/3".
    private func houseEnd(_ end: Int) -> Int {
        var stop = end
        if stop < scan.bytes.count, scan.bytes[stop].isASCIILetter,
            stop + 1 == scan.bytes.count || !scan.bytes[stop + 1].isASCIIAlphanumeric
        {
            stop += 1
        }
        guard stop + 1 < scan.bytes.count, "-/".utf8.contains(scan.bytes[stop]), scan.bytes[stop + 1].isASCIIDigit
        else { return stop }
        var last = stop + 1
        while last < scan.bytes.count, last - stop < 4, scan.bytes[last].isASCIIDigit { last += 1 }
        return last
    }

    /// The position before a run of up to two of these signs that ends here.
    private func gap(before position: Int, of signs: StaticString) -> Int? {
        var start = position
        let wanted = "\(signs)".utf8
        while start > 0, position - start < 2, wanted.contains(scan.bytes[start - 1]) { start -= 1 }
        return start < position ? start : nil
    }

    private func cue(at range: Range<Int>) -> Cue? {
        let index = scan.firstCue(at: range.lowerBound)
        guard index < scan.cues.count, scan.cues[index].range.lowerBound == range.lowerBound else { return nil }
        return scan.cues[index]
    }

    private func isEqual(_ word: ArraySlice<UInt8>, _ ending: [UInt8]) -> Bool {
        zip(word, ending).allSatisfy { $0 < 0x80 ? $0 | 0x20 == $1 : $0 == $1 }
    }
}
