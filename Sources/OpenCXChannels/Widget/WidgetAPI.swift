public import OpenCXCore
internal import OpenCXCrypto

/// The request handlers of the chat widget: what an embedding server mounts, as they are, at `/backend/widget`.
///
/// The contract is the published widget's, version 2 whole and of version 5 what streams; see <doc:WidgetContract>. Requests and
/// responses are values, so any server will do; it has to take bodies of ``WidgetSettings/maximumFileBytes`` and a little more.
///
/// Nothing is kept in memory but what grows at the moment: any process on the same store answers for any session.
public struct WidgetAPI: Sendable {
    /// The paths that it answers, with `{…}` for what says who or what it is about: for a log or a measurement that is to name none.
    public static let routes = WidgetRoute.patterns

    let agent: Agent
    let channel: WidgetChannel
    let settings: WidgetSettings
    let tokens: ContactTokens
    let files: (any FileStore)?
    private let origins: CrossOrigin
    private let throttle: WidgetThrottle

    /// Makes handlers for an agent that has the channel.
    ///
    /// - Parameters:
    ///   - agent: answers what visitors write.
    ///   - channel: the channel, one of the agent's.
    ///   - settings: what the widget shows and allows.
    ///   - tokens: makes and checks contact tokens.
    ///   - files: where uploads are kept; without it none are taken.
    public init(
        agent: Agent, channel: WidgetChannel, settings: WidgetSettings, tokens: ContactTokens,
        files: (any FileStore)? = nil
    ) {
        self.agent = agent
        self.channel = channel
        self.settings = settings
        self.tokens = tokens
        self.files = files
        origins = CrossOrigin(allowed: settings.allowedOrigins)
        throttle = WidgetThrottle(settings.limits, clock: agent.parts.clock)
    }

    /// Answers a request; `nil` when it is not for the widget.
    public func answer(_ request: WebhookRequest) async -> WebhookAnswer? {
        guard request.path.hasPrefix(WidgetRoute.prefix) else { return nil }
        var answer = await whole(request)
        answer.headers += origins.headers(for: request)
        return answer
    }

    private func whole(_ request: WebhookRequest) async -> WebhookAnswer {
        guard let methods = WidgetRoute.methods(at: request.path) else {
            return .response(WidgetProblem.nothingHere.response)
        }
        if request.method == "OPTIONS" { return .response(origins.preflight(request)) }
        guard origins.allows(request) else { return .response(WidgetProblem.forbiddenOrigin.response) }
        guard let route = methods[request.method] else {
            var refusal = WebhookResponse.error(405, "Use \(methods.keys.sorted().joined(separator: " or ")).")
            refusal.headers.append(("allow", (methods.keys.sorted() + ["OPTIONS"]).joined(separator: ", ")))
            return .response(refusal)
        }
        var budget = WidgetThrottle.Budget()
        var reply: WebhookAnswer
        do {
            reply = try await answer(route, request, &budget)
        } catch {
            reply = .response(Self.refusal(error))
        }
        reply.headers += budget.headers
        return reply
    }

    private static func refusal(_ error: any Error) -> WebhookResponse {
        switch error {
        case let problem as WidgetProblem: problem.response
        case let error as StoreError where error.code == .refused: .error(422, error.message)
        case let error as IntakeError where error.code == .busy: .unavailable(error.description)
        case is CancellationError: .unavailable("The server is stopping.")
        default: .unavailable("The conversation cannot be read or written at the moment. Please try again.")
        }
    }

    private func answer(
        _ route: WidgetRoute, _ request: WebhookRequest, _ budget: inout WidgetThrottle.Budget
    ) async throws -> WebhookAnswer {
        try throttle.count(route.kind, from: request.clientAddress, &budget)
        if case .file(let id) = route { return .response(try await file(id, request)) }
        guard let token = request.header("x-bot-token"), isWidgetToken(token) else {
            throw WidgetProblem.wrongWidgetToken
        }
        switch route {
        case .config: return .response(.widget(config))
        case .createUnverifiedContact: return .response(.widget(try createContact(Fields(request))))
        default: break
        }
        let (visitor, contactToken) = try visitor(of: request)
        try throttle.count(route.kind, token: contactToken, &budget)
        switch route {
        case .stream: return try await stream(Fields(request), visitor, request)
        case .resume(let id): return try await resume(id, visitor)
        default: return .response(try await response(to: route, request, visitor))
        }
    }

    private func response(
        to route: WidgetRoute, _ request: WebhookRequest, _ visitor: WidgetVisitor
    ) async throws -> WebhookResponse {
        switch route {
        case .listSessions: .widget(try await sessions(request, visitor))
        case .createSession: .widget(try await createSession(Fields(request), visitor))
        case .send: .widget(try await send(Fields(request), visitor, request))
        case .poll(let id): .widget(try await poll(id, visitor, request))
        case .history(let id): .widget(try await history(id, visitor, request))
        case .upload: .widget(try await upload(request, visitor))
        case .vote: .widget(try await vote(Fields(request), visitor))
        case .resolve: .widget(try await resolve(Fields(request), visitor))
        case .checkpoint: .widget(try await checkpoint(Fields(request), visitor))
        case .rate: .widget(try await rate(Fields(request), visitor))
        case .stop(let id): .widget(try await stop(id, visitor))
        case .turns(let id): .widget(try await turns(id, visitor, request))
        case .executeAction:
            // An action is called in a turn, once its customer has confirmed it; a browser's word is not that.
            .error(501, "Actions are called by the assistant in the conversation, not by the page.")
        case .notOffered(let what): what.response
        case .config, .createUnverifiedContact, .file, .stream, .resume: WidgetProblem.nothingHere.response
        }
    }

    func isWidgetToken(_ token: String) -> Bool {
        ConstantTime.areEqual(Array(token.utf8), Array(settings.token.utf8))
    }

    private func visitor(of request: WebhookRequest) throws(WidgetProblem) -> (WidgetVisitor, token: String) {
        guard let header = request.header("authorization"), header.lowercased().hasPrefix("bearer ") else {
            throw .wrongContactToken
        }
        let token = String(header.dropFirst(7))
        guard let visitor = tokens.visitor(token, at: agent.parts.clock.now()) else { throw .wrongContactToken }
        return (visitor, token)
    }
}

extension WidgetRoute.NotOffered {
    /// What is not offered is said in a way that the widget understands: there is none, or it has gone.
    var response: WebhookResponse {
        switch self {
        case .pageReply: .error(404, "No tool of the page is waiting for an answer.")
        case .dictation: .error(501, "Dictation is not offered.")
        case .connection: .error(410, "There is no request for a connection any more.")
        case .connectionAttempt: .error(404, "There is no such attempt.")
        }
    }
}

extension WebhookResponse {
    /// A private answer: for no cache, and for no browser to take for anything but JSON.
    static func widget(_ value: JSONValue) -> WebhookResponse {
        var response = json(value)
        response.headers += [("cache-control", "no-store"), ("x-content-type-options", "nosniff")]
        return response
    }

    /// Asks for another try in a second.
    static func unavailable(_ message: String) -> WebhookResponse {
        var response = error(503, message)
        response.headers.append(("retry-after", "1"))
        return response
    }
}
