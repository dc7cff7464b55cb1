internal import HelpdeskSupport
internal import OpenCXCore
internal import OpenCXCrypto

/// HubSpot's signatures of its requests to us (developers.hubspot.com, validating requests; HubSpot/hubspot-api-python,
/// `utils/signature.py`).
struct HubSpotSignature: Sendable {
    /// The app's client secret.
    let secret: Secret
    /// What HubSpot was told to call.
    let url: String
    /// Whether the older schemes are taken. They have no time in them, so a request that somebody has seen can be sent
    /// again.
    let acceptsOlder: Bool

    /// - Throws: `ChannelError`, `unauthorized`.
    func check(_ request: WebhookRequest, now: Timestamp) throws(ChannelError) {
        if let given = request.header("x-hubspot-signature-v3") {
            guard let text = request.header("x-hubspot-request-timestamp"), let time = Int64(text),
                WebhookClock.isFresh(milliseconds: time, now: now)
            else {
                throw ChannelError(
                    .unauthorized, "HubSpot's request is older than five minutes, or this computer's clock is wrong.")
            }
            guard isValid(given, method: request.method, body: request.body, timestamp: text) else {
                throw Self.refusal
            }
        } else if let given = request.header("x-hubspot-signature") {
            guard acceptsOlder else {
                throw ChannelError(
                    .unauthorized,
                    "The request has no signature of version 3. Older ones can be sent again by whoever has seen "
                        + "them: make new subscriptions, or allow older signatures in the configuration.")
            }
            let version = request.header("x-hubspot-signature-version") ?? "v1"
            guard isValid(given, version: version, method: request.method, body: request.body) else {
                throw Self.refusal
            }
        } else {
            throw ChannelError(.unauthorized, "The request is not signed. HubSpot signs all of its requests.")
        }
    }

    private static let refusal = ChannelError(
        .unauthorized,
        "The signature does not fit. Check the client secret, and that the public URL is exactly what HubSpot calls."
    )

    /// Version 3: method, address, body and time, with the secret as key.
    func isValid(_ signature: String, method: String, body: [UInt8], timestamp: String) -> Bool {
        guard let given = Base64.decode(signature), given.count == 32 else { return false }
        let key = Array(secret.reveal().utf8)
        guard !key.isEmpty else { return false }
        let signed = Array(method.utf8) + Self.decoded(url) + body + Array(timestamp.utf8)
        return ConstantTime.areEqual(SHA256.authenticationCode(for: signed, key: key), given)
    }

    /// Version 1: the secret and the body. Version 2: method and address as well. A digest, not an authentication code.
    func isValid(_ signature: String, version: String, method: String, body: [UInt8]) -> Bool {
        let key = Array(secret.reveal().utf8)
        guard !key.isEmpty else { return false }
        var signed = key
        switch version {
        case "v1": break
        case "v2": signed += Array((method + url).utf8)
        default: return false
        }
        let digest = SHA256.digest(of: signed + body).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
        return ConstantTime.areEqual(Array(signature.lowercased().utf8), Array(digest.utf8))
    }

    /// The address with these escapes decoded, and no others.
    private static func decoded(_ url: String) -> [UInt8] {
        let bytes = Array(url.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var place = 0
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "%"), place + 2 < bytes.count,
                let sign = signs[String(decoding: bytes[(place + 1)...(place + 2)], as: UTF8.self).uppercased()]
            {
                result.append(sign)
                place += 3
            } else {
                result.append(bytes[place])
                place += 1
            }
        }
        return result
    }

    private static let signs: [String: UInt8] = [
        "3A": UInt8(ascii: ":"), "2F": UInt8(ascii: "/"), "3F": UInt8(ascii: "?"), "40": UInt8(ascii: "@"),
        "21": UInt8(ascii: "!"), "24": UInt8(ascii: "$"), "27": UInt8(ascii: "'"), "28": UInt8(ascii: "("),
        "29": UInt8(ascii: ")"), "2A": UInt8(ascii: "*"), "2C": UInt8(ascii: ","), "3B": UInt8(ascii: ";"),
    ]
}
