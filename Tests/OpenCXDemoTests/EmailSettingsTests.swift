import Foundation
import OpenCXCore
import OpenCXTesting
import Testing

@testable import opencx_demo

@Suite struct EmailSettingsTests {
    private func settings(_ json: String) throws -> [EmailSettings] {
        let folder = try TemporaryFolder([:])
        try folder.write("shop.json", json)
        return try Configuration(ConfigurationReader(file: folder.path + "/shop.json")).email
    }

    private static let smtp = #""host": "smtp.example.com", "user": "u", "password_variable": "P""#
    private static let sends = #""addresses": ["help@shop.example"], "secret_variable": "S", "smtp": {\#(smtp)}"#
    private static let imap = #""imap": {"host": "imap.example.com", "user": "u", "password_variable": "P"}"#
    private static let environment = ["S": "a secret of 16 bytes", "P": "password", "K": "key"]

    private func mailing(_ settings: [EmailSettings], _ environment: [String: String] = environment) throws -> Mailing {
        try Mailing(settings, store: InMemoryStore(), clock: ManualClock(), environment: environment)
    }

    @Test func `a mailbox and a server that sends make a channel`() throws {
        let email = try settings(#"{"email": [{\#(Self.sends), \#(Self.imap), "name": "Shop", "answer_limit": 4}]}"#)
        let mailing = try mailing(email)
        #expect(mailing.channels.map(\.id) == ["email"] && mailing.channels.map(\.kind) == [.email])
        #expect(mailing.hasMailboxes)
        let (smtp, imap) = (email[0].smtp, try #require(email[0].imap).server)
        #expect(smtp.port == 587 && imap.port == 993)
    }

    @Test(arguments: [
        #"{"provider": "mailgun", "signing_key_variable": "K"}"#,
        #"{"provider": "sendgrid", "password_variable": "K"}"#, #"{"provider": "sendgrid", "public_key": "MFk"}"#,
        #"{"provider": "postmark", "user": "pm", "password_variable": "K"}"#,
    ])
    func `a provider that posts mails makes a channel that is called`(inbound: String) throws {
        let folder = try TemporaryFolder([:])
        try folder.write("shop.json", #"{"email": [{\#(Self.sends), "id": "mail", "inbound": \#(inbound)}]}"#)
        let configuration = try Configuration(ConfigurationReader(file: folder.path + "/shop.json"))
        let mailing = try mailing(configuration.email)
        #expect(mailing.channels.map(\.id) == ["mail"] && !mailing.hasMailboxes)
        #expect(configuration.hooks == ["mail"])
        #expect(Hooks.largerBodies(configuration)["/hooks/mail"] == Mailing.largestRequest)
    }

    @Test(arguments: ["S", "P", "K"])
    func `a secret that is not in the environment is asked for by its variable`(variable: String) throws {
        let inbound = #""inbound": {"provider": "mailgun", "signing_key_variable": "K"}"#
        let email = try settings(#"{"email": [{\#(Self.sends), \#(Self.imap), \#(inbound)}]}"#)
        _ = try mailing(email)
        var environment = Self.environment
        environment[variable] = ""
        let failure = try #require(throws: Failure.self) { _ = try mailing(email, environment) }
        #expect(failure.description.contains("\"email\"") && failure.description.contains(" \(variable) is not set"))
    }

    @Test func `a secret that is too short is refused, and not shown`() throws {
        let email = try settings(#"{"email": [{\#(Self.sends), \#(Self.imap)}]}"#)
        let failure = try #require(throws: Failure.self) {
            _ = try mailing(email, ["S": "too short", "P": "password"])
        }
        #expect(failure.description.contains("16 bytes") && !failure.description.contains("too short"))
    }

    @Test(arguments: [
        (#"{"email": {}}"#, #""email" must be a list"#),
        (#"{"email": [{"secret_variable": "S"}]}"#, #""email[0].addresses" needs"#),
        (#"{"email": [{"addresses": ["help"], "secret_variable": "S"}]}"#, #"has "help""#),
        (#"{"email": [{"addresses": ["a@b.example"], "secret_variable": "S"}]}"#, #""email[0].smtp" is missing"#),
        (#"{"email": [{\#(sends)}]}"#, #""email[0].imap" is missing, and so is "inbound""#),
        (#"{"email": [{\#(sends), \#(imap), "colour": "red"}]}"#, "colour"),
        (#"{"email": [{\#(sends), "imap": {"host": "imap.example.com"}}]}"#, #""email[0].imap.user" is missing"#),
        (#"{"email": [{\#(sends), "inbound": {"provider": "ses"}}]}"#, #""email[0].inbound.provider" must be"#),
        (#"{"email": [{\#(sends), "inbound": {"provider": "postmark"}}]}"#, "password_variable"),
    ])
    func `what cannot be is told by its key`(json: String, says: String) {
        #expect { _ = try settings(json) } throws: { "\($0)".contains(says) }
    }

    @Test(arguments: [
        (#"{}"#, #"smtp.host" is missing"#), (#"{"host": "https://smtp.example.com"}"#, #"smtp.host" must be"#),
        (#"{"host": "smtp.example.com", "security": "none"}"#, "on this machine only"),
        (#"{"host": "127.0.0.1.example.com", "security": "none"}"#, "on this machine only"),
        (#"{"host": "smtp.example.com", "security": "ssl"}"#, #"smtp.security" must be"#),
        (#"{"host": "smtp.example.com", "port": 0}"#, #"smtp.port" must be"#),
        (#"{"host": "smtp.example.com", "user": "u"}"#, #"smtp.password_variable" is missing"#),
        (#"{"host": "smtp.example.com", "password_variable": "P"}"#, #"smtp.user" is missing"#),
        (
            #"{\#(smtp), "oauth": {"token_url": "https://a.example", "client_id": "c", "client_secret_variable": "K"}}"#,
            "keep one"
        ),
        (
            #"{"host": "a.example", "user": "u", "oauth": {"token_url": "http://a.example", "client_id": "c"}}"#,
            "https://"
        ),
        (
            #"{"host": "a.example", "user": "u", "oauth": {"token_url": "https://a.example", "client_id": "c"}}"#,
            "refresh_token_variable"
        ),
        (#"{\#(smtp), "pasword": "x"}"#, #"smtp.pasword" is not a key"#),
    ])
    func `what a mail server cannot be is told by its key`(smtp: String, says: String) {
        let json = #"{"email": [{"addresses": ["a@b.example"], "secret_variable": "S", "smtp": \#(smtp)}]}"#
        #expect { _ = try settings(json) } throws: { "\($0)".contains(says) }
    }

    @Test func `channels must have names of their own`() throws {
        let one = #"{\#(Self.sends), \#(Self.imap)}"#
        let email = try settings(#"{"email": [\#(one), \#(one)]}"#)
        let channels = try mailing(email).channels
        #expect { try Hooks.check(channels) } throws: { "\($0)".contains("Two channels are called \"email\"") }
    }

    private func tokens(_ http: ScriptedHTTP, _ clock: ManualClock, refreshToken: Secret? = nil) -> OAuthTokens {
        OAuthTokens(
            url: "https://login.example/token", clientID: "c", clientSecret: Secret("s&1"), refreshToken: refreshToken,
            scope: "mail", http: http, clock: clock)
    }

    @Test func `a token is asked for once, and again before it ends`() async throws {
        let http = ScriptedHTTP(
            answers: .init(#"{"access_token": "t1", "expires_in": 3600}"#), .init(#"{"access_token": "t2"}"#))
        let clock = ManualClock()
        let tokens = tokens(http, clock, refreshToken: Secret("r"))
        #expect(try await tokens.token().reveal() == "t1")
        #expect(try await tokens.token().reveal() == "t1")
        clock.advance(by: .seconds(3550))
        #expect(try await tokens.token().reveal() == "t2")
        let asked = http.requests.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(asked.count == 2)
        #expect(
            asked.first == "client_id=c&client_secret=s%261&grant_type=refresh_token&refresh_token=r&scope=mail")
    }

    @Test func `a token server that refuses is a failure that passes once somebody has mended it`() async throws {
        let http = ScriptedHTTP(answers: .init(#"{"error": "invalid_grant"}"#, status: 400))
        let error = await #expect(throws: ChannelError.self) { try await tokens(http, ManualClock()).token() }
        #expect(error?.isRetryable == true && error?.message.contains("400") == true)
        let asked = http.requests.first.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(asked?.contains("grant_type=client_credentials") == true)
    }
}
