import OpenCXCore
import OpenCXTesting
import Testing

/// Where a file is has to be found again when its words go: what our own stores have made up stays as it is, anything else comes
/// back out of the vault.
@Suite struct FilePlaceTests {
    /// The ways in which files go.
    enum Way: CaseIterable { case erasure, hiding, retention }

    private let desk = FileRemovalTests.FileDesk(
        settings: AgentSettings(retention: RetentionPolicy(closedSessions: .seconds(86_400 * 30))))

    private func remove(_ session: SessionID, by way: Way, with agent: Agent) async throws {
        switch way {
        case .erasure: _ = try await agent.erase(try #require(try await desk.store.session(session)).contact)
        case .hiding: _ = try await agent.hide(session)
        case .retention:
            _ = try await agent.close(session, by: .system)
            try await agent.runUntilIdle()
            desk.clock.advance(by: .seconds(86_400 * 31))
            try await agent.removeExpired()
        }
    }

    private func location(in accepted: AcceptedMessage) async throws -> String? {
        let entries = try await desk.store.history(accepted.session, after: accepted.sequence - 1, limit: 1)
        return entries.first?.message?.attachments.first?.location.text
    }

    @Test(arguments: Way.allCases)
    func `a file of our own is removed after a restart, whatever its customer is called`(way: Way) async throws {
        let name = "bmkadkfhcnpabgol"
        let accepted = try await desk.write(
            "My passport", at: .file(name, in: "mail-file"), from: "Jo Mail File \(name)")
        #expect(try await location(in: accepted) == "mail-file:\(name)")
        try await remove(accepted.session, by: way, with: desk.restarted)
        #expect(desk.removed == ["mail-file:\(name)"])
    }

    @Test(arguments: Way.allCases)
    func `any other location is redacted, and removed by what it was`(way: Way) async throws {
        let raw = "files/jane@example.com/4111 1111 1111 1111/+1 415 555 0132.png"
        let accepted = try await desk.write("My passport", file: raw)
        let stored = try #require(try await location(in: accepted))
        for value in ["jane@", "4111", "555"] { #expect(!stored.contains(value)) }
        try await remove(accepted.session, by: way, with: desk.agent)
        #expect(desk.removed == [raw])
    }

    @Test func `what the vault has forgotten stays masked, and holds up nothing`() async throws {
        let accepted = try await desk.write("My passport", file: "files/jane@example.com.png")
        let stored = try #require(try await location(in: accepted))
        try await remove(accepted.session, by: .erasure, with: desk.restarted)
        #expect(desk.removed == [stored] && stored.contains("[EMAIL_1]"))
        #expect(try await desk.store.session(accepted.session) == nil)
    }

    @Test(arguments: [
        "", "abc", "janedoe", "4155550132", "bmkadkfhcnpabgo1", "bmkadkfhcnpab@ol", "Bmkadkfhcnpabgol",
        "bmkadkfhcnp bgol", "bmkadkfhcnpabgöl", "bmkadkfhcnpabgol/../x", "[EMAIL_1]bmkadkfhcnpabgol",
        String(repeating: "a", count: 129),
    ])
    func `what is no run of letters is never kept as it is`(name: String) async throws {
        #expect(KeptLocation(store: "mail-file", name: name) == nil)
        let place = AttachmentPlace.file(name, in: "mail-file")
        #expect(place == .elsewhere(UnredactedText("mail-file:\(name)")) && place.location == "mail-file:\(name)")
    }

    @Test func `a file is found by its location in the store that gave it its name, and in no other`() {
        for name in ["bmkadkfhcnpabgol", "Scan 7.pdf", "mail-file:x", ""] {
            let location = AttachmentPlace.file(name, in: "mail-file").location
            #expect(AttachmentPlace.name(in: location, of: "mail-file") == name)
            #expect(AttachmentPlace.name(in: location, of: "mail") == nil)
        }
        #expect(AttachmentPlace.name(in: "mail-file", of: "mail-file") == nil)
    }

    @Test func `the word for a store is letters and hyphens`() {
        for word in ["", "mail:file", "mail file", "s3", "Mail", "a@b"] as [StaticString] {
            #expect(KeptLocation(store: word, name: "bmkadkfhcnpabgol") == nil)
        }
        #expect(KeptLocation(store: "x", name: "bmkadkfhcnpabgol")?.description == "x:bmkadkfhcnpabgol")
    }
}
