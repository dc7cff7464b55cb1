import OpenCXCore
import OpenCXEmail
import OpenCXPages
import OpenCXTesting
import Testing

@testable import opencx_demo

/// The files that come with mails: where they are kept, and what the team's pages get of them.
@Suite struct MailFilesTests {
    private let settings: [EmailSettings]
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder([
            "shop.json": """
            {"email": [{"addresses": ["help@shop.example"], "secret_variable": "S", "smtp": {"host": "mail.example"},
                "inbound": {"provider": "postmark", "password_variable": "P"}, "files": "files", "file_days": 30}]}
            """
        ])
        settings = try Configuration(ConfigurationReader(file: folder.path + "/shop.json")).email
    }

    private func keep(_ name: String, _ bytes: [UInt8]) async throws -> AttachmentPlace {
        let keeping = try #require(MailFiles.keeping(settings[0]))
        return try await keeping(ReceivedFile(name: UnredactedText(name), mediaType: "text/html", bytes: bytes))
    }

    @Test func `a file is what its bytes say, and whatever is not known can only be saved`() async throws {
        #expect(settings[0].fileDays == 30)
        let team = try #require(MailFiles(settings)?.team)
        let kinds: [(name: String, bytes: [UInt8], type: String, disposition: String)] = [
            ("a.html", Array("<script>".utf8), "application/octet-stream", "attachment"),
            ("photo.exe", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1], "image/png", "inline"),
            ("x\r\nSet-Cookie: a=b", [0, 1, 2], "application/octet-stream", "attachment"),
        ]
        for (name, bytes, type, disposition) in kinds {
            let location = try await keep(name, bytes).location
            #expect(team.isKept(location) && !location.contains("a.html"))
            let response = try #require(try await team.serve(location))
            func header(_ name: String) -> String? { response.headers.first { $0.name == name }?.value }
            #expect(response.body == bytes && header("content-type") == type)
            #expect(header("content-disposition")?.hasPrefix(disposition) == true)
            #expect(header("content-disposition")?.contains("\n") == false)
            #expect(header("content-security-policy") == "default-src 'none'; sandbox")
            #expect(header("x-content-type-options") == "nosniff" && header("cache-control") == "no-store")
            #expect(header("cross-origin-resource-policy") == "same-origin")
        }
        for location in ["mail:m@x#0", "widget-file:abc", "mail-file:../../etc/passwd", "mail-file:"] {
            #expect(try await team.serve(location) == nil || !team.isKept(location))
        }
    }

    @Test func `without a folder files are named only, and they go with their sessions`() async throws {
        var none = settings
        none[0].files = nil
        #expect(MailFiles(none) == nil && MailFiles.keeping(none[0]) == nil)
        let files = try #require(MailFiles(settings))
        let place = try await keep("a.txt", Array("Hello".utf8))
        let location = place.location
        let store = InMemoryStore()
        let channel = RecordingChannel(id: "email", kind: .email)
        let agent = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(), channels: [channel], attachments: [files], clock: ManualClock(),
                ids: SequentialIDs()))
        var message = channel.message("See file", providerID: "1")
        // As some programs for mails have it.
        message.sender.name = "Ana Mail"
        message.attachments = [
            InboundAttachment(name: UnredactedText("a.txt"), mediaType: "text/plain", place: place)
        ]
        let session = try await agent.receive(message).0.session
        #expect(try await files.team.serve(location) != nil)
        let contact = try #require(try await store.session(session)?.contact)
        #expect(try await agent.erase(contact) != nil)
        #expect(try await files.team.serve(location) == nil)
    }
}
