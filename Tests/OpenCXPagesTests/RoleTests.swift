import OpenCXAccess
import OpenCXCore
import Testing

@testable import OpenCXPages

/// Who reaches what. The table is written out by hand, so that neither a route nor a role changes unseen.
@Suite struct RoleTests {
    /// Nobody signed in, viewer, agent, admin: whether they get through.
    static let table: [(route: String, viewer: Bool, agent: Bool, admin: Bool)] = [
        ("GET /", true, true, true),
        ("GET /inbox", true, true, true),
        ("GET /inbox/stream", true, true, true),
        ("GET /inbox/updates", true, true, true),
        ("GET /inbox/{ticket}", true, true, true),
        ("GET /inbox/{ticket}/stream", true, true, true),
        ("GET /inbox/{ticket}/updates", true, true, true),
        ("GET /inbox/{ticket}/files/{entry}/{place}", true, true, true),
        ("POST /inbox/{ticket}/reply", false, true, true),
        ("POST /inbox/{ticket}/take-over", false, true, true),
        ("POST /inbox/{ticket}/give-back", false, true, true),
        ("POST /inbox/{ticket}/assign", false, true, true),
        ("POST /inbox/{ticket}/resolve", false, true, true),
        ("POST /inbox/{ticket}/close", false, true, true),
        ("POST /inbox/{ticket}/tags", false, true, true),
        ("POST /inbox/{ticket}/reveal", false, true, true),
        ("POST /inbox/{ticket}/hide", false, true, true),
        ("POST /inbox/{ticket}/erase", false, false, true),
        ("POST /inbox/{ticket}/deliveries/{entry}/retry", false, false, true),
        ("GET /inspect", false, true, true),
        ("GET /inspect/{ticket}", false, true, true),
        ("GET /inspect/{ticket}/{turn}", false, true, true),
        ("GET /insight", true, true, true),
        ("GET /knowledge", true, true, true),
        ("GET /knowledge/search", true, true, true),
        ("GET /knowledge/article", true, true, true),
        ("POST /knowledge/sync", false, false, true),
        ("GET /account", true, true, true),
        ("POST /account/password", true, true, true),
        ("GET /members", false, false, true),
        ("POST /members", false, false, true),
        ("POST /members/{id}/role", false, false, true),
        ("POST /members/{id}/disable", false, false, true),
        ("POST /members/{id}/enable", false, false, true),
        ("POST /members/{id}/password", false, false, true),
    ]

    @Test func `the table names every route`() async throws {
        let desk = try await TeamDesk()
        let routes = desk.pages.routes.map { "\($0.method.rawValue) \($0.path)" }
        #expect(Set(routes) == Set(Self.table.map(\.route)))
        #expect(routes.count == Self.table.count)
        let named = Set(TeamPages.paths)
        for route in desk.pages.routes where route.path != "/" { #expect(named.contains(route.path), "\(route.path)") }
        #expect(TeamPages.paths(at: "/desk").prefix(2) == ["/desk", "/desk/sign-in"])
    }

    @Test(arguments: TeamRole.allCases)
    func `a role reaches what the table says`(role: TeamRole) async throws {
        for row in Self.table {
            // One desk for each route: most of them change something.
            let desk = try await TeamDesk()
            let session = try await desk.customer("Hello")
            let browser = try await desk.browser(role)
            let parts = row.route.split(separator: " ")
            let path = "/team" + Self.filled(String(parts[1]), session)
            let reply =
                parts[0] == "GET"
                ? try await browser.get(path) : try await browser.post(path, ["text": "Hi", "add": "vip"])
            let isAllowed = role == .viewer ? row.viewer : role == .agent ? row.agent : row.admin
            #expect((reply.status != 403) == isAllowed, "\(row.route) as \(role): \(reply.status)")
            if !isAllowed { #expect(try await desk.history(session).count == session.lastSequence, "nothing was done") }
        }
    }

    @Test func `nobody gets anywhere without signing in`() async throws {
        let desk = try await TeamDesk()
        let session = try await desk.customer("My secret question")
        for row in Self.table {
            let browser = Browser(pages: desk.pages)
            let parts = row.route.split(separator: " ")
            let path = "/team" + Self.filled(String(parts[1]), session)
            let reply = parts[0] == "GET" ? try await browser.get(path) : try await browser.post(path, token: "x")
            #expect(reply.status == (path.hasSuffix("/stream") ? 401 : 303), "\(row.route)")
            #expect(!reply.text.contains("secret question") && !reply.isStream)
            if reply.status == 303 { #expect(reply.header("location")?.hasPrefix("/team/sign-in") ?? false) }
            let script = try await browser.send(String(parts[0]), path, headers: [("accept", "application/json")])
            #expect(script.status == 401, "\(row.route)")
        }
    }

    @Test func `an address that is no page says nothing about what there is`() async throws {
        let desk = try await TeamDesk()
        let stranger = Browser(pages: desk.pages)
        #expect(try await stranger.get("/team/no-such-page").status == 303)
        let browser = try await desk.browser(.admin)
        #expect(try await browser.get("/team/no-such-page").status == 404)
        #expect(try await browser.get("/team/inbox/99999").status == 404)
        #expect(try await browser.get("/team/inbox/1001/").status == 404)
        #expect(try await browser.post("/team/inbox").status == 405)
        #expect(await desk.pages.answer(WebhookRequest(method: "GET", path: "/teams")).map(\.status) == nil)
        #expect(await desk.pages.answer(WebhookRequest(method: "GET", path: "/")).map(\.status) == nil)
    }

    private static func filled(_ path: String, _ session: Session) -> String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map { part -> String in
            switch part {
            case "{ticket}": "\(session.ticket.rawValue)"
            case "{turn}": "1"
            case "{id}", "{entry}": "no-such"
            default: String(part)
            }
        }
        return parts.joined(separator: "/")
    }
}
