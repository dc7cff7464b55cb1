import OpenCXCore
import OpenCXTesting
import OpenCXWeb
import Testing

@Suite(.timeLimit(.minutes(5))) struct FileTests {
    private let kept = Locked<[String: (WebFiles.Kept, ThreadID)]>([:])
    /// What the place that keeps files was asked for.
    private let asked = Locked<[String]>([])
    private let desk: WebDesk

    init() {
        let (kept, asked) = (kept, asked)
        let files = WebFiles(
            limit: 100, endings: [".png", ".pdf"],
            keep: { upload in
                if upload.name.hasSuffix(".exe") { throw WebFiles.Refusal.kind }
                if upload.name == "last.png" { throw WebFiles.Refusal.full }
                return kept.withLock { kept in
                    let letter = String("abcdefghij"[String.Index(utf16Offset: kept.count, in: "abcdefghij")])
                    let file = WebFiles.Kept(
                        id: String(repeating: letter, count: 24), name: upload.name, mediaType: "image/png",
                        byteCount: upload.bytes.count)
                    kept[file.id] = (file, upload.thread)
                    return file
                }
            },
            find: { id, thread in
                asked.withLock { $0.append(id) }
                return kept.withLock { $0[id] }.flatMap { $0.1 == thread ? $0.0 : nil }
            },
            serve: { id in
                asked.withLock { $0.append(id) }
                return kept.withLock { $0[id] } == nil ? nil : WebhookResponse(status: 200, body: [1, 2, 3])
            })
        desk = WebDesk(channel: WebChannel(files: files))
    }

    private func upload(
        _ name: String?, _ bytes: [UInt8] = [1, 2, 3], thread: String = WebDesk.thread,
        type: String = "application/octet-stream"
    ) async throws -> Reply {
        try await desk.respond(
            WebhookRequest(
                path: "/v1/sessions/\(thread)/files", query: name.map { [("name", $0)] } ?? [],
                headers: [("Content-Type", type)], body: bytes))
    }

    @Test func `a file is kept, sent with a message, and read by whoever sees the message`() async throws {
        let file = try await upload("receipt.png")
        #expect(file.status == 201)
        let id = try #require(file["file"])
        let body: JSONValue = ["text": "", "id": "1", "files": [.string(id)]]
        #expect(try await desk.post(bytes: body.serialized()).status == 202)
        let message = try #require(try await desk.get().messages.first)
        #expect(
            message["files"] == [
                ["name": "receipt.png", "type": "image/png", "bytes": 3, "url": .string("/v1/files/\(id)")]
            ])
        #expect(try await desk.respond(WebhookRequest(method: "GET", path: "/v1/files/\(id)")).status == 200)
    }

    @Test(arguments: [
        ("https://files.example/jane@example.com/invoice.pdf", "https://files.example/jane@example.com/invoice.pdf"),
        ("other-store:1", nil), ("javascript:alert(1)", nil),
    ])
    func `a file that a person sends is where a browser finds it`(place: String, url: String?) async throws {
        let helpdesk = ScriptedHelpdesk(id: "desk")
        let desk = WebDesk(helpdesks: [helpdesk])
        #expect(try await desk.post("I want to talk to a human").status == 202)
        try await desk.agent.runUntilIdle()
        let session = try #require(try await desk.store.sessions(.all, limit: 1).first)
        let file = InboundAttachment(
            name: UnredactedText("invoice.pdf"), mediaType: "application/pdf", byteCount: 7,
            place: .elsewhere(UnredactedText(place)))
        helpdesk.tell(
            TeamEvent(
                .replied(by: "Ana", UnredactedText("Here it is."), attachments: [file]), in: .session(session.id),
                providerID: "e1"))
        #expect(await desk.agent.handle(WebhookRequest(), at: "desk").status == 200)
        let message = try #require(try await desk.get().messages.last)
        #expect(
            message["files"] == [
                [
                    "name": "invoice.pdf", "type": "application/pdf", "bytes": 7,
                    "url": url.map(JSONValue.string) ?? .null,
                ]
            ])
    }

    @Test func `nobody sends another conversation's file, nor one that never was`() async throws {
        let id = try #require(try await upload("receipt.png", thread: "another-visitor-1")["file"])
        for name in [id, String(repeating: "z", count: 24), "../../etc/passwd", ""] {
            let body: JSONValue = ["text": "Hello", "id": "1", "files": [.string(name)]]
            #expect(try await desk.post(bytes: body.serialized()).status == 400, "\(name)")
        }
        #expect(asked.withLock { $0 } == [id, String(repeating: "z", count: 24)], "nobody is asked for what is no id")
        let many: JSONValue = ["text": "Hello", "files": .array(Array(repeating: .string(id), count: 6))]
        #expect(try await desk.post(bytes: many.serialized()).status == 400)
    }

    @Test(arguments: [
        "/v1/files/", "/v1/files/../secret", "/v1/files/%2e%2e", "/v1/files/AAAAAAAAAAAAAAAAAAAAAAAA",
        "/v1/files/aaaaaaaaaaaaaaaaaaaaaaaa/..", "/v1/files/zzzzzzzzzzzzzzzzzzzzzzzz", "/v1/files/a",
    ])
    func `a path that is no file's is none`(path: String) async throws {
        #expect(try await desk.respond(WebhookRequest(method: "GET", path: path)).status == 404)
        #expect(asked.withLock { $0 }.allSatisfy { $0 == String(repeating: "z", count: 24) }, "nobody is asked for it")
    }

    @Test func `refuses what is too large, has no name, is of no kind, or finds no room`() async throws {
        #expect(try await upload("large.png", Array(repeating: 1, count: 101)).status == 413)
        #expect(try await upload(nil).status == 400)
        #expect(try await upload("empty.png", []).status == 400)
        #expect(try await upload("a.png", type: "multipart/form-data").status == 400)
        #expect(try await upload("a.png", type: "text/plain").status == 400)
        let kind = try await upload("run.exe")
        #expect(kind.status == 422)
        #expect(kind["message"]?.contains(".png") == true)
        #expect(try await upload("last.png").status == 413)
    }

    @Test func `a chat that takes no files says so`() async throws {
        let plain = WebDesk()
        let request = WebhookRequest(
            path: "/v1/sessions/\(WebDesk.thread)/files", query: [("name", "a.png")],
            headers: [("Content-Type", "application/octet-stream")], body: [1])
        #expect(try await plain.respond(request).status == 404)
        let body: JSONValue = ["text": "Hello", "files": ["aaaaaaaaaaaaaaaaaaaaaaaa"]]
        #expect(try await plain.post(bytes: body.serialized()).status == 400)
        #expect(
            try await plain.respond(WebhookRequest(method: "GET", path: "/widget.js")).text.contains(#""files":null"#))
    }
}
