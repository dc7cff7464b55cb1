public import OpenCXCore
internal import OpenCXCrypto

/// Signs webhooks in the form of the Standard Webhooks specification, with HMAC-SHA256 (`v1`).
///
/// Several secrets give several signatures, any of which a receiver may check. To change a secret: sign with the new one
/// and the old one until every receiver knows the new one.
public struct WebhookSigner: Sendable {
    private let keys: [SigningKey]

    /// Makes a signer.
    ///
    /// - Parameter secrets: `whsec_` and Base64 each, the current one first.
    /// - Throws: ``WebhookError``, `badSecret`.
    public init(secrets: [Secret]) throws(WebhookError) {
        keys = try SigningKey.keys(secrets)
    }

    /// The headers that go with a request: `webhook-id`, `webhook-timestamp` and `webhook-signature`.
    ///
    /// - Parameters:
    ///   - id: names the event; the same for every try. Characters that the specification does not want in it, full stops
    ///     above all, are percent-encoded.
    ///   - time: the time of this try.
    ///   - body: the body, exactly as it will be sent.
    public func headers(id: String, at time: Timestamp, body: [UInt8]) -> [(name: String, value: String)] {
        let id = Self.escaped(id)
        let seconds = time.milliseconds / 1000
        let signatures = keys.map { key in
            "v1," + Base64.encode(key.signature(id: id, seconds: seconds, body: body))
        }
        return [
            ("webhook-id", id), ("webhook-timestamp", String(seconds)),
            ("webhook-signature", signatures.joined(separator: " ")),
        ]
    }

    /// The id without what could be taken for the end of it, and without what a header may not hold.
    private static func escaped(_ id: String) -> String {
        var escaped = ""
        for byte in id.utf8 {
            switch byte {
            case UInt8(ascii: "."), UInt8(ascii: "%"), 0...0x20, 0x7F...0xFF:
                escaped += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            default: escaped.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        return escaped
    }
}
