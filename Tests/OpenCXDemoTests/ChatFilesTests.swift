import Foundation
import OpenCXCore
import OpenCXTesting
import Testing

@testable import OpenCXWeb
@testable import opencx_demo

/// The files of the web chat, in a real folder.
@Suite(.timeLimit(.minutes(5))) struct ChatFilesTests {
    private let folder: TemporaryFolder
    private let files: WebFiles
    private static let gif = Array("GIF89a, as far as anybody looks".utf8)

    init() throws {
        folder = try TemporaryFolder(["secret": "secret"])
        var settings = ChatSettings()
        settings.files = folder.path + "/files"
        files = try #require(ChatFiles(settings)?.files)
    }

    private func keep(_ bytes: [UInt8], named name: String, in thread: ThreadID = "thread-1") async throws
        -> WebFiles.Kept
    {
        try await files.keep(WebFiles.Upload(name: name, bytes: bytes, thread: thread))
    }

    @Test func `a file is told by its bytes, named anew, and its conversation's`() async throws {
        let kept = try await keep(Self.gif, named: "../../up/../a \u{202E}b\u{0}.html")
        #expect(kept.name == "a b.html" && kept.mediaType == "image/gif" && kept.byteCount == Self.gif.count)
        #expect(kept.id.count == 48 && kept.id.allSatisfy { ("a"..."p").contains($0) })
        #expect(try await files.find(kept.id, "thread-1") == kept)
        #expect(try await files.find(kept.id, "thread-2") == nil, "another conversation's file cannot be sent")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/files")
        #expect(Set(names) == [kept.id, kept.id + ".json"])
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/files/" + kept.id)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    }

    @Test func `it is served so that no browser runs it`() async throws {
        let kept = try await keep(Array("<script>alert(1)</script>".utf8), named: "a\"b\r\nc.txt")
        let response = try #require(try await files.serve(kept.id))
        func header(_ name: String) -> String? { response.headers.first { $0.name == name }?.value }
        #expect(response.status == 200 && header("content-type") == "text/plain")
        #expect(header("x-content-type-options") == "nosniff")
        #expect(header("content-security-policy") == "default-src 'none'; sandbox")
        #expect(header("content-disposition")?.hasPrefix("attachment; filename=\"a_bc.txt\"") == true)
    }

    @Test(arguments: [
        "page.html", "a.svg", "a.js", "a.exe", "a", "a.txt.html", ".txt/x",
    ])
    func `other kinds are refused`(name: String) async throws {
        let error = await #expect(throws: WebFiles.Refusal.self) {
            try await keep(Array("<svg onload='alert(1)'/>".utf8), named: name)
        }
        #expect(error == .kind)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/files"))
    }

    @Test func `no name leads out of the folder, nor to the widget's files`() async throws {
        let kept = try await keep(Self.gif, named: "a.gif")
        let names = [
            "../secret", "..", "", "/etc/passwd", kept.id + ".json", kept.id + "/", "../files/" + kept.id,
            kept.id.uppercased(), String(repeating: "a", count: 48),
        ]
        for name in names {
            #expect(try await files.serve(name) == nil, "\(name)")
            #expect(try await files.find(name, "thread-1") == nil, "\(name)")
        }
        // A link that somebody has put there is no file.
        let link = folder.path + "/files/" + kept.id
        try FileManager.default.removeItem(atPath: link)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder.path + "/secret")
        #expect(try await files.serve(kept.id) == nil)
        // A file of the widget's, should both share a folder, is not for the chat.
        try FileManager.default.removeItem(atPath: link)
        try Data(Self.gif).write(to: URL(fileURLWithPath: link))
        #expect(try await files.serve(kept.id) != nil)
        let record = try String(contentsOfFile: link + ".json", encoding: .utf8)
        try Data(record.replacing("chat\\/", with: "").replacing("chat/", with: "").utf8)
            .write(to: URL(fileURLWithPath: link + ".json"))
        #expect(try await files.serve(kept.id) == nil)
    }

    @Test func `one conversation may fill its share, and no other's`() async throws {
        let large = Self.gif + [UInt8](repeating: 0, count: (5 << 20) - Self.gif.count)
        for _ in 0..<20 { _ = try await keep(large, named: "a.gif") }
        let error = await #expect(throws: WebFiles.Refusal.self) { try await keep(large, named: "a.gif") }
        #expect(error == .full)
        _ = try await keep(Self.gif, named: "a.gif", in: "thread-2")
    }

    @Test func `a folder that cannot be written to is no refusal, and tells no path`() async throws {
        var settings = ChatSettings()
        settings.files = folder.path + "/secret/files"
        let files = try #require(ChatFiles(settings)?.files)
        do {
            _ = try await files.keep(WebFiles.Upload(name: "a.gif", bytes: Self.gif, thread: "thread-1"))
            Issue.record("it was kept")
        } catch {
            #expect(!(error is WebFiles.Refusal))
            #expect(!"\(error)".contains(folder.path))
        }
    }

    @Test func `a file goes with its customer, whatever the customer is called, also after a restart`() async throws {
        var settings = ChatSettings()
        settings.files = folder.path + "/files"
        let (store, thread) = (InMemoryStore(), "visitor-0123456789abcdef")
        // The vault in memory is another one each time, as after a restart.
        func agent() throws -> Agent {
            Agent(
                AgentParts(
                    store: store, knowledge: ListIndex(), channels: [WebChannel(files: files)],
                    attachments: [try #require(ChatFiles(settings))], clock: ManualClock(), ids: SequentialIDs()))
        }
        let kept = try await keep(Self.gif, named: "a.gif", in: ThreadID(thread))
        let body = #"{"id": "1", "text": "Look", "name": "Jo File", "files": ["\#(kept.id)"]}"#
        let response = try await agent().handle(
            WebhookRequest(
                method: "POST", path: "/v1/sessions/\(thread)/messages",
                headers: [("content-type", "application/json")], body: Array(body.utf8)), on: "web")
        #expect(response.status == 202)
        #expect(try await files.serve(kept.id) != nil)
        let session = try #require(try await store.latestSession(channel: "web", thread: ThreadID(thread)))
        #expect(try await agent().erase(session.contact) != nil)
        #expect(try await files.serve(kept.id) == nil)
    }

    @Test func `a chat without a folder takes no files`() {
        #expect(ChatFiles(ChatSettings()) == nil)
    }
}
