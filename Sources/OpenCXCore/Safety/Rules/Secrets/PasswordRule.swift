/// Passwords, PINs and codes that somebody says in a chat: "my password is …", "PIN: 1234".
struct PasswordRule {
    let scan: Scan

    /// What may stand between the word for it and the word itself.
    private static let links: Set<String> = [
        "is", "was", "ist", "war", "lautet", "es", "era", "est", "était", "è", "era", "wynosi", "to", "jest", "är",
        "er", "on",
        "number", "code", "now", "currently", "jetzt", "de", "passe", "for", "my", "account", "será", "nueva", "new",
        "neues",
        "är", "é", "foi", "passwort", "password",
    ]

    /// What somebody says about a password rather than the password.
    private static let remarks: Set<String> = [
        "not", "wrong", "incorrect", "invalid", "correct", "right", "expired", "too", "being", "still", "required",
        "needed",
        "requested", "changed", "reset", "forgotten", "lost", "stored", "saved", "empty", "blank", "missing", "the",
        "a", "an",
        "my", "your", "same", "no", "never", "always", "ok", "fine", "working", "accepted", "rejected", "asked", "set",
        "shown",
        "visible", "hidden", "protected", "encrypted", "safe", "secure", "weak", "strong", "long", "short", "old", "in",
        "for",
        "to", "and", "or", "but", "what", "case", "only", "nicht", "falsch", "ungültig", "abgelaufen", "vergessen",
        "korrekt",
        "richtig", "noch", "unbekannt", "incorrecta", "incorrecto", "correcta", "olvidada", "incorrect", "oublié",
        "correcto",
        "sbagliata", "errata", "unknown", "different", "gone", "used", "given", "sent", "entered", "it", "this", "that",
        "also",
        "already", "just", "now", "all", "at", "on", "as", "if", "when", "so", "very", "really", "there", "here",
        "good", "bad",
        "field", "manager", "prompt", "box", "none", "yes", "something", "compromised", "available", "please", "failed",
        "error", "because", "impossible", "difficult", "easy", "kein", "keine", "gesperrt", "locked", "blocked",
        "definitely",
        "absolutely", "input", "verified", "authentication", "oauth2", "normal",
    ]

    func find(_ found: inout Findings) {
        guard scan.roles.contains(.password) else { return }
        for cue in scan.cues where cue.roles.contains(.password) {
            if let range = value(after: cue.range) { found.take(.credentials, range) }
        }
    }

    private func value(after cue: Range<Int>) -> Range<Int>? {
        var position = cue.upperBound
        var isMarked = false
        var isSaid = false
        // At most three words and a few signs lie between.
        for _ in 0..<8 {
            let start = position
            while position < scan.bytes.count, position - start < 4, " \t*_`'\"".utf8.contains(scan.bytes[position]) {
                position += 1
            }
            guard position < scan.bytes.count else { return nil }
            switch scan.bytes[position] {
            case UInt8(ascii: ":"), UInt8(ascii: "="):
                isMarked = true
                position += 1
                if position < scan.bytes.count, scan.bytes[position] == UInt8(ascii: ">") { position += 1 }
                continue
            case UInt8(ascii: "-")
            where position + 1 < scan.bytes.count && " >".utf8.contains(scan.bytes[position + 1]):
                isMarked = true
                position += 2
                continue
            default: break
            }
            let word = word(at: position)
            guard !word.isEmpty else { return nil }
            let text = lowercased(word)
            if !isMarked, Self.links.contains(text) {
                isSaid = isSaid || Self.verbs.contains(text)
                position = word.upperBound
                continue
            }
            guard isMarked || isSaid || isBare(cue, word) || isChange(cue, word) else { return nil }
            return isSecret(word, text, isMarked: isMarked) ? word : nil
        }
        return nil
    }

    private static let verbs: Set<String> = [
        "is", "was", "ist", "war", "lautet", "es", "era", "est", "était", "è", "jest", "är", "er", "é", "foi",
    ]

    /// What ends words that say something about a password.
    private static let remarkEndings = [
        "ed", "ing", "able", "ible", "less", "ful", "al", "ic", "ive", "ous", "ent", "ant", "ct", "ly", "te", "en",
        "bar",
    ]

    /// "PIN 1234", "CVV 123": digits right behind the word.
    private func isBare(_ cue: Range<Int>, _ word: Range<Int>) -> Bool {
        cue.count <= 4 && word.lowerBound - cue.upperBound <= 1 && scan.bytes[word].allSatisfy(\.isASCIIDigit)
    }

    /// "change my PIN to 1234": digits soon behind the word.
    private func isChange(_ cue: Range<Int>, _ word: Range<Int>) -> Bool {
        word.lowerBound - cue.upperBound <= 12 && (4...8).contains(word.count)
            && scan.bytes[word].allSatisfy(\.isASCIIDigit)
    }

    /// Everything up to a space or a quotation mark, without the sentence's end.
    private func word(at start: Int) -> Range<Int> {
        var end = start
        while end < scan.bytes.count, end - start < 128, scan.bytes[end] > 32, !"\"`<>".utf8.contains(scan.bytes[end]) {
            end += 1
        }
        while end > start, ".,;:)'*_".utf8.contains(scan.bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    private func lowercased(_ range: Range<Int>) -> String {
        String(decoding: scan.bytes[range].prefix(40), as: UTF8.self).lowercased()
    }

    private func isSecret(_ range: Range<Int>, _ text: String, isMarked: Bool) -> Bool {
        let word = scan.bytes[range]
        let bare = String(text.reversed().drop { "!?".contains($0) }.reversed())
        guard word.count >= 3, !Self.remarks.contains(bare), word.first != UInt8(ascii: "[") else { return false }
        let digits = word.count(where: \.isASCIIDigit)
        if digits == word.count { return (3...12).contains(digits) }
        if digits > 0 || word.contains(where: { $0 < 0x80 && !$0.isASCIIAlphanumeric && !"'-/?!".utf8.contains($0) }) {
            return word.count >= 4
        }
        if word.dropFirst().contains(where: { $0 >= 65 && $0 <= 90 }), word.contains(where: { $0 >= 97 && $0 <= 122 }) {
            return true
        }
        // A plain word is a password where it is quoted, or ends a line and says nothing about one.
        let end = range.upperBound
        if let before = scan.bytes[..<range.lowerBound].last, "\"'`".utf8.contains(before) { return true }
        let isLast = end == scan.bytes.count || "\n.,;!".utf8.contains(scan.bytes[end])
        return isLast && word.count >= 4 && (isMarked || !Self.remarkEndings.contains { bare.hasSuffix($0) })
    }
}
