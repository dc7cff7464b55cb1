/// Reads a text once and lets every rule look where its kind of thing may begin.
struct Detector: Sendable {
    let policy: RedactionPolicy
    private let regions: [PhonePlan]
    /// The names that are always looked for.
    private let standingNames: NameRule?

    init(_ policy: RedactionPolicy) {
        self.policy = policy
        standingNames = NameRule(policy.names)
        regions = PhonePlans.world.regions.filter { policy.regions.contains($0.region) }
    }

    /// What a text has of the kinds that the policy names, in UTF-8 bytes of the text.
    func findings(in text: String, names: [String]) -> [PIIFinding] {
        let known = names.isEmpty ? standingNames : NameRule(names + policy.names)
        var scan = Scan(PlainForm(text))
        if scan.isHarmless, known == nil, policy.patterns.isEmpty { return [] }
        if let spoken = SpokenForm(scan).text { scan = Scan(spoken) }
        var found = Findings(length: scan.bytes.count)
        for placeholder in scan.placeholders { found.block(placeholder) }
        look(at: scan, &found)
        if policy.kinds.contains(.name), let known { known.find(in: scan, &found) }
        let findings = found.all.filter { policy.kinds.contains($0.kind) }
            .map { PIIFinding(kind: $0.kind, range: scan.text.place(of: $0.range)) }
        return policy.patterns.isEmpty ? findings : findings + custom(text, sparing: scan)
    }

    private func look(at scan: Scan, _ found: inout Findings) {
        KeyRule(scan: scan).find(&found)
        URLCredentialsRule(scan: scan).find(&found)
        emails(scan, &found)
        accounts(scan, &found)
        if scan.hexColons > 1 || !scan.codes.isEmpty { machines(scan, &found) }
        DocumentRule(scan: scan).find(&found)
        PasswordRule(scan: scan).find(&found)
        BirthDateRule(scan: scan).find(&found)
        WalletRule(scan: scan).find(&found)
        codes(scan, &found)
        numbers(scan, &found)
        AddressRule(scan: scan).find(&found)
    }

    /// What the team's own patterns find, but for what is a placeholder already.
    private func custom(_ text: String, sparing scan: Scan) -> [PIIFinding] {
        let placeholders = scan.placeholders.map { scan.text.place(of: $0) }
        return policy.patterns.flatMap { pattern in
            pattern.matches(in: text).map { PIIFinding(kind: pattern.kind, range: $0) }
        }.filter { finding in !placeholders.contains { $0.overlaps(finding.range) } }
    }

    private func emails(_ scan: Scan, _ found: inout Findings) {
        var end = 0
        for at in scan.ats {
            guard let range = EmailRule.range(around: at, in: scan.bytes, after: end) else { continue }
            found.take(.email, range)
            end = range.upperBound
        }
    }

    /// Bank accounts: two letters, then digits, together or not.
    private func accounts(_ scan: Scan, _ found: inout Findings) {
        for code in scan.codes where scan.bytes[code.lowerBound].isASCIILetter {
            let isNamed = code.count > 4 && scan.bytes[code.lowerBound..<code.lowerBound + 4].elementsEqual("IBAN".utf8)
            let start = isNamed ? code.lowerBound + 4 : code.lowerBound
            if let range = IBANRule.range(at: start, in: scan.bytes) { found.take(.iban, range) }
        }
        for group in scan.groups where group.range.count < 5 {
            guard let start = scan.lettersBefore(group.range.lowerBound),
                let range = IBANRule.range(at: start, in: scan.bytes)
            else { continue }
            found.take(.iban, range)
        }
    }

    private func machines(_ scan: Scan, _ found: inout Findings) {
        let rule = ColonRule(bytes: scan.bytes)
        var position = 0
        while position < scan.bytes.count {
            let byte = scan.bytes[position]
            let isStart = byte.isASCIIAlphanumeric || byte == UInt8(ascii: ":")
            guard isStart else {
                position += 1
                continue
            }
            if let match = rule.match(at: position), found.take(match.kind, match.range) {
                position = match.range.upperBound
            } else {
                let start = position
                while position < scan.bytes.count,
                    scan.bytes[position].isASCIIAlphanumeric || scan.bytes[position] == UInt8(ascii: ":")
                        || position == start
                { position += 1 }
            }
        }
    }

    /// Words of letters and digits, digits with a letter behind them, and digits with a few letters before them.
    private func codes(_ scan: Scan, _ found: inout Findings) {
        let rule = CodeIDRule(scan: scan)
        for code in scan.codes where found.isFree(code) {
            if let match = rule.match(at: code.lowerBound) { found.take(match.kind, match.range) }
        }
        for group in scan.groups where group.range.count < 10 && found.isFree(group.range) {
            let start = group.range.lowerBound
            if scan.isFollowedByLetter(group.range.upperBound), !scan.isGluedToLetter(start),
                let match = rule.match(at: start)
            {
                found.take(match.kind, match.range)
            } else if let word = scan.wordBefore(start), let match = rule.match(at: word) {
                found.take(match.kind, match.range)
            }
        }
    }

