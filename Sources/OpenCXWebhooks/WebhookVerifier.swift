public import OpenCXCore
internal import OpenCXCrypto

/// Checks that a request is a webhook of somebody who knows the secret, and a fresh one.
public struct WebhookVerifier: Sendable {
    private let keys: [SigningKey]
    private let tolerance: Duration

    /// Makes a verifier.
    ///
    /// - Parameters:
    ///   - secrets: `whsec_` and Base64 each; any of them may have signed.
    ///   - tolerance: how far the time of signing may be from now, in both directions.
    /// - Throws: ``WebhookError``, `badSecret`.
    public init(secrets: [Secret], tolerance: Duration = .seconds(300)) throws(WebhookError) {
        keys = try SigningKey.keys(secrets)
        self.tolerance = tolerance
    }

    /// Checks a request.
    ///
    /// - Parameters:
    ///   - request: the request, its body byte for byte as it came.
    ///   - now: the time of receiving.
    /// - Returns: the webhook's id. The same event may come more than once, under the same id.
    /// - Throws: ``WebhookError``.
    public func verify(_ request: WebhookRequest, at now: Timestamp) throws(WebhookError) -> String {
        guard let id = request.header("webhook-id"), !id.isEmpty, let time = request.header("webhook-timestamp"),
            let signatures = request.header("webhook-signature")
        else {
            throw WebhookError(
                .missingHeader, "A webhook brings the headers webhook-id, webhook-timestamp and webhook-signature.")
        }
        guard !time.isEmpty, time.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int64(time),
            seconds <= Int64.max / 1000
        else {
            throw WebhookError(.missingHeader, "The header webhook-timestamp holds seconds since 1970.")
        }
        // In whole seconds, as the header is: a request that is signed and received at once may seem to come from before.
        let age = abs(now.milliseconds / 1000 - seconds)
        guard Duration.seconds(age) <= tolerance else {
            throw WebhookError(
                .stale, "The webhook was signed \(age) seconds away from now. Check this machine's clock.")
        }
        let given = signatures.split(separator: " ").compactMap { signature in
            signature.hasPrefix("v1,") ? Base64.decode(signature.dropFirst(3)) : nil
        }
        for key in keys {
            let expected = key.signature(id: id, seconds: seconds, body: request.body)
            if given.contains(where: { ConstantTime.areEqual($0, expected) }) { return id }
        }
        throw WebhookError(
            .badSignature,
            "No signature is right. Check that the secret is this endpoint's, and that the body is checked as it came.")
    }
}
