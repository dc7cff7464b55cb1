internal import FoundationEssentials
internal import OpenCXCore

/// Finds the credentials that an operation asks for.
struct SecurityReader {
    let document: Document
    let settings: OpenAPISettings

    /// What proves who calls, by the first way that there are credentials for.
    ///
    /// - Returns: and what is missing, when no way can be gone.
    func authorization(for operation: JSONValue) throws(OpenAPIError) -> (Authorization, missing: [String]) {
        guard case .array(let ways)? = operation["security"] ?? document.root["security"], !ways.isEmpty else {
            return (Authorization(), [])
        }
        var missing: [String] = []
        // A way that asks for nothing is the last resort: with credentials more is allowed.
        let names = ways.map { way -> [String] in
            if case .object(let schemes) = way { schemes.keys.sorted() } else { [] }
        }
        for way in names where !way.isEmpty {
            let known = way.filter { settings.credentials[$0] != nil }
            if known.count == way.count { return (try authorization(way), []) }
            if missing.isEmpty { missing = way.filter { settings.credentials[$0] == nil } }
        }
        return (Authorization(), names.contains([]) ? [] : missing)
    }

    private func authorization(_ schemes: [String]) throws(OpenAPIError) -> Authorization {
        var result = Authorization()
        for name in schemes {
            guard let credential = settings.credentials[name] else { continue }
            let place =
                document.version.isTwo
                ? Pointer.root.at("securityDefinitions", name)
                : Pointer.root.at("components", "securitySchemes", name)
            guard let scheme = place.value(in: document.root) else { throw Document.broken(place) }
            try add(try document.resolve(scheme, at: place).value, credential, to: &result, at: place)
        }
        return result
    }

    private func add(
        _ scheme: JSONValue, _ credential: OpenAPICredential, to result: inout Authorization, at place: Pointer
    ) throws(OpenAPIError) {
        let type = scheme["type"]?.string ?? ""
        let kind = type == "http" ? (scheme["scheme"]?.string ?? "").lowercased() : type
        switch (kind, credential) {
        case ("apiKey", .apiKey(let key)):
            guard let name = scheme["name"]?.string, HeaderName.isValid(name) else {
                throw OpenAPIError(.invalidToolSchema, at: "\(place)", "The scheme does not name its key properly.")
            }
            switch scheme["in"]?.string {
            case "header": result.headers.append((name, key))
            case "query": result.query.append((name, key))
            case "cookie": result.cookies.append((name, key))
            default:
                throw OpenAPIError(
                    .invalidToolSchema, at: "\(place)", "The key is in neither header, query nor cookie.")
            }
        case ("basic", .basic(let user, let password)):
            let pair = Data("\(user):\(password.reveal())".utf8).base64EncodedString()
            result.headers.append(("Authorization", Secret("Basic \(pair)")))
        case ("bearer", .bearer(let token)), ("oauth2", .bearer(let token)), ("openIdConnect", .bearer(let token)):
            result.headers.append(("Authorization", Secret("Bearer \(token.reveal())")))
        default:
            throw OpenAPIError(
                .badSettings, at: "\(place)",
                "The credential is not of the kind that the scheme asks for (\(kind.prefix(30))).")
        }
    }
}

/// What may name a header or a cookie (RFC 9110 `token`).
enum HeaderName {
    static func isValid(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
    }
}
