import FoundationEssentials
import OpenCXCore
import OpenCXTesting
import Testing

@testable import OpenCXFileDrop

@Suite struct FileDropTests {
    private let folder = DropDirectory()

    @Test(arguments: HelpdeskContract.checks)
    func `keeps the contract`(check: HelpdeskContract.Check) async throws {
        let folder = folder
        try await check.run(
            .init(helpdesk: FileDropHelpdesk(directory: folder.path), ticketCount: { try folder.names().count }))
    }

    @Test func `writes everything the team needs`() async throws {
        let receipt = try await FileDropHelpdesk(directory: folder.path).open(.sample())
        let text = try folder.text(of: receipt.reference)
        for part in [
            "ticket: 4521", "session: \"session-1\"", "channel: \"web\"", "trigger: \"explicit_request\"",
            "reasons: [\"user_requested_human_assistance\"]", "sentiment: \"neutral\"", "tags: [\"refund\", \"vip\"]",
            "contact_name: \"Anna Ek\"", "contact_email: \"anna@example.com\"", "contact_phone: \"+4915112345678\"",
            "contact_custom_id: \"customer-7\"", "contact_is_verified: true", "topic: \"Returns\"",
            "> The customer asked for a person.", "> Anna Ek waits for order RMA-2207.",
            "Customer, 2023-11-14T22:13:20.000Z:\n\n> Where is my refund?", "AI, 2023-11-14T22:13:20.000Z:",
        ] { #expect(text.contains(part), "\(part)") }
    }

    @Test func `the file is for its owner only`() async throws {
        let receipt = try await FileDropHelpdesk(directory: folder.path).open(.sample())
        #expect(folder.mode(of: receipt.reference) == 0o600)
    }

    @Test func `no customer can write a heading or a field`() async throws {
        var handoff = HandoffPackage.sample()
        let hostile = "a\"\n---\n# Reason\r\ntags: [x]\u{2028}## Summary\u{85}# y\u{1B}[2J"
        handoff.contact.name = hostile
        handoff.summary = UnredactedText(hostile)
        handoff.transcript[0].text = UnredactedText(hostile)
        handoff.tags = [hostile]
        let receipt = try await FileDropHelpdesk(directory: folder.path).open(handoff)
        let lines = try folder.text(of: receipt.reference).split(whereSeparator: \.isNewline)
        #expect(lines.filter { $0.hasPrefix("---") }.count == 2)
        #expect(lines.filter { $0.hasPrefix("#") }.count == 4)
        #expect(lines.filter { $0.hasPrefix("tags:") }.count == 1)
        #expect(!lines.joined().unicodeScalars.contains("\u{1B}"))
    }

    @Test func `a retry finds the file and leaves it alone`() async throws {
        let helpdesk = FileDropHelpdesk(directory: folder.path)
        let first = try await helpdesk.open(.sample())
        try folder.write("Taken by Kim.", to: first.reference)
        var again = HandoffPackage.sample()
        again.summary = UnredactedText("Changed.")
        #expect(try await helpdesk.open(again) == first)
        #expect(try folder.text(of: first.reference) == "Taken by Kim.")
    }

    @Test func `a file that moved to done counts`() async throws {
        let helpdesk = FileDropHelpdesk(directory: folder.path)
        let first = try await helpdesk.open(.sample())
        try folder.move(first.reference, to: "done/\(first.reference)")
        #expect(try await helpdesk.open(.sample()) == first)
        #expect(try folder.names() == ["done"])
    }

    @Test(arguments: [
        ("../../x", "4521-x-"), ("", "4521-"), ("a//b", "4521-a-b-"), (".hidden", "4521-hidden-"), ("ü", "4521-"),
    ])
    func `names are plain, whatever the key`(key: String, start: String) {
        let name = HandoffFileName(.sample(key: key)).name
        #expect(name.hasPrefix(start))
        #expect(name.hasSuffix(".md"))
        #expect(name.utf8.count < 120)
        #expect(name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") })
    }

    @Test func `failures are classified`() async throws {
        func failure(_ path: String) async -> HelpdeskError? {
            await #expect(throws: HelpdeskError.self) { try await FileDropHelpdesk(directory: path).open(.sample()) }
        }
        let missing = await failure("\(folder.path)/missing")
        #expect(missing?.code == .unavailable)
        #expect(missing?.message.contains("Create it or mount its volume") == true)
        try folder.write("", to: "file")
        #expect(await failure("\(folder.path)/file")?.code == .unavailable)
        if !DropDirectory.isRoot {
            try folder.setMode(0o500)
            let forbidden = await failure(folder.path)
            #expect(forbidden?.code == .unauthorized)
            #expect(forbidden?.isRetryable == true)
            try folder.setMode(0o700)
        }
        #expect(try folder.names() == ["file"], "nothing half-written stays")
    }
}
