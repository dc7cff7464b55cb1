import OpenCXAccess
import OpenCXCore
import OpenCXTesting
import Testing

@Suite struct SignInTests {
    private let password = Secret("correct horse battery")

    @Test(arguments: StoreKind.allCases)
    func `whoever knows name and password is in until the sign-in ends`(_ kind: StoreKind) async throws {
        let access = try Access(kind)
        let added = try await access.members.add(name: " Jo@example.com ", role: .agent, password: password)
        #expect(added.name == "Jo@example.com")
        let signIn = access.signIn()
        let (member, cookie) = try #require(await signIn.signIn(name: "jo@EXAMPLE.com", password: password).signedIn)
        #expect(member.member.id == added.id && member.may(.answerCustomers) && !member.may(.manageAccess))
        let attributes = cookie.split(separator: ";").dropFirst().map { $0.drop { $0 == " " } }
        #expect(cookie.hasPrefix("__Host-"))
        #expect(attributes == ["Path=/", "Max-Age=43200", "HttpOnly", "SameSite=Lax", "Secure"])

        let visitor = try #require(await signIn.visitor(of: request(cookie: cookie)))
        #expect(visitor.member.id == added.id)
        #expect(visitor.csrfToken == member.csrfToken)
        access.clock.advance(by: .seconds(43_199))
        #expect(try await signIn.visitor(of: request(cookie: cookie)) != nil)
        access.clock.advance(by: .seconds(1))
        #expect(try await signIn.visitor(of: request(cookie: cookie)) == nil)
    }

    @Test func `whoever signs out is out, there and nowhere else`() async throws {
        let access = try Access()
        try await access.members.add(name: "Jo", role: .viewer, password: password)
        let signIn = access.signIn(isSecure: false)
        let one = try #require(await signIn.signIn(name: "Jo", password: password).signedIn).cookie
        let two = try #require(await signIn.signIn(name: "Jo", password: password).signedIn).cookie
        #expect(one != two && one.hasPrefix("opencx_team=") && !one.contains("Secure"))
        let gone = try await signIn.signOut(request(cookie: one))
        #expect(gone.hasPrefix("opencx_team=;") && gone.contains("Max-Age=0"))
        #expect(try await signIn.visitor(of: request(cookie: one)) == nil)
        #expect(try await signIn.visitor(of: request(cookie: two)) != nil)
    }

    @Test func `names and passwords that are wrong, and members who are disabled, are refused alike`() async throws {
        let access = try Access()
        let jo = try await access.members.add(name: "Jo", role: .admin, password: password)
        let signIn = access.signIn()
        #expect(try await signIn.signIn(name: "Jo", password: Secret("correct horse batterx")).isRefused)
        #expect(try await signIn.signIn(name: "Jon", password: password).isRefused)
        #expect(try await signIn.signIn(name: "Jo", password: Secret(String(repeating: "x", count: 2000))).isRefused)
        let cookie = try #require(await signIn.signIn(name: "Jo", password: password).signedIn).cookie
        try await access.members.disable(jo.id)
        #expect(try await signIn.visitor(of: request(cookie: cookie)) == nil)
        #expect(try await signIn.signIn(name: "Jo", password: password).isRefused)
        try await access.members.enable(jo.id)
        #expect(try await signIn.visitor(of: request(cookie: cookie)) == nil)
        #expect(try await signIn.signIn(name: "Jo", password: password).signedIn != nil)
    }

    @Test func `a name that nobody has takes as much work as one that somebody has`() async throws {
        let access = try Access()
        try await access.members.add(name: "Jo", role: .agent, password: password)
        let disabled = try await access.members.add(name: "Bo", role: .agent, password: password)
        try await access.members.disable(disabled.id)
        let signIn = access.signIn()
        // The first password of all makes what strangers are compared with.
        _ = try await signIn.signIn(name: "first", password: password)
        for name in ["Jo", "Bo", "stranger"] {
            let before = await access.hasher.derivations
            #expect(try await signIn.signIn(name: name, password: Secret("wrong")).isRefused)
            #expect(await access.hasher.derivations == before + 1)
        }
    }

    @Test func `guessing is slowed down, for the right password too, and other members are let in`() async throws {
        let access = try Access()
        try await access.members.add(name: "Jo", role: .agent, password: password)
        try await access.members.add(name: "Bo", role: .agent, password: password)
        let signIn = access.signIn()
        for _ in 0..<5 { #expect(try await signIn.signIn(name: "jo", password: Secret("guess")).isRefused) }
        #expect(try await signIn.signIn(name: "JO", password: password).retryAfter == .seconds(60))
        #expect(try await signIn.signIn(name: "Bo", password: password).signedIn != nil)
        access.clock.advance(by: .seconds(60))
        #expect(try await signIn.signIn(name: "Jo", password: password).signedIn != nil)
        // The right one takes the count back.
        for _ in 0..<5 { #expect(try await signIn.signIn(name: "jo", password: Secret("guess")).isRefused) }
    }

    @Test func `all names together have a limit as well`() async throws {
        let access = try Access()
        let signIn = access.signIn()
        for count in 0..<60 { #expect(try await signIn.signIn(name: "n\(count)", password: password).isRefused) }
        #expect(try await signIn.signIn(name: "another", password: password).retryAfter == .seconds(1))
    }

    @Test func `a form's token is the one of its sign-in`() async throws {
        let access = try Access()
        try await access.members.add(name: "Jo", role: .agent, password: password)
        let signIn = access.signIn()
        let one = try #require(await signIn.signIn(name: "Jo", password: password).signedIn)
        let two = try #require(await signIn.signIn(name: "Jo", password: password).signedIn)
        #expect(one.member.isGenuine(one.member.csrfToken.reveal()))
        #expect(!one.member.isGenuine(two.member.csrfToken.reveal()))
        #expect(!one.member.isGenuine(nil) && !one.member.isGenuine(""))
        #expect(!one.cookie.contains(one.member.csrfToken.reveal()))
    }

    @Test func `cookies that nobody was given let nobody in`() async throws {
        let access = try Access()
        try await access.members.add(name: "Jo", role: .agent, password: password)
        let signIn = access.signIn()
        let cookie = try #require(await signIn.signIn(name: "Jo", password: password).signedIn).cookie
        let value = cookie.prefix { $0 != ";" }
        for forged in [
            "", "__Host-opencx_team=", "opencx_team=" + value.suffix(64), value.dropLast() + "g", value + "0",
            "x" + value, "__Host-opencx_team=" + String(repeating: "0", count: 64),
        ] {
            #expect(try await signIn.visitor(of: request(cookie: String(forged))) == nil)
        }
        #expect(try await signIn.visitor(of: WebhookRequest()) == nil)
    }

    @Test func `another password, and another role, end every sign-in`() async throws {
        let access = try Access()
        let jo = try await access.members.add(name: "Jo", role: .admin, password: password)
        let signIn = access.signIn()
        let first = try #require(await signIn.signIn(name: "Jo", password: password).signedIn).cookie
        try await access.members.setPassword(Secret("another horse"), of: jo.id)
        #expect(try await signIn.visitor(of: request(cookie: first)) == nil)
        #expect(try await signIn.signIn(name: "Jo", password: password).isRefused)
        let second = try #require(await signIn.signIn(name: "Jo", password: Secret("another horse")).signedIn).cookie
        try await access.members.setRole(.viewer, of: jo.id)
        #expect(try await signIn.visitor(of: request(cookie: second)) == nil)
        let third = try #require(await signIn.signIn(name: "Jo", password: Secret("another horse")).signedIn)
        #expect(!third.member.may(.answerCustomers))
    }
}
