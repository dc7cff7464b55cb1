import OpenCXAccess
import OpenCXCore
import OpenCXTesting
import Testing

@testable import OpenCXPages

/// What another site could make a browser do, and what one member could do in another's name.
@Suite struct ForgeryTests {
    @Test func `every form needs the token of its sign-in`() async throws {
        let desk = try await TeamDesk()
        let session = try await desk.customer("Hello")
        let browser = try await desk.browser(.admin)
        let other = try await desk.browser(.agent)
        for route in desk.pages.routes where route.method == .post {
            let path =
                "/team"
                + route.path.split(separator: "/", omittingEmptySubsequences: false)
                .map { $0 == "{ticket}" ? "\(session.ticket.rawValue)" : $0.hasPrefix("{") ? "x" : String($0) }
                .joined(separator: "/")
            for token in [nil, "", "x", other.token, String(browser.token.dropLast())] {
                let reply = try await browser.post(path, ["text": "Hi", "add": "vip"], token: token)
                #expect(reply.status == 403, "\(path) with \(token ?? "no token")")
            }
            let cross = try await browser.post(path, ["text": "Hi"], headers: [("sec-fetch-site", "cross-site")])
            #expect(cross.status == 403, "\(path) from another site")
        }
        #expect(try await desk.history(session).count == session.lastSequence)
        #expect(try await desk.members.all().count == 3)
    }

    @Test func `signing out needs the token too`() async throws {
        let desk = try await TeamDesk()
        let browser = try await desk.browser(.agent)
        #expect(try await browser.post("/team/sign-out", token: "x").status == 403)
        #expect(try await browser.get("/team/inbox").status == 200)
        #expect(try await browser.post("/team/sign-out").status == 303)
        #expect(try await browser.get("/team/inbox").status == 303)
    }

    @Test func `nobody is signed in by another site`() async throws {
        let desk = try await TeamDesk()
        let fields = ["name": "agent", "password": TeamDesk.password]
        let fresh = Browser(pages: desk.pages)
        #expect(try await fresh.post("/team/sign-in", fields, token: nil).status == 403)
        #expect(try await fresh.post("/team/sign-in", fields, token: "guessed").status == 403)
        #expect(fresh.cookies.keys.sorted() == ["opencx_form"])
        try await fresh.get("/team/sign-in")
        let cross = try await fresh.post("/team/sign-in", fields, headers: [("sec-fetch-site", "cross-site")])
        #expect(cross.status == 403)
        let reply = try await fresh.post("/team/sign-in", fields)
        #expect(reply.status == 303)
        let cookie = reply.header("set-cookie") ?? ""
        #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=") && cookie.contains("Secure"))
    }

    @Test(arguments: [
        ("/inbox/1001", "/team/inbox/1001"), ("//evil.example", "/team/inbox"), ("/\\evil.example", "/team/inbox"),
        ("https://evil.example", "/team/inbox"), ("javascript:alert(1)", "/team/inbox"), ("", "/team/inbox"),
        ("/x\r\nset-cookie: a=b", "/team/inbox"),
    ])
    func `signing in leads to a page of ours`(next: String, target: String) async throws {
        let desk = try await TeamDesk()
        let browser = Browser(pages: desk.pages)
        try await browser.get("/team/sign-in")
        let reply = try await browser.post(
            "/team/sign-in", ["name": "agent", "password": TeamDesk.password, "next": next])
        #expect(reply.header("location") == target)
    }

    @Test func `wrong passwords are refused, and after some tries not looked at`() async throws {
        let desk = try await TeamDesk()
        let browser = Browser(pages: desk.pages)
        try await browser.get("/team/sign-in")
        for _ in 0..<5 {
            let reply = try await browser.post("/team/sign-in", ["name": "agent", "password": "wrong"])
            #expect(reply.status == 401)
        }
        let reply = try await browser.post("/team/sign-in", ["name": "agent", "password": TeamDesk.password])
        #expect(reply.status == 429)
    }

    @Test func `nobody changes themselves among the members, and nobody is locked out by mistake`() async throws {
        let desk = try await TeamDesk()
        let browser = try await desk.browser(.admin)
        let all = try await desk.members.all()
        let me = try #require(all.first { $0.name == "admin" }?.id)
        for what in ["role", "disable", "password"] {
            #expect(try await browser.post("/team/members/\(me)/\(what)", ["role": "viewer"]).status == 422, "\(what)")
        }
        #expect(try await browser.get("/team/members").status == 200)
    }

    @Test func `a delivery is driven again from its own conversation only`() async throws {
        let desk = try await TeamDesk()
        desk.channel.fail(with: [ChannelError(.rejected, "No.")])
        let failed = try await desk.customer("Hello", thread: "a")
        let other = try await desk.customer("Hello", thread: "b")
        let dead = try #require(try await desk.store.outbox(.dead, limit: 10).first)
        #expect(dead.session == failed.id)
        let browser = try await desk.browser(.admin)
        let page = try await browser.get("/team/inbox/\(failed.ticket.rawValue)")
        #expect(page.text.contains("Not delivered"))
        let foreign = "/team/inbox/\(other.ticket.rawValue)/deliveries/\(dead.id)/retry"
        #expect(try await browser.post(foreign).status == 404)
        #expect(try await desk.store.outbox(.dead, limit: 10).count == 1)
        #expect(
            try await browser.post("/team/inbox/\(failed.ticket.rawValue)/deliveries/\(dead.id)/retry").status == 303)
        #expect(try await desk.store.outbox(.dead, limit: 10).isEmpty)
    }

    @Test func `sessions pass to people of the team who answer customers only`() async throws {
        let desk = try await TeamDesk()
        let session = try await desk.customer("Hello")
        let browser = try await desk.browser(.agent)
        let path = "/team/inbox/\(session.ticket.rawValue)/assign"
        let members = try await desk.members.all()
        let viewer = try #require(members.first { $0.role == .viewer }?.id)
        let admin = try #require(members.first { $0.role == .admin }?.id)
        for owner in ["person:\(viewer)", "person:nobody", "", "person:"] {
            #expect(try await browser.post(path, ["owner": owner]).status == 422, "\(owner)")
        }
        #expect(try await browser.post(path, ["owner": "person:\(admin)"]).status == 303)
        #expect(try await desk.session(session.id).owner == .person(admin))
    }
}
