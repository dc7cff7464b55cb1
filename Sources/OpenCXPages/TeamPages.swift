public import OpenCXAccess
public import OpenCXCore

/// The team's pages: inbox, inspect, insight, knowledge, and who may see them. What an embedding server mounts.
///
/// ```swift
/// let pages = TeamPages(agent: agent, signIn: signIn, members: members)
/// if let answer = await pages.answer(request) { … }
/// ```
///
/// Everything is HTML made on the server; the script only saves reloading. No page shows anything without signing in, each
/// route names the permission that it needs, and every form carries a token that another site cannot know.
public struct TeamPages: Sendable {
    let layout: Layout
    let routes: [Route]
    private let signInPages: SignInPages
    private let signIn: TeamSignIn

    /// Makes the pages of an agent.
    ///
    /// - Parameters:
    ///   - agent: whose conversations they show.
    ///   - signIn: who gets in.
    ///   - members: the people of the team.
    ///   - settings: where the pages are mounted and what else they show.
    public init(
        agent: Agent, signIn: TeamSignIn, members: TeamMembers, settings: TeamPagesSettings = TeamPagesSettings()
    ) {
        let layout = Layout(prefix: settings.prefix, brand: settings.title)
        self.layout = layout
        self.signIn = signIn
        signInPages = SignInPages(layout: layout, signIn: signIn, ids: agent.parts.ids)
        let people = People(members: members)
        routes =
            [Route(.get, "/", nil) { _ in PageResponse.seeOther(layout.path("/inbox")) }]
            + InboxPages(
                agent: agent, layout: layout, people: people, signIn: signIn, files: settings.files
            ).routes
            + InspectPages(agent: agent, layout: layout, replay: settings.replay, prices: settings.prices).routes
            + InsightPages(agent: agent, layout: layout).routes
            + KnowledgePages(agent: agent, layout: layout, sources: settings.sources, sync: settings.sync).routes
            + MemberPages(layout: layout, members: members, signIn: signIn).routes
    }

    /// Answers a request; `nil` when it is not for these pages.
    public func answer(_ request: WebhookRequest) async -> WebhookAnswer? {
        guard request.path == layout.prefix || request.path.hasPrefix(layout.prefix + "/") else { return nil }
        var path = request.path.dropFirst(layout.prefix.count)
        if path.isEmpty { path = "/" }
        if let asset = Asset.answer(request, at: path) { return asset }
        do {
            if let answer = try await signInPages.answer(request, at: path) { return answer }
            guard let visitor = try await signIn.visitor(of: request) else {
                return signInPages.turnAway(request, from: path)
            }
            return await answer(request, at: path, by: visitor)
        } catch {
            return failed(error, request, nil)
        }
    }

    private func answer(_ request: WebhookRequest, at path: Substring, by visitor: SignedInMember) async
        -> WebhookAnswer
    {
        var visit = Visit(request: request, parameters: [:], form: Form(), visitor: visitor)
        let method = request.method == "HEAD" ? "GET" : request.method
        let matches = routes.compactMap { route in route.parameters(in: path).map { (route, $0) } }
        guard let (route, parameters) = matches.first(where: { $0.0.method.rawValue == method }) else {
            let error =
                matches.isEmpty
                ? PageError.notFound
                : PageError(405, "Not this way", "This address takes other requests than this one.")
            return failed(error, request, visit)
        }
        visit.parameters = parameters
        visit.form = Form(request)
        do {
            if let permission = route.permission, !visit.may(permission) { throw PageError.forbidden }
            if route.method == .post { try Self.checkOrigin(of: visit) }
            return try await route.handle(visit)
        } catch {
            return failed(error, request, visit)
        }
    }

    /// A form is taken from our own pages only: by its token, and by where the browser says that it comes from.
    private static func checkOrigin(of visit: Visit) throws(PageError) {
        if visit.request.header("sec-fetch-site") == "cross-site" { throw .forged }
        let token = visit.request.header(SignedInMember.csrfHeader) ?? visit.form[SignedInMember.csrfField]
        guard visit.visitor.isGenuine(token) else { throw .forged }
    }

    /// What went wrong, as a page, or as JSON for the pages' script. Nothing of an error that we do not know is told.
    private func failed(_ error: any Error, _ request: WebhookRequest, _ visit: Visit?) -> WebhookAnswer {
        let known: PageError =
            switch error {
            case let error as PageError: error
            case let error as AccessError: .unfit(error.description)
            case let error as StoreError where error.code == .superseded:
                PageError(
                    409, "The customer has moved on",
                    "This session has ended, and the customer has begun a newer one. Answer there.")
            default: .unavailable
            }
        if visit?.isFromScript ?? false {
            return PageResponse.json(
                ["title": .string(known.title), "message": .string(known.message)], status: known.status)
        }
        return PageResponse.page(layout.errorPage(known, visit), status: known.status)
    }
}
