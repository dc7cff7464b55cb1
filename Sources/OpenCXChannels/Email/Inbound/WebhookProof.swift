public import OpenCXCore
internal import OpenCXCrypto

/// How a request shows that it comes from the provider, where the provider signs nothing.
public enum WebhookProof: Sendable {
    /// User name and password, as they stand in the URL that the provider was given (`https://user:password@…`).
    case basic(user: String, password: Secret)
    /// A last part of the path that nobody can guess.
    case path(Secret)

    /// Whether the request shows it.
    func accepts(_ request: WebhookRequest) -> Bool {
        switch self {
        case .path(let secret):
            let last = request.path.split(separator: "/").last ?? ""
            return !secret.reveal().isEmpty && ConstantTime.areEqual(Array(last.utf8), Array(secret.reveal().utf8))
        case .basic(let user, let password):
            guard let header = request.header("authorization"), header.lowercased().hasPrefix("basic "),
                let sent = Base64.decode(header.dropFirst(6).trimmingSpaces)
            else { return false }
            return ConstantTime.areEqual(sent, Array("\(user):\(password.reveal())".utf8))
        }
    }
}

/// Where mails come from by HTTP.
public enum InboundProvider: Sendable {
    /// Mailgun's routes (`forward()`), parsed or as MIME. Requests are signed with the account's signing key.
    case mailgun(signingKey: Secret)
    /// SendGrid's Inbound Parse, parsed or raw, without a signature.
    case sendGrid(WebhookProof)
    /// SendGrid's Inbound Parse with a security policy that signs: the public key as base64.
    case signedSendGrid(publicKey: String)
    /// Postmark's inbound webhook.
    case postmark(WebhookProof)
}
