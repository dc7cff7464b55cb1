public import OpenCXCore

/// Tells another system what happens, by signed requests in the form of the Standard Webhooks specification.
///
/// The body is `{"data": …, "timestamp": "…", "type": "conversation.started"}`, the same bytes on every try.
///
/// What the answer means follows the specification: any 2xx is a success. 410 means that nothing is wanted any more, so the
/// event is rejected for good; take the endpoint out of the configuration. Everything else, redirects and other 4xx included,
/// is a failure that is tried again, after `Retry-After` when the receiver names it. The body of the answer is not read.
public struct HTTPWebhookEndpoint: EventEndpoint {
    /// Names the endpoint; stays the same from run to run.
    public let id: EventEndpointID
    /// Which events it wants; `nil` for all.
    public let events: Set<ConversationEvent.Name>?
    private let url: String
    private let signer: WebhookSigner
    private let http: any HTTPClient
    private let clock: any AgentClock

    /// How long a receiver may take; the specification advises 15 to 30 seconds.
    private static let timeout = Duration.seconds(20)

    /// Makes an endpoint.
    ///
    /// - Parameters:
    ///   - id: names the endpoint.
    ///   - url: where requests go, `https` only.
    ///   - secrets: what they are signed with: `whsec_` and Base64 each, the current one first.
    ///   - events: which events it wants; `nil` for all.
    ///   - allowsPlainLoopback: whether `http` is allowed for a receiver on this machine.
    ///   - http: what sends. It has to allow the receiver's address.
    ///   - clock: what time it is when a request is signed.
    /// - Throws: ``WebhookError``, `badURL` or `badSecret`.
    public init(
        id: EventEndpointID, url: String, secrets: [Secret], events: Set<ConversationEvent.Name>? = nil,
        allowsPlainLoopback: Bool = false, http: any HTTPClient, clock: any AgentClock
    ) throws(WebhookError) {
        try EndpointURL.check(url, allowsPlainLoopback: allowsPlainLoopback)
        self.id = id
        self.events = events
        self.url = url
        signer = try WebhookSigner(secrets: secrets)
        self.http = http
        self.clock = clock
    }

    /// Posts one event.
    ///
    /// - Throws: `EventError`, or `CancellationError` when the task is cancelled.
    public func deliver(_ delivery: EventDelivery) async throws {
        let response: HTTPResponseStream
        do {
            response = try await http.open(request(for: delivery))
        } catch let error as HTTPClientError {
            throw EventError(.unavailable, "The webhook \(id) was not delivered: \(error.message)")
        }
        // The answer's body says nothing, and letting go of it ends the exchange.
        try check(response)
    }

    private func request(for delivery: EventDelivery) -> HTTPRequest {
        let body = JSONValue.object([
            "type": .string(delivery.name.rawValue), "timestamp": .string(delivery.at.description),
            "data": delivery.payload,
        ]).serialized()
        return HTTPRequest(
            method: "POST", url: url,
            headers: [("Content-Type", "application/json")]
                + signer.headers(id: delivery.id, at: clock.now(), body: body),
            body: body, firstByteTimeout: Self.timeout, timeout: Self.timeout)
    }

    private func check(_ response: HTTPResponseStream) throws(EventError) {
        switch response.status {
        case 200...299: return
        case 410:
            throw EventError(
                .rejected,
                "The receiver of the webhook \(id) wants no more events (410). Take it out of the configuration.")
        case 401, 403:
            throw EventError(
                .unauthorized,
                "The receiver of the webhook \(id) answered \(response.status). Check the secret on both sides.",
                retryAfter: RetryAfter.duration(response.header))
        default:
            throw EventError(
                .unavailable, "The receiver of the webhook \(id) answered \(response.status).",
                retryAfter: RetryAfter.duration(response.header))
        }
    }
}
