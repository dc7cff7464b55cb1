/// Keys and tokens for interfaces: by the letters their issuers put before them, by their form (JSON Web Token, RFC 7519; PEM,
/// RFC 7468), or long and mixed after a word for a key.
struct KeyRule {
    let scan: Scan

    /// What issuers put before their keys, in their own documentation, and how long such a key is at least.
    private static let prefixes: [(text: [UInt8], length: Int)] = [
        ("sk-", 20), ("sk_live_", 20), ("sk_test_", 20), ("pk_live_", 20), ("rk_live_", 20), ("ghp_", 30), ("gho_", 30),
        ("ghu_", 30), ("ghs_", 30), ("ghr_", 30), ("github_pat_", 30), ("glpat-", 20), ("AKIA", 20), ("ASIA", 20),
        ("AIza", 35), ("xoxb-", 20), ("xoxp-", 20), ("xoxa-", 20), ("xoxr-", 20), ("xoxs-", 20), ("xapp-", 20),
        ("SG.", 30),
        ("hf_", 20), ("npm_", 30), ("pypi-", 30), ("dckr_pat_", 20), ("shpat_", 30), ("shpss_", 30), ("ya29.", 30),
        ("sq0atp-", 20), ("sq0csp-", 20), ("whsec_", 24), ("lin_api_", 30), ("ntn_", 30), ("dop_v1_", 40),
        ("rzp_live_", 18),
        ("EAACEdEose0cBA", 20), ("key-", 30), ("eyJ", 60), ("figd_", 30), ("sntrys_", 30), ("glsa_", 30), ("tfp_", 30),
    ].map { (Array($0.0.utf8), $0.1) }

    func find(_ found: inout Findings) {
        var next = 0
        while next < scan.rules.count {
            guard let key = privateKey(next) else {
                next += 1
                continue
            }
            found.take(.apiKey, key)
            while next < scan.rules.count, scan.rules[next] < key.upperBound { next += 1 }
        }
        var end = 0
        for word in scan.longWords where word.lowerBound >= end {
            let token = token(around: word)
            end = token.upperBound
            if isKey(token) { found.take(.apiKey, token) }
        }
    }

    /// `-----BEGIN … PRIVATE KEY-----` up to the end of its last line, or of the text.
    private func privateKey(_ rule: Int) -> Range<Int>? {
        let start = scan.rules[rule]
        let head = scan.bytes[min(start + 5, scan.bytes.count)...].prefix(48)
        guard head.starts(with: "BEGIN ".utf8), let line = head.firstIndex(of: UInt8(ascii: "-")),
            scan.bytes[..<line].suffix(11).elementsEqual("PRIVATE KEY".utf8)
        else { return nil }
        let later = scan.rules[(rule + 1)...]
        guard
            let close = later.firstIndex(where: {
                scan.bytes[min($0 + 5, scan.bytes.count)...].starts(with: "END ".utf8)
            })
        else { return start..<scan.bytes.count }
        let end = close + 1 < scan.rules.count ? scan.rules[close + 1] + 5 : scan.bytes.count
        return start..<min(scan.bytes.count, end)
    }

    /// The word with the signs that keys have, up to 512 bytes of it.
    private func token(around word: Range<Int>) -> Range<Int> {
        var start = word.lowerBound
        while start > 0, word.lowerBound - start < 64, isTokenSign(scan.bytes[start - 1]) { start -= 1 }
        while start < word.lowerBound, !scan.bytes[start].isASCIIAlphanumeric { start += 1 }
        var end = word.upperBound
        while end < scan.bytes.count, end - start < 4096,
            isTokenSign(scan.bytes[end]) || scan.bytes[end] == UInt8(ascii: "=")
        {
            end += 1
        }
        while end > word.upperBound,
            scan.bytes[end - 1] == UInt8(ascii: ".") || scan.bytes[end - 1] == UInt8(ascii: "-")
        {
            end -= 1
        }
        return start..<end
    }

    private func isTokenSign(_ byte: UInt8) -> Bool {
        byte.isASCIIAlphanumeric || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            || byte == UInt8(ascii: "+")
    }

    private func isKey(_ range: Range<Int>) -> Bool {
        let token = scan.bytes[range]
        let isMixed = token.contains(where: \.isASCIIDigit) && token.contains(where: \.isASCIILetter)
        guard isMixed else { return false }
        if Self.prefixes.contains(where: { token.count >= $0.length && token.starts(with: $0.text) }) {
            return !token.starts(with: "eyJ".utf8) || token.count(where: { $0 == UInt8(ascii: ".") }) >= 1
        }
        guard token.count >= Scan.longWord, !scan.roles.isDisjoint(with: .key), isVaried(token) else { return false }
        guard let cue = scan.cue(.key, before: range.lowerBound, within: 24) else { return false }
        return !scan.bytes[cue.range.upperBound..<range.lowerBound].contains(UInt8(ascii: "\n"))
    }

    /// Whether there are many different characters, as chance makes them.
    private func isVaried(_ token: ArraySlice<UInt8>) -> Bool {
        Set(token).count >= 9 && token.count(where: \.isASCIIDigit) >= 2
    }
}

/// A name and a password in a URL (RFC 3986, section 3.2.1).
struct URLCredentialsRule {
    let scan: Scan

    func find(_ found: inout Findings) {
        for scheme in scan.schemes {
            let start = scheme + 3
            var position = start
            var colon: Int?
            while position < scan.bytes.count, position - start < 256 {
                let byte = scan.bytes[position]
                if byte == UInt8(ascii: "@") {
                    if let colon, colon > start || position > colon + 1 { found.take(.credentials, start..<position) }
                    break
                }
                if byte == UInt8(ascii: ":") { colon = colon ?? position }
                if byte <= 32 || "/?#\"<>".utf8.contains(byte) { break }
                position += 1
            }
        }
    }
}
