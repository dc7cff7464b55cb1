internal import OpenCXCore
internal import OpenCXCrypto

/// A JSON Web Token under HS256 (RFC 7515, RFC 7519): the one algorithm, whatever a token's header asks for.
enum SignedToken {
    /// Longer ones are not looked at.
    static let byteLimit = 8192

    static func make(_ claims: JSONValue, key: [UInt8]) -> String {
        let header: JSONValue = ["alg": "HS256", "typ": "JWT"]
        let signed = Base64URL.encode(header.serialized()) + "." + Base64URL.encode(claims.serialized())
        let code = SHA256.authenticationCode(for: Array(signed.utf8), key: key)
        return signed + "." + Base64URL.encode(code)
    }

    /// The claims of a token that one of the keys has signed; `nil` for any other text. The code is checked before anything of
    /// the token is read.
    static func claims(of token: String, keys: [[UInt8]]) -> JSONValue? {
        guard token.utf8.count <= byteLimit else { return nil }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let code = Base64URL.decode(parts[2]) else { return nil }
        let signed = Array(parts[0].utf8) + [UInt8(ascii: ".")] + Array(parts[1].utf8)
        guard keys.contains(where: { ConstantTime.areEqual(SHA256.authenticationCode(for: signed, key: $0), code) }),
            let headerBytes = Base64URL.decode(parts[0]), let header = try? JSONValue(parsing: headerBytes),
            // A header that lists what must be understood ("crit") is not understood.
            header["alg"] == "HS256", header["crit"] == nil,
            let claimBytes = Base64URL.decode(parts[1]), let claims = try? JSONValue(parsing: claimBytes),
            case .object = claims
        else { return nil }
        return claims
    }
}
