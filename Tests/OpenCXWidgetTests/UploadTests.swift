import OpenCXCore
import OpenCXTesting
import Testing

@testable import OpenCXWidget

/// Files that visitors send.
@Suite(.timeLimit(.minutes(5))) struct UploadTests {
    private static let gif = Array("GIF89a, as far as anybody looks".utf8)

    @Test func `a file is uploaded, sent, shown and read`() async throws {
        let desk = try WidgetDesk()
        try await desk.open {
            var client = try await WidgetClient(desk)
            let uploaded = try await desk.upload(Self.gif, named: "../a \u{202E}b.gif", as: client.contact)
            #expect(uploaded.status == 200)
            #expect(uploaded["fileName"] == "a b.gif")
            let url = try #require(uploaded["fileUrl"]?.string)
            #expect(url.hasPrefix("http://widget.example/backend/widget/v2/files/"))

            // What the page says of the file does not count.
            try await client.write(
                "Look",
                [
                    "attachments": [
                        [
                            "id": "dddddddd-0000-4000-8000-000000000001", "name": "evil.html", "size": 1,
                            "type": "text/html", "url": .string(url),
                        ]
                    ]
                ])
            let history = try await client.poll()
            let attachment = try #require(history.first?["attachments"]?.items.first)
            #expect(attachment["type"] == "image/gif")
            #expect(attachment["name"] == "a b.gif")
            #expect(attachment["size"] == .integer(Int64(Self.gif.count)))
            #expect(attachment["url"]?.string == url)

            // A browser asks for it without any token.
            let path = String(url.dropFirst("http://widget.example".count))
            let file = try await desk.call("GET", path, headers: [])
            #expect(file.status == 200 && file.body == Self.gif)
            #expect(file.header("content-type") == "image/gif")
            #expect(file.header("x-content-type-options") == "nosniff")
            #expect(file.header("content-disposition")?.hasPrefix("inline; filename=\"a b.gif\"") == true)
            #expect(file.header("content-security-policy") == "default-src 'none'; sandbox")
        }
    }

    @Test func `a message may be a file and nothing else`() async throws {
        let desk = try WidgetDesk()
        try await desk.open {
            var client = try await WidgetClient(desk)
            let url = try await desk.upload(Self.gif, named: "a.gif", as: client.contact)["fileUrl"] ?? .null
            let reply = try await client.write("", ["attachments": [["id": "1", "url": url]]])
            #expect(reply["success"] == true)
        }
    }

    @Test func `text is for saving, whatever is in it`() async throws {
        let desk = try WidgetDesk()
        let uploaded = try await desk.upload(
            Array("<script>alert(1)</script>".utf8), named: "a\\\"b.txt", as: try await desk.visitor())
        let url = try #require(uploaded["fileUrl"]?.string)
        let file = try await desk.call("GET", String(url.dropFirst("http://widget.example".count)), headers: [])
        #expect(file.header("content-type") == "text/plain")
        let disposition = try #require(file.header("content-disposition"))
        #expect(disposition.hasPrefix("attachment; filename=\"a_b.txt\""))
    }

    @Test func `other kinds, sizes and forms are refused`() async throws {
        let desk = try WidgetDesk { $0.maximumFileBytes = 100 }
        let visitor = try await desk.visitor()
        #expect(try await desk.upload(Array("<svg/>".utf8), named: "a.svg", as: visitor).status == 415)
        #expect(try await desk.upload([], named: "a.png", as: visitor).status == 400)
        #expect(try await desk.upload([UInt8](repeating: 97, count: 101), named: "a.txt", as: visitor).status == 413)
        #expect(try await desk.upload([UInt8](repeating: 97, count: 100), named: "a.txt", as: visitor).status == 200)
        #expect(try await desk.upload(Self.gif, named: "a.gif", as: visitor, field: "other").status == 400)
        #expect(try await desk.upload(Self.gif, named: "a.gif", as: nil).status == 401)
        #expect(try await desk.call("POST", "upload", ["file": "x"], as: visitor).status == 400)
        let none = try WidgetDesk { $0.fileKinds = [] }
        #expect(try await none.upload(Self.gif, named: "a.gif", as: try await none.visitor()).status == 403)
    }

    @Test(arguments: [
        "https://evil.example/a.png", "javascript:alert(1)", "data:text/html,x", "", "/backend/widget/v2/files/",
        "http://widget.example/backend/widget/v2/files/../../etc/passwd",
        "http://widget.example/backend/widget/v2/files/abcdefghijklmnopabcdefghijklmnopabcdefghijklmnop",
    ])
    func `an address that is no uploaded file's is refused`(url: String) async throws {
        let desk = try WidgetDesk()
        var client = try await WidgetClient(desk)
        let reply = try await client.write("Look", ["attachments": [["id": "1", "url": .string(url)]]])
        #expect(reply.status == 404 || reply.status == 400)
        #expect(try await client.poll().isEmpty)
    }

    @Test func `no store is asked for what an address names and is no id`() async throws {
        final class Asked: FileStore {
            let ids = Locked<[String]>([])
            func add(_ file: UploadedFile) async throws -> FileID { "a" }
            func file(_ id: FileID) async throws -> UploadedFile? { nil }
            func record(_ id: FileID) async throws -> UploadedFile.Record? {
                ids.withLock { $0.append(id.rawValue) }
                return nil
            }
            func remove(_ id: FileID) async throws {}
            func removeFiles(before time: Timestamp) async throws -> Int { 0 }
        }
        let store = Asked()
        let desk = try WidgetDesk(files: store)
        var client = try await WidgetClient(desk)
        for name in ["../../etc/passwd", "..", "a/b", "A", "a.json", "%2e", "a b", ""] {
            let url = "http://widget.example/backend/widget/v2/files/" + name
            let reply = try await client.write("Look", ["attachments": [["id": "1", "url": .string(url)]]])
            #expect(reply.status == 404, "\(name)")
        }
        #expect(store.ids.withLock { $0 }.isEmpty)
    }

    @Test(arguments: ["x", "..", "%2e%2e", "abcdefghijklmnopabcdefghijklmnopabcdefghijklmnop", "ABC", "a.json"])
    func `there is no other file`(name: String) async throws {
        let desk = try WidgetDesk()
        #expect(try await desk.call("GET", "files/\(name)", headers: []).status == 404)
    }

    @Test func `a place that cannot be written to is no conversation's fault`() async throws {
        struct Broken: FileStore {
            func add(_ file: UploadedFile) async throws -> FileID { throw FileStoreError(.unavailable, "/var/x") }
            func file(_ id: FileID) async throws -> UploadedFile? { nil }
            func record(_ id: FileID) async throws -> UploadedFile.Record? { nil }
            func remove(_ id: FileID) async throws {}
            func removeFiles(before time: Timestamp) async throws -> Int { 0 }
        }
        let desk = try WidgetDesk(files: Broken())
        let reply = try await desk.upload(Self.gif, named: "a.gif", as: try await desk.visitor())
        #expect(reply.status == 503)
        #expect(reply["message"]?.string?.contains("Files") == true && !reply.text.contains("/var"))
    }

    @Test func `files go with their sessions`() async throws {
        let desk = try WidgetDesk()
        try await desk.open {
            var client = try await WidgetClient(desk)
            let url = try await desk.upload(Self.gif, named: "a.gif", as: client.contact)["fileUrl"] ?? .null
            try await client.write("Look", ["attachments": [["id": "1", "url": url]]])
            let history = try await desk.store.history(SessionID(client.sessionID), after: 0, limit: 100)
            let locations = history.flatMap { $0.message?.attachments.map(\.location.text) ?? [] }
            #expect(locations.count == 1)
            try await desk.files.removeFiles(at: ["mail-file:x", "widget-file:../x"] + locations + locations)
            let path = String((url.string ?? "").dropFirst("http://widget.example".count))
            #expect(try await desk.call("GET", path, headers: []).status == 404)
        }
    }

    @Test(arguments: [
        "evil.example/\"><script>", "a b", "a\r\nb", "user@evil.example", "evil.example/path", "", "\u{0}",
        String(repeating: "a", count: 300),
    ])
    func `a host that is none stands in no address`(host: String) async throws {
        let desk = try WidgetDesk()
        let head = "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.gif\"\r\n\r\n"
        let answer = try await desk.answer(
            WebhookRequest(
                method: "POST", path: "/backend/widget/v2/upload",
                headers: [
                    ("X-Bot-Token", WidgetDesk.token), ("Content-Type", "multipart/form-data; boundary=xyz"),
                    ("Host", host), ("Authorization", "Bearer \(try await desk.visitor())"),
                ], body: Array(head.utf8) + Self.gif + Array("\r\n--xyz--\r\n".utf8)))
        guard case .response(let response) = answer else { return }
        let url = try JSONValue(parsing: response.body)["fileUrl"]?.string
        #expect(response.status == 200 && url?.hasPrefix("/backend/widget/v2/files/") == true)
    }

    @Test func `a kind that is no longer taken is for saving, and of no type`() async throws {
        let folder = TemporaryFolder()
        let store = FolderFileStore(directory: folder.path)
        let id = try await store.add(
            UploadedFile(
                record: .init(
                    name: "a.html", mediaType: "text/html", byteCount: 1, owner: "a", at: Timestamp(milliseconds: 1)),
                bytes: [97]))
        let desk = try WidgetDesk(files: store)
        let file = try await desk.call("GET", "files/\(id)", headers: [])
        #expect(file.status == 200 && file.header("content-type") == "application/octet-stream")
        #expect(file.header("content-disposition")?.hasPrefix("attachment") == true)
    }

    @Test func `where this server is reached may be told`() async throws {
        let desk = try WidgetDesk { $0.baseURL = "https://chat.example" }
        let uploaded = try await desk.upload(Self.gif, named: "a.gif", as: try await desk.visitor())
        #expect(uploaded["fileUrl"]?.string?.hasPrefix("https://chat.example/backend/widget/v2/files/") == true)
    }
}
