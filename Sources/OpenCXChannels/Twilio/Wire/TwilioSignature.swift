internal import OpenCXCore
internal import OpenCXCrypto

/// Twilio's signature of its requests to us (twilio.com/docs/usage/security; twilio-python, `request_validator.py`).
struct TwilioSignature: Sendable {
    /// What Twilio signs with.
    let token: Secret

    /// Whether the signature fits the request.
    ///
    /// - Parameters:
    ///   - signature: the header `X-Twilio-Signature`.
    ///   - url: what Twilio was told to call, with its query; not what is seen behind a proxy.
    ///   - form: the fields, when the body is a form.
    ///   - body: the body, byte for byte.
    func isValid(_ signature: String?, url: String, form: FormFields?, body: [UInt8]) -> Bool {
        guard let signature, let given = Base64.decode(signature), given.count == SHA1.byteCount else { return false }
        var fields: [UInt8] = []
        if let form {
            fields = Self.joined(form)
        } else if !body.isEmpty {
            guard Self.hasDigest(url, of: body) else { return false }
        }
        let key = Array(token.reveal().utf8)
        // Twilio signs with the port or without, and not consistently.
        return Self.spellings(of: url).contains { url in
            ConstantTime.areEqual(SHA1.authenticationCode(for: Array(url.utf8) + fields, key: key), given)
        }
    }

    /// Names and values without separators, sorted by name, repeated values once.
    private static func joined(_ form: FormFields) -> [UInt8] {
        let sorted = form.all.map { (Array($0.name.utf8), Array($0.value.utf8)) }.sorted {
            $0.0 == $1.0 ? $0.1.lexicographicallyPrecedes($1.1) : $0.0.lexicographicallyPrecedes($1.0)
        }
        var result: [UInt8] = []
        var last: (name: [UInt8], value: [UInt8])?
        for (name, value) in sorted {
            if let last, last.name == name, last.value == value { continue }
            result += name + value
            last = (name, value)
        }
        return result
    }

    /// A body that is no form is named by its digest in the URL.
    private static func hasDigest(_ url: String, of body: [UInt8]) -> Bool {
        guard let query = url.split(separator: "?", maxSplits: 1).dropFirst().first,
            let named = query.split(separator: "&").first(where: { $0.hasPrefix("bodySHA256=") })
        else { return false }
        let digest = SHA256.digest(of: body).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
        return ConstantTime.areEqual(Array(named.dropFirst(11).lowercased().utf8), Array(digest.utf8))
    }

    /// The URL as it is, with its scheme's port, and without it.
    private static func spellings(of url: String) -> Set<String> {
        guard let scheme = url.firstRange(of: "://") else { return [url] }
        let port = url[..<scheme.lowerBound].lowercased() == "https" ? ":443" : ":80"
        let rest = url[scheme.upperBound...]
        let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        let authority = rest[..<end]
        let head = url[..<scheme.upperBound]
        if authority.hasSuffix(port) {
            return [url, String(head + authority.dropLast(port.count) + rest[end...])]
        }
        // Another port stays. The colons of an IPv6 address stand before its bracket.
        let hasPort = authority[(authority.lastIndex(of: "]") ?? authority.startIndex)...].contains(":")
        return hasPort ? [url] : [url, String(head + authority) + port + rest[end...]]
    }
}
