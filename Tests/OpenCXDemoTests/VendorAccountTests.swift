import FoundationEssentials
import OpenCXCore
import OpenCXPlatform
import Testing

@testable import opencx_demo

/// Front, Zendesk and HubSpot, as the configuration names them.
@Suite struct VendorAccountTests {
    private static let front = #""teammate": "tea_1", "signing_key_variable": "K""#
    private static let zendesk =
        #""url": "https://acme.zendesk.com/", "email": "ai@acme.example", "agent": 7, "signing_secret_variables": ["W"]"#
    private static let sunshine =
        #""url": "https://acme.zendesk.com/sc", "app": "a1", "key": "app_1", "webhook_secret_variables": ["W"]"#
    private static let hubspot = #""public_url": "https://a.example/hooks/hubspot", "user": "7""#
    private static let environment = [
        "FRONT_TOKEN": "t", "K": "k", "ZENDESK_TOKEN": "t", "W": "w", "HUBSPOT_TOKEN": "t",
        "HUBSPOT_CLIENT_SECRET": "s",
        "SUNSHINE_SECRET": "s",
    ]

    private func accounts(
        _ json: String, environment: [String: String] = environment
    ) throws -> VendorAccounts {
        let folder = try TemporaryFolder([:])
        try folder.write("shop.json", json)
        let configuration = try Configuration(ConfigurationReader(file: folder.path + "/shop.json"))
        return try VendorAccounts(configuration, clock: SystemClock(), environment: environment)
    }

    @Test func `accounts bring channels, helpdesks, articles and addresses for webhooks`() throws {
        let accounts = try accounts(
            #"""
            {"front": {\#(Self.front), "articles": {}},
             "zendesk": {\#(Self.zendesk), "answer_in_place": true, "articles": {"locales": ["en-us"]}},
             "hubspot": [{\#(Self.hubspot)}, {\#(Self.hubspot), "id": "hubspot-eu", "answer_in_place": false}]}
            """#)
        #expect(accounts.channels.map(\.id) == ["front", "zendesk", "hubspot"])
        #expect(accounts.helpdesks.map(\.id) == ["front", "zendesk", "hubspot", "hubspot-eu"])
        #expect(accounts.sources.map(\.id) == ["front", "zendesk"])
        #expect(accounts.hooks.keys.sorted() == ["front", "hubspot", "hubspot-eu", "zendesk"])
        #expect(accounts.checks.map(\.name) == ["front", "zendesk", "hubspot", "hubspot-eu"])
    }

    @Test(arguments: ["FRONT_TOKEN", "K", "ZENDESK_TOKEN", "W", "HUBSPOT_TOKEN", "HUBSPOT_CLIENT_SECRET"])
    func `a secret that is not there is told by its variable`(variable: String) {
        var environment = Self.environment
        environment[variable] = nil
        #expect {
            _ = try accounts(
                #"{"front": {\#(Self.front)}, "zendesk": {\#(Self.zendesk)}, "hubspot": {\#(Self.hubspot)}}"#,
                environment: environment)
        } throws: { "\($0)".contains("\(variable) is not set") }
    }

    @Test(arguments: [
        (#"{"front": {"teammate": "tea_1"}}"#, "signing_key_variable"),
        (#"{"front": {"teammate": "ann", "signing_key_variable": "K"}}"#, "teammate"),
        (#"{"front": {\#(front), "base_url": "api2.frontapp.com"}}"#, "base_url"),
        (#"{"front": {\#(front), "colour": "red"}}"#, "colour"),
        (#"{"zendesk": {"agent": 7}}"#, "url"), (#"{"zendesk": {"url": "https://acme.zendesk.com"}}"#, "agent"),
        (#"{"zendesk": {\#(zendesk), "articles": {"pages": 1}}}"#, "articles.pages"),
        (#"{"hubspot": {"user": "7"}}"#, "public_url"),
        (#"{"hubspot": {\#(hubspot), "tickets": {"properties": {"mood": "m"}}}}"#, "mood"),
        (#"{"hubspot": {\#(hubspot), "oauth": {"client_id": "1"}}}"#, "client_secret_variable"),
        (#"{"front": [{\#(front)}, {\#(front)}]}"#, "\"front\""),
    ])
    func `what cannot be is told by its key`(json: String, key: String) {
        #expect { _ = try accounts(json) } throws: { "\($0)".contains(key) }
    }

    @Test func `beside Sunshine Conversations, tickets are for mails`() throws {
        let alone = try accounts(#"{"zendesk": {\#(Self.zendesk)}}"#)
        #expect(alone.helpdesks.map { $0.takes(.web) } == [true])
        let both = try accounts(#"{"zendesk": {\#(Self.zendesk)}, "sunshine": {\#(Self.sunshine)}}"#)
        #expect(both.helpdesks.map(\.id) == ["zendesk", "sunshine"])
        #expect(both.helpdesks.map { $0.takes(.web) } == [false, true])
        #expect(both.helpdesks.map { $0.takes(.email) } == [true, false])
        let named = try accounts(#"{"zendesk": {\#(Self.zendesk), "handoff_channels": ["sms"]}}"#)
        #expect(named.helpdesks.map { $0.takes(.sms) } == [true] && named.helpdesks.map { $0.takes(.web) } == [false])
    }

    @Test func `a check needs something to look at`() async throws {
        let folder = try TemporaryFolder([:])
        try folder.write("shop.json", "{}")
        let outcome = try await Demo.run("connect", "--check", "--config", folder.path + "/shop.json")
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("names no accounts"))
    }
}
