internal import OpenCXAccess
public import OpenCXCore

/// The public REST API, as handlers that an embedding server mounts.
///
/// Every operation, its document at `/openapi.json`, and what is checked of a request come from one table.
public struct RESTAPI: Sendable {
    private let parts: RESTParts
    private let endpoints: [Endpoint]
    private let definitions: [String: JSONValue]
    private let documentBytes: [UInt8]
    /// The OpenAPI 3.1 document.
    public let document: JSONValue

    /// The patterns of the paths that operations can have, for access logs and figures that name no customer.
    public static let routes = [
        "/openapi.json", "/contacts", "/contacts/{id}", "/chat/sessions", "/chat/sessions/filter",
        "/chat/sessions/{id}",
        "/chat/sessions/{id}/history", "/chat/sessions/{id}/send", "/chat/sessions/{id}/tags",
        "/chat/sessions/{id}/tags/{tag}", "/tags", "/handoff-analytics", "/handoff-analytics/events",
        "/handoff-analytics/events/{session_id}", "/csat/scores/session/{session_id}", "/redaction/message",
        "/redaction/session", "/training", "/training/{id}", "/autopilot", "/autopilot/{channel}",
        "/help-center/search", "/actions", "/actions/import", "/webhooks", "/webhooks/{id}/test",
        "/widget/authenticate-user",
    ]

    /// Makes handlers.
    public init(_ parts: RESTParts) {
        self.parts = parts
        endpoints = RESTAPI.table(parts)
        definitions = Definitions.all
        document = OpenAPIDocument(endpoints: endpoints, definitions: definitions).value
        documentBytes = document.serialized()
    }

    static func table(_ parts: RESTParts) -> [Endpoint] {
        contacts(parts) + sessions(parts) + messages(parts) + tags(parts) + handoffAnalytics(parts) + csat(parts)
            + redaction(parts) + training(parts) + autopilot(parts) + knowledge(parts) + actions(parts)
            + webhooks(parts) + widget(parts)
    }

    /// Answers a request; `nil` when it is not for the API.
    public func answer(_ request: WebhookRequest) async -> WebhookAnswer? {
        if request.path == "/openapi.json" {
            let isRead = request.method == "GET" || request.method == "HEAD"
            return .response(isRead ? documentResponse : Self.hardened(Self.notAllowed(["GET"]).response))
        }
        let here = endpoints.compactMap { endpoint in endpoint.path.match(request.path).map { (endpoint, $0) } }
        guard let most = here.map(\.0.path.fixedParts).max() else { return nil }
        let candidates = here.filter { $0.0.path.fixedParts == most }
        guard let (endpoint, path) = candidates.first(where: { $0.0.method.rawValue == request.method }) else {
            let methods = candidates.map(\.0.method.rawValue).sorted()
            return .response(Self.hardened(Self.notAllowed(methods).response))
        }
        return .response(Self.hardened(await respond(to: request, endpoint, path)))
    }

    private var documentResponse: WebhookResponse {
        WebhookResponse(
            status: 200,
            headers: [
                ("content-type", "application/json; charset=utf-8"), ("x-content-type-options", "nosniff"),
                ("cache-control", "no-cache"),
            ], body: documentBytes)
    }

    private static func notAllowed(_ methods: [String]) -> APIFailure {
        let list = methods.joined(separator: ", ")
        return APIFailure(405, "Use \(list).", headers: [("allow", list)])
    }

    /// Customers' data: for no cache, and for no browser to take for anything but JSON.
    private static func hardened(_ response: WebhookResponse) -> WebhookResponse {
        var response = response
        response.headers += [("cache-control", "no-store"), ("x-content-type-options", "nosniff")]
        return response
    }

    // MARK: The way of a request

    private func respond(
        to request: WebhookRequest, _ endpoint: Endpoint, _ path: [String: String]
    ) async -> WebhookResponse {
        var limits: [(name: String, value: String)] = []
        do {
            let (key, record) = try await caller(of: request)
            let decision = parts.limiter.take(record.id.rawValue)
            limits = Self.headers(decision)
            guard decision.isAllowed else {
                throw APIFailure(
                    429, "Too many requests with this key: \(decision.limit) a minute.",
                    headers: [("retry-after", Self.seconds(decision.retryAfter))])
            }
            guard record.allows(endpoint.scope) else {
                throw APIFailure(403, "This key is not good for \(endpoint.scope).")
            }
            let reader = RequestReader(endpoint: endpoint, definitions: definitions)
            let call = try reader.call(request, path: path)
            var response = try await once(request, endpoint, call, key)
            response.headers += limits
            return response
        } catch {
            var response = Self.failure(error).response
            response.headers += limits
            return response
        }
    }