    private func numbers(_ scan: Scan, _ found: inout Findings) {
        var index = 0
        while index < scan.groups.count {
            let group = scan.groups[index]
            guard found.isFree(group.range), !scan.isGluedToLetter(group.range.lowerBound) else {
                index += 1
                continue
            }
            let run = NumberRun(scan, from: index)
            guard run.digits.count > 3, let (kind, count) = match(run) else {
                index += 1
                continue
            }
            var range = run.range(count)
            if kind == .phone { range = scan.widened(range, to: scan.groups[index + count - 1].extended) }
            found.take(kind, range)
            index += count
        }
    }

    /// What the number is, and how many groups of digits it has.
    private func match(_ run: NumberRun) -> (kind: PIIKind, count: Int)? {
        let context = run.scan.context(of: run.range(run.parts.count))
        if let count = IPv4Rule(run: run, context: context).match { return (.ipAddress, count) }
        if let count = CardRule(run: run, context: context).match { return (.creditCard, count) }
        if let count = SocialSecurityRule(run: run, context: context).match { return (.ssn, count) }
        if let match = NumericIDRule(run: run, context: context).match { return match }
        if let count = phone(run, context) { return (.phone, count) }
        return nil
    }

    /// A telephone number without the payment card that follows it.
    private func phone(_ run: NumberRun, _ context: NumberContext) -> Int? {
        guard let count = PhoneRule(run: run, context: context, regions: regions).match else { return nil }
        for next in 1..<max(1, count) where run.total(count) - run.total(next) >= 12 || run.digits.count > 15 {
            let rest = NumberRun(run.scan, from: run.first + next)
            guard CardRule(run: rest, context: NumberContext()).match != nil else { continue }
            return run.total(next) >= 7 ? next : nil
        }
        return count
    }
}

extension Scan {
    /// The last code that ends at or before a position.
    func codeBefore(_ position: Int) -> Range<Int>? {
        var low = 0
        var high = codes.count
        while low < high {
            let middle = (low + high) / 2
            if codes[middle].upperBound <= position { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? codes[low - 1] : nil
    }

    /// Where two letters stand right before a position, with at most one separator after each, and no letter before them.
    func lettersBefore(_ position: Int) -> Int? {
        var place = position
        for _ in 0..<2 {
            if place > 0, !bytes[place - 1].isASCIIAlphanumeric, bytes[place - 1] < 0x80 { place -= 1 }
            guard place > 0, bytes[place - 1].isASCIILetter else { return nil }
            place -= 1
        }
        return place == 0 || !bytes[place - 1].isASCIIAlphanumeric ? place : nil
    }

    /// Where a word of at most four letters begins that stands right before a position, with one sign between.
    func wordBefore(_ position: Int) -> Int? {
        guard position > 1, " -./".utf8.contains(bytes[position - 1]) else { return nil }
        var start = position - 1
        while start > 0, position - start < 7, bytes[start - 1].isASCIILetter { start -= 1 }
        let isWord = (1...4).contains(position - 1 - start) && (start == 0 || !bytes[start - 1].isASCIIAlphanumeric)
        return isWord ? start : nil
    }

    /// Whether a hyphen and a capital letter stand right behind a position, or more digits that may lead to one.
    func isFollowedByLetter(_ position: Int) -> Bool {
        guard position + 1 < bytes.count, "-. (+".utf8.contains(bytes[position]) else { return false }
        return bytes[position + 1].isASCIIAlphanumeric
    }

    /// Whether a hyphen or the like ties a position to a letter or digit before it.
    func isInsideWord(_ position: Int) -> Bool {
        position > 1 && "-_/.".utf8.contains(bytes[position - 1]) && bytes[position - 2].isASCIIAlphanumeric
    }

    /// Whether a letter or digit stands right before a position.
    func isGluedToLetter(_ position: Int) -> Bool {
        position > 0 && bytes[position - 1].isASCIIAlphanumeric && !text.isSeam(position)
    }

    /// A telephone number with its plus, its opening parenthesis and its extension.
    func widened(_ range: Range<Int>, to end: Int) -> Range<Int> {
        var start = range.lowerBound
        while start > 0, range.lowerBound - start < 3 {
            let byte = bytes[start - 1]
            guard byte == UInt8(ascii: "+") || byte == UInt8(ascii: "(") || byte == UInt8(ascii: " ") else { break }
            start -= 1
        }
        while start < range.lowerBound, bytes[start] == UInt8(ascii: " ") { start += 1 }
        if bytes[start] == UInt8(ascii: "("), !bytes[range].contains(UInt8(ascii: ")")),
            start + 1 == range.lowerBound || bytes[start + 1] != UInt8(ascii: "+")
        {
            start += 1
        }
        return start..<extensionEnd(after: max(range.upperBound, end))
    }

    /// Where "ext. 104" after a number ends.
    private func extensionEnd(after end: Int) -> Int {
        var position = end
        while position - end < 2, position < bytes.count,
            bytes[position] == UInt8(ascii: " ") || bytes[position] == UInt8(ascii: ",")
        {
            position += 1
        }
        let rest = bytes[position...].prefix(10)
        guard
            let word = ["extension", "ext", "x"].first(where: { word in
                rest.count >= word.utf8.count && zip(rest, word.utf8).allSatisfy { $0 | 0x20 == $1 }
            })
        else { return end }
        position += word.utf8.count
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") { position += 1 }
        if position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
        let digits = position
        while position < bytes.count, position - digits < 7, bytes[position].isASCIIDigit { position += 1 }
        return (1...6).contains(position - digits) ? position : end
    }
}
