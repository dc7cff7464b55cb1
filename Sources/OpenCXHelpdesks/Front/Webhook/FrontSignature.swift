internal import HelpdeskSupport
internal import OpenCXCore
internal import OpenCXCrypto

/// Front's signatures of its requests to us.
///
/// Application webhooks (dev.frontapp.com/docs/application-webhooks): HMAC-SHA256 over the time, a colon and the body. Rule
/// webhooks (dev.frontapp.com/docs/rule-webhooks): HMAC-SHA1 over the body in compact form; they tell no time.
struct FrontSignature: Sendable {
    /// The application's signing key.
    let signingKey: Secret?
    /// The company's API secret.
    let ruleSecret: Secret?

    /// Who sent a request.
    enum Origin: Sendable, Hashable {
        case application
        case rule
    }

    /// - Throws: `unauthorized` for what Front did not send, or not just now.
    func origin(of request: WebhookRequest, now: Timestamp) throws(ChannelError) -> Origin {
        guard let signature = request.header("x-front-signature"), let given = Base64.decode(signature) else {
            throw ChannelError(.unauthorized, "The request has no signature of Front's.")
        }
        guard let time = request.header("x-front-request-timestamp") else {
            try checkRule(given, request.body)
            return .rule
        }
        guard let signingKey else {
            throw ChannelError(
                .unauthorized, "The request is an application's, and no signing key is configured. Configure it.")
        }
        // Only as digits: what is signed is the text.
        guard (1...16).contains(time.utf8.count), time.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let milliseconds = Int64(time)
        else { throw ChannelError(.unauthorized, "The time of the request cannot be read.") }
        let code = SHA256.authenticationCode(for: Array((time + ":").utf8) + request.body, key: Self.key(signingKey))
        guard ConstantTime.areEqual(code, given) else { throw Self.misfit }
        guard WebhookClock.isFresh(milliseconds: milliseconds, now: now) else {
            throw ChannelError(
                .unauthorized, "The request was signed more than five minutes ago, or this server's clock is wrong.")
        }
        return .application
    }

    private func checkRule(_ given: [UInt8], _ body: [UInt8]) throws(ChannelError) {
        guard let ruleSecret else {
            throw ChannelError(.unauthorized, "The request is a rule's, and no API secret is configured. Configure it.")
        }
        let key = Self.key(ruleSecret)
        if ConstantTime.areEqual(SHA1.authenticationCode(for: body, key: key), given) { return }
        guard let compact = CompactJSON.text(of: body),
            ConstantTime.areEqual(SHA1.authenticationCode(for: compact, key: key), given)
        else { throw Self.misfit }
    }

    private static func key(_ secret: Secret) -> [UInt8] { Array(secret.reveal().utf8) }

    private static let misfit = ChannelError(
        .unauthorized, "The signature does not fit. Check the signing key and the API secret.")
}
