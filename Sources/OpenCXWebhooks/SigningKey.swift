internal import OpenCXCore
internal import OpenCXCrypto

/// A key out of a secret in the form of the specification: `whsec_` and the Base64 of 24 to 64 bytes.
struct SigningKey: Sendable {
    private let secret: Secret
    private let bytes: [UInt8]

    init(_ secret: Secret) throws(WebhookError) {
        let text = secret.reveal()
        guard text.hasPrefix("whsec_"), let bytes = Base64.decode(text.dropFirst(6)), (24...64).contains(bytes.count)
        else {
            throw WebhookError(
                .badSecret,
                """
                A webhook's secret is the word whsec_ and the Base64 of 24 to 64 random bytes. One is made by: \
                echo "whsec_$(openssl rand -base64 32)"
                """)
        }
        self.secret = secret
        self.bytes = bytes
    }

    static func keys(_ secrets: [Secret]) throws(WebhookError) -> [SigningKey] {
        guard !secrets.isEmpty else { throw WebhookError(.badSecret, "A webhook needs at least one secret.") }
        var keys: [SigningKey] = []
        for secret in secrets { keys.append(try SigningKey(secret)) }
        return keys
    }

    /// The signature of a request, without its version.
    func signature(id: String, seconds: Int64, body: [UInt8]) -> [UInt8] {
        SHA256.authenticationCode(for: Array("\(id).\(seconds).".utf8) + body, key: bytes)
    }
}

extension SigningKey: CustomStringConvertible, CustomReflectable {
    var description: String { secret.description }
    var customMirror: Mirror { Mirror(self, children: [:]) }
}
