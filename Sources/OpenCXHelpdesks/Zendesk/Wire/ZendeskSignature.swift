internal import HelpdeskSupport
internal import OpenCXCore
internal import OpenCXCrypto

/// Zendesk's signature of its webhooks: HMAC-SHA256 over the timestamp and the body, in base64
/// (developer.zendesk.com, Verifying a webhook's authenticity). An older revision of that page prints a value over the body and the
/// timestamp, which Zendesk does not send.
struct ZendeskSignature: Sendable {
    let secrets: [Secret]

    /// Makes sure that a request comes from Zendesk, and now.
    ///
    /// - Throws: `ChannelError`, `unauthorized`.
    func check(_ request: WebhookRequest, now: Timestamp) throws(ChannelError) {
        guard let signature = request.header("x-zendesk-webhook-signature"),
            let time = request.header("x-zendesk-webhook-signature-timestamp"),
            let given = Base64.decode(signature), given.count == SHA256.byteCount
        else { throw ChannelError(.unauthorized, "The request is not signed as Zendesk signs its webhooks.") }
        let signed = Array(time.utf8) + request.body
        // All are tried, so that the time tells nothing of which one fits.
        var fits = false
        for secret in secrets where !secret.reveal().isEmpty {
            let code = SHA256.authenticationCode(for: signed, key: Array(secret.reveal().utf8))
            if ConstantTime.areEqual(code, given) { fits = true }
        }
        guard fits else {
            throw ChannelError(
                .unauthorized, "The signature does not fit. Check the webhook's signing secret in the configuration.")
        }
        guard let sent = ZendeskTime.timestamp(time), WebhookClock.isFresh(milliseconds: sent.milliseconds, now: now)
        else {
            throw ChannelError(.unauthorized, "The request was signed too long ago, or our clock is wrong.")
        }
    }
}
