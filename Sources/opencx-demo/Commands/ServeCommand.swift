internal import OpenCXCore
internal import OpenCXDemoServer
internal import OpenCXHelpCenter
internal import OpenCXREST
internal import OpenCXSearch
internal import OpenCXWeb
internal import OpenCXWidget

extension Command {
    static let serve = Command(
        name: "serve", summary: "serve the chat page and its API on this machine",
        options: [
            Option(name: "--port", value: "N", help: "the port; 0 takes any (default: 8080, or the configuration's)"),
            Option(name: "--host", value: "ADDRESS", help: "the address (default: 127.0.0.1)"),
        ],
        discussion: "Prints a line that begins with \"ready\" once it takes requests. Stops on SIGINT and SIGTERM.",
        run: listen)

    private static let listen: @Sendable (Invocation) async throws -> Void = { invocation in
        let terminal = invocation.terminal
        let channel = WidgetChannel(id: WidgetSite.channel)
        let house = try await House.open(
            invocation, channels: [channel, APIChannel()], streams: true, connects: true)
        if let whole = house.recovery(ofWholeLog: true) { terminal.complain(whole) }
        let configuration = house.configuration
        let host = invocation["--host"] ?? configuration.host
        let team = try await TeamSite(house, invocation)
        let invitation = try await team?.invitation()
        let (statistics, requests, isRunning) = (HTTPServerStatistics(), RequestTimes(), Locked(false))
        let widget = try WidgetSite(house, channel, data: invocation["--data"] ?? ".opencx")
        let site = Site(
            house, widget,
            health: try HealthPages(house, server: statistics, requests: requests, isRunning: isRunning),
            team: team)
        let log = try configuration.server.accessLog.map(AccessLog.init(path:))
        OpenFiles.raiseLimit()
        let server = HTTPServer(
            configuration: HTTPServerConfiguration(
                host: host, port: try invocation.number("--port", in: 0...65535) ?? configuration.port,
                // A file that somebody attaches, and what stands around it.
                maximumBodyBytes: 6 << 20, largerBodies: Hooks.largerBodies(configuration),
                maximumHeaderBytes: configuration.server.maximumHeaderBytes,
                maximumConnections: configuration.server.maximumConnections,
                connectionsPerAddress: configuration.server.connectionsPerAddress,
                trustedProxies: configuration.server.trustedProxies, drainTimeout: .seconds(5)),
            statistics: statistics,
            log: { record in
                requests.add(record.duration, route: record.route(in: Site.routes))
                log?.add(record.line(routes: Site.routes))
            },
            answer: { await site.answer($0) })
        let stop = await StopSignals.listen()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await stop.wait() }
            group.addTask {
                isRunning.withLock { $0 = true }
                defer { isRunning.withLock { $0 = false } }
                try await house.agent.run()
            }
            if let log { group.addTask { await log.run() } }
            group.addTask {
                try await house.index.follow(house.store, clock: house.agent.parts.clock) { error in
                    terminal.complain(ArticleFeeds.complaint(about: "articles", error))
                }
            }
            if !house.accounts.sources.isEmpty {
                let feeds = ArticleFeeds(sources: house.accounts.sources, house: house)
                group.addTask { try await feeds.follow(terminal) }
            }
            if house.mailing.hasMailboxes {
                group.addTask { await house.mailing.fetch(for: house.agent, terminal) }
            }
            if let files = ChatFiles(configuration.chat) { group.addTask { try await files.keepTidy() } }
            if let files = MailFiles(configuration.email) { group.addTask { try await files.keepTidy() } }
            if let widget { group.addTask { try await widget.keepTidy() } }
            group.addTask {
                try await server.run { port in
                    let address = "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
                    terminal.print(
                        """
                        ready on \(address)/

                          chat page      \(address)/
                          help center    \(address)/help
                          REST API       \(address)/openapi.json
                        """)
                    if team != nil { terminal.print("  team pages     \(address)/team") }
                    if let invitation {
                        terminal.print("                 nobody can sign in yet: \(invitation.forTerminal)")
                    }
                    if let settings = configuration.widget?.settings {
                        terminal.print("  chat widget    apiUrl \(address), token \(settings.token)".forTerminal)
                    }
                    for email in configuration.email {
                        terminal.print("  e-mail         \(email.addresses.joined(separator: ", "))".forTerminal)
                    }
                    for name in house.accounts.hooks.keys.sorted() {
                        terminal.print("  webhook        \(address)/hooks/\(name)".forTerminal)
                    }
                    if house.orders != nil { terminal.print("  mock orders    \(address)/mock/orders/FH-10423") }
                    for (place, suggestion) in configuration.suggestions.prefix(3).enumerated() {
                        terminal.print(
                            (place == 0 ? "  try asking     " : "                 ") + suggestion.forTerminal)
                    }
                    terminal.print("\nCtrl-C stops it; nothing is lost.")
                }
            }
            // Whatever ends first ends the rest: a stop, or a failure.
            defer { group.cancelAll() }
            try await group.next()
        }
        await house.close()
        terminal.print("stopped")
    }
}

/// Every page and endpoint of the demo.
struct Site: Sendable {
    private let house: House
    private let chat: WebChat
    private let health: HealthPages
    private let api: APISite
    private let help: HelpPages
    private let orders: OrderBook?
    private let team: TeamSite?
    private let widget: WidgetSite?

    /// What paths are called where nothing may be told about anybody.
    static let routes = RoutePatterns(
        HealthPages.routes + WebChat.routes + WidgetAPI.routes + TeamSite.routes + RESTAPI.routes
            + [Hooks.route, "/help", "/help/{article}...", "/mock/orders/{order}", "/favicon.ico"])

    init(_ house: House, _ widget: WidgetSite?, health: HealthPages, team: TeamSite?) {
        self.house = house
        self.widget = widget
        self.health = health
        self.team = team
        let configuration = house.configuration
        chat = WebChat(
            agent: house.agent,
            page: WebChatPage(
                title: configuration.title, greeting: configuration.greeting, suggestions: configuration.suggestions),
            origins: WebOrigins(configuration.chat.origins))
        api = APISite(house, widget)
        help = HelpPages(store: house.store, title: configuration.title)
        orders = house.orders
    }

    func answer(_ request: WebhookRequest) async -> WebhookAnswer {
        if let answer = await health.answer(request) { return answer }
        if let answer = await chat.answer(request) { return answer }
        if let answer = await team?.answer(request) { return answer }
        if let response = await Hooks.answer(request, house) { return .response(response) }
        if let answer = await api.answer(request) { return answer }
        if let answer = await widget?.answer(request) { return answer }
        return .response(await respond(to: request))
    }

    private func respond(to request: WebhookRequest) async -> WebhookResponse {
        if request.path == "/help" || request.path.hasPrefix("/help/") { return await help.respond(to: request) }
        if request.path.hasPrefix("/mock/orders/"), let orders { return orders.respond(to: request) }
        // Browsers ask for it unbidden; there is none, and that is no error.
        if request.path == "/favicon.ico" { return WebhookResponse(status: 204) }
        return .error(404, "There is nothing at this path.", to: request.headers)
    }
}