    private func caller(of request: WebhookRequest) async throws -> (key: Secret, record: APIKeyRecord) {
        let parts = request.header("authorization")?.split(separator: " ") ?? []
        let challenge = [(name: "www-authenticate", value: "Bearer")]
        guard parts.count == 2, parts[0].lowercased() == "bearer" else {
            throw APIFailure(401, "Send your API key: \"Authorization: Bearer ocx_live_…\".", headers: challenge)
        }
        let key = Secret(String(parts[1]))
        guard let record = try await self.parts.keys.holder(of: key) else {
            throw APIFailure(401, "There is no such API key, or it was revoked.", headers: challenge)
        }
        return (key, record)
    }

    /// Carries a request out, once for each idempotency key.
    private func once(
        _ request: WebhookRequest, _ endpoint: Endpoint, _ call: Call, _ key: Secret
    ) async throws -> WebhookResponse {
        guard endpoint.takesIdempotencyKey, let name = request.header("idempotency-key") else {
            return try await Self.response(endpoint.perform(call))
        }
        guard (1...200).contains(name.utf8.count), name.utf8.allSatisfy({ (33...126).contains($0) }) else {
            throw APIFailure(400, "An idempotency key has 1 to 200 visible ASCII characters.")
        }
        let query = request.query.map { JSONValue.array([.string($0.name), .string($0.value)]) }
        let same = [
            Array(request.method.utf8), Array(request.path.utf8), JSONValue.array(query).serialized(), request.body,
        ]
        switch try await parts.memory.begin(name, of: key, request: same) {
        case .repeat(let remembered):
            guard var response = WebhookResponse(remembered: remembered) else {
                throw StoreError(.corrupt, "What a request was answered cannot be read.")
            }
            response.headers.append(("idempotent-replayed", "true"))
            return response
        case .inFlight:
            throw APIFailure(
                409, "A request with this idempotency key is being carried out.", headers: [("retry-after", "1")])
        case .otherRequest:
            throw APIFailure(422, "This idempotency key was used for another request.")
        case .proceed(let claim):
            var call = call
            call.repetition = claim.name
            let response: WebhookResponse
            do {
                response = try await Self.response(endpoint.perform(call))
            } catch {
                let failure = Self.failure(error)
                // Nothing was done, or nobody knows: the request may come again.
                if failure.status >= 429 {
                    try? await parts.memory.abandon(claim)
                    throw failure
                }
                response = failure.response
            }
            // Were the answer not kept, a repetition would be carried out again; but this one was, and its caller is told so.
            try? await parts.memory.finish(claim, answer: response.remembered)
            return response
        }
    }

    private static func response(_ reply: Reply) -> WebhookResponse {
        var response = WebhookResponse.json(reply.body, status: reply.status)
        response.headers += reply.headers
        return response
    }

    /// What a caller is told of an error: nothing of what is inside.
    static func failure(_ error: any Error) -> APIFailure {
        switch error {
        case let failure as APIFailure: return failure
        case let error as StoreError where error.code == .superseded: return APIFailure(409, error.message)
        case let error as StoreError where error.code == .refused: return APIFailure(422, error.message)
        case let error as IntakeError:
            if error.code == .tooLarge { return APIFailure(413, error.description) }
            if error.code == .empty { return APIFailure(422, error.description) }
            return APIFailure(503, error.description, headers: [("retry-after", "1")])
        default:
            return APIFailure(503, "This cannot be done at the moment; try again.", headers: [("retry-after", "1")])
        }
    }

    private static func headers(_ decision: RateLimiter.Decision) -> [(name: String, value: String)] {
        [
            ("ratelimit-limit", String(decision.limit)), ("ratelimit-remaining", String(decision.remaining)),
            ("ratelimit-reset", seconds(decision.untilFull)),
        ]
    }

    private static func seconds(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        return String(attoseconds > 0 ? seconds + 1 : seconds)
    }
}
