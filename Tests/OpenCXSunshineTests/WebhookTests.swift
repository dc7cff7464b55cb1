import OpenCXCore
import OpenCXSunshine
import OpenCXTesting
import Testing

struct WebhookTests {
    private func events(_ events: JSONValue...) async throws -> [TeamEvent] {
        try await Sunshine.helpdesk(FakeSunshine()).events(in: Sunshine.request(events))
    }

    @Test(arguments: ["no key", "another key", "half a key", "longer", "empty", "no secrets", "empty secret"])
    func `what does not carry a secret of ours is refused`(kind: String) async throws {
        let keys = [
            "another key": "guess", "half a key": "wh00k", "longer": Sunshine.secret + "x", "empty": "",
            "no secrets": Sunshine.secret, "empty secret": "",
        ]
        let request = Sunshine.request([Sunshine.message(Sunshine.text("Hello"), in: "c1")], key: keys[kind])
        let helpdesk = Sunshine.helpdesk(FakeSunshine()) {
            if kind == "no secrets" { $0.webhookSecrets = [] }
            if kind == "empty secret" { $0.webhookSecrets = [Secret("")] }
        }
        let error = try await #require(throws: ChannelError.self) { _ = try await helpdesk.events(in: request) }
        #expect(error.httpStatus == 401)
        #expect(!error.message.contains("Hello") && !error.message.contains(Sunshine.secret))
    }

    @Test(arguments: ["", "{}", "[1]", #"{"events": 1}"#, "{"]) func `what is no list of events is malformed`(
        body: String
    )
        async throws
    {
        var request = Sunshine.request([])
        request.body = Array(body.utf8)
        let given = request
        let error = try await #require(throws: ChannelError.self) {
            _ = try await Sunshine.helpdesk(FakeSunshine()).events(in: given)
        }
        #expect(error.httpStatus == 400)
    }

    @Test func `what a person writes is told`() async throws {
        let told = try await events(
            Sunshine.message(Sunshine.text("Hello Anna"), in: "c1"),
            Sunshine.message(Sunshine.text("I am here"), in: "c2", id: "m901", name: nil),
            Sunshine.message(
                [
                    "type": "image", "mediaUrl": "https://media.example.com/conv/a%20b.png?v=1",
                    "mediaType": "image/png",
                    "mediaSize": 1200, "text": "Look",
                ], in: "c1", id: "m902"))
        #expect(told.map(\.conversation) == [.ticket("c1"), .ticket("c2"), .ticket("c1")])
        #expect(told.map(\.providerID) == ["message-m900", "message-m901", "message-m902"])
        guard case .replied("Ana", let text, let none) = told[0].activity,
            case .replied("Zendesk agent", _, _) = told[1].activity,
            case .replied("Ana", let caption, let files) = told[2].activity
        else {
            Issue.record("They are answers.")
            return
        }
        #expect(text.reveal() == "Hello Anna" && none.isEmpty && caption.reveal() == "Look")
        #expect(files.map(\.location) == ["https://media.example.com/conv/a%20b.png?v=1"])
        #expect(files.first?.name.reveal() == "a%20b.png" && files.first?.byteCount == 1200)
    }

    @Test func `a message that cannot be carried over is told in the history`() async throws {
        let told = try await events(
            Sunshine.message(["type": "form", "fields": []], in: "c1"),
            Sunshine.message(["type": "file", "mediaUrl": "http://media.example.com/a"], in: "c1", id: "m3"))
        for event in told {
            guard case .changed(let words, "Ana") = event.activity else {
                Issue.record("It is no answer.")
                continue
            }
            #expect(words.reveal().contains("form") || words.reveal().contains("file"))
        }
        #expect(told.count == 2)
    }

    @Test func `what we, bots and customers write is not told`() async throws {
        let text = Sunshine.text("Hello")
        let told = try await events(
            Sunshine.message(text, in: "c1", by: "user", name: nil, source: "web"),
            Sunshine.message(text, in: "c1", by: "user", name: nil, source: "api:conversations"),
            Sunshine.message(text, in: "c1", source: "api:conversations"),
            Sunshine.message(text, in: "c1", source: "zd:answerBot"),
            Sunshine.message(text, in: "c1", metadata: ["opencx": "[opencx:1]"]),
            ["id": "e9", "type": "conversation:typing", "payload": ["conversation": ["id": "c1"]]],
            ["id": "e10", "type": "something:new", "payload": [:]], ["type": "conversation:message"], .null, 7)
        #expect(told.isEmpty)
    }

    @Test(arguments: ["releaseControl", "passControl"]) func `a closed ticket ends the session`(verb: String)
        async throws
    {
        let told = try await events(
            Sunshine.control(verb, reason: "ticketClosed", in: "c1"),
            Sunshine.control(verb, reason: nil, in: "c1", id: "e2"),
            Sunshine.control(verb, reason: "transferToEmail", in: "c1", id: "e3"))
        #expect(told.map(\.providerID) == ["e1", "e3"])
        guard case .ended(.closedResolved, by: nil) = told[0].activity, case .changed = told[1].activity else {
            Issue.record("The first is an end.")
            return
        }
    }
}
