import OpenCXCore
import OpenCXOpenAPI
import OpenCXTesting
import Testing

/// Imported actions in a whole agent: what a model says, what the API receives, what is kept.
struct AgentTests {
    static let document = Shop.document(
        """
        summary: send the invoice again
        requestBody:
          required: true
          content:
            application/json:
              schema:
                type: object
                required: [to, order]
                properties:
                  to: {type: object, properties: {address: {type: string, format: email}, names: {type: array, items: {type: string}}}}
                  order: {type: integer}
                  customer: {type: string}
        """, method: "post")
    static let lookup = Shop.document(
        "parameters: [{name: email, in: query, required: true, schema: {type: string, format: email}}]")
    static let jane = ContactHandle(email: "jane@example.com", customID: "cust-7", isVerified: true)
    static let canary = "canary.bird+1@example.org"

    static func actions(_ document: [UInt8], _ api: FakeAPI, _ settings: OpenAPISettings = OpenAPISettings()) throws
        -> OpenAPIActions
    {
        OpenAPIActions(try OpenAPIImport(document: document, settings: settings), http: api)
    }

    /// Proposes an action once, agrees to what waits, and reads out what came of it.
    static func answerer(_ arguments: [String: RedactedText]) -> ScriptedAnswerer {
        ScriptedAnswerer { request in
            if let result = request.results.last {
                return .answer(Answer(text: result.result, confidence: 1, basis: .action))
            }
            if let pending = request.pendingAction { return .act(pending.proposal) }
            return .act(ActionProposal(name: "the_operation", arguments: arguments))
        }
    }

    /// Everything the store has kept of a session, as text.
    static func kept(_ desk: SupportDesk, _ accepted: AcceptedMessage) async throws -> String {
        let history = try await desk.store.history(accepted.session, after: 0, limit: 1000)
        let traces = try await desk.store.traces(accepted.session)
        let session = try await desk.store.session(accepted.session)
        return "\(history) \(traces) \(String(describing: session))"
    }

    @Test func `the API receives the address, everybody else its placeholder`() async throws {
        let api = FakeAPI(status: 200, #"{"sent_to": "\#(Self.canary)", "copy": "other.bird@example.org"}"#)
        let answerer = Self.answerer([
            "to": #"{"address": "[EMAIL_1]", "names": ["about [EMAIL_1]"]}"#, "order": "4711",
        ])
        let desk = SupportDesk(answerer: answerer, actions: try Self.actions(Self.document, api))
        let accepted = try await desk.customer("Please send my invoice to \(Self.canary)", from: Self.jane)
        #expect(api.requests.isEmpty)
        #expect(desk.sent.last?.contains("send the invoice again") == true)
        #expect(desk.sent.last?.contains("4711") == true)
        try await desk.customer("yes", from: Self.jane)
        let request = try #require(api.requests.first)
        #expect(api.requests.count == 1)
        #expect(
            request.text == #"{"order":4711,"to":{"address":"\#(Self.canary)","names":["about \#(Self.canary)"]}}"#)
        #expect(request.header("Idempotency-Key")?.hasPrefix("effect-") == true)
        let kept = try await Self.kept(desk, accepted)
        #expect(!kept.contains("canary.bird") && !kept.contains("other.bird"))
        #expect(kept.contains("[EMAIL_1]") && kept.contains("[EMAIL_2]"))
        // What models are asked holds the placeholder as well.
        #expect(!String(describing: answerer.requests).contains("bird"))
    }

    @Test func `a value from the vault cannot break out of its text`() async throws {
        let api = FakeAPI()
        let answerer = Self.answerer(["to": #"{"address": "[EMAIL_1]"}"#, "order": "1", "customer": "[PHONE_1]"])
        let desk = SupportDesk(answerer: answerer, actions: try Self.actions(Self.document, api))
        try await desk.customer("My address: o'hara@example.org, call +49 151 23456789", from: Self.jane)
        try await desk.customer("yes", from: Self.jane)
        let body = try JSONValue(parsing: try #require(api.requests.first).body)
        #expect(body["to"]?["address"] == "o'hara@example.org")
        #expect(body["customer"] == "+49 151 23456789")
    }

    @Test func `a placeholder that stands in JSON without quotes is read all the same`() async throws {
        let api = FakeAPI()
        let desk = SupportDesk(
            answerer: Self.answerer(["to": #"{"names": [[PHONE_1], "[x]"]}"#, "order": "1"]),
            actions: try Self.actions(Self.document, api))
        try await desk.customer("Call +49 151 23456789", from: Self.jane)
        try await desk.customer("yes", from: Self.jane)
        let body = try JSONValue(parsing: try #require(api.requests.first).body)
        #expect(body["to"]?["names"] == ["+49 151 23456789", "[x]"])
    }

    @Test func `what is bound comes from the verified contact, whatever is proposed`() async throws {
        let api = FakeAPI()
        let settings = OpenAPISettings(bindings: [ActionBinding("email", to: .email)])
        let answerer = Self.answerer(["email": "victim@example.com"])
        let desk = SupportDesk(answerer: answerer, actions: try Self.actions(Self.lookup, api, settings))
        try await desk.customer("What about my order?", from: Self.jane)
        #expect(api.requests.map(\.url) == ["https://api.example.com/v1/things?email=jane%40example.com"])
        let unknown = SupportDesk(answerer: answerer, actions: try Self.actions(Self.lookup, api, settings))
        try await unknown.customer("What about my order?")
        #expect(api.requests.count == 1)
    }

    @Test func `wrong arguments go back once, before the customer is asked; then a person takes over`() async throws {
        let api = FakeAPI()
        let answerer = ScriptedAnswerer { request in
            let isSecond = request.results.last?.outcome == .badArguments
            return .act(
                ActionProposal(
                    name: "the_operation", arguments: ["to": "{}", "order": isSecond ? "4711" : "the last one"]))
        }
        let desk = SupportDesk(answerer: answerer, actions: try Self.actions(Self.document, api))
        try await desk.customer("Send my invoice again", from: Self.jane)
        #expect(answerer.requests.last?.results.map(\.result.text) == ["order must be a whole number"])
        #expect(desk.sent.last?.contains("4711") == true)
        let stubborn = SupportDesk(
            answerer: ScriptedAnswerer(.act(ActionProposal(name: "the_operation", arguments: ["order": "x"]))),
            actions: try Self.actions(Self.document, api))
        let accepted = try await stubborn.customer("Send my invoice again", from: Self.jane)
        #expect(try await stubborn.store.session(accepted.session)?.handoff?.trigger == .actionFailed)
        #expect(api.requests.isEmpty)
    }

    @Test func `a lookup that must be confirmed is`() async throws {
        let api = FakeAPI()
        let document = Shop.document("x-open-require-form-submission: true")
        let desk = SupportDesk(answerer: Self.answerer([:]), actions: try Self.actions(document, api))
        try await desk.customer("Look it up", from: Self.jane)
        #expect(api.requests.isEmpty)
        try await desk.customer("yes", from: Self.jane)
        #expect(api.requests.count == 1)
        #expect(api.requests[0].header("Idempotency-Key") == nil)
    }

    @Test func `a server that fails half-way leaves the outcome open, and a person looks`() async throws {
        let desk = SupportDesk(
            answerer: Self.answerer(["to": "{}", "order": "1"]),
            actions: try Self.actions(Self.document, FakeAPI(status: 502, "")))
        try await desk.customer("Send my invoice again", from: Self.jane)
        let accepted = try await desk.customer("yes", from: Self.jane)
        #expect(try await desk.store.session(accepted.session)?.handoff?.trigger == .actionUnknown)
    }

    // MARK: For whom, and where

    struct Directory: SegmentDirectory {
        struct Down: Error {}
        var answer: Result<Set<String>, any Error>
        func segments(of contact: Contact) async throws -> Set<String> { try answer.get() }
    }

    @Test(arguments: [("vip", true, true), ("others", true, false), ("vip", false, false), ("down", true, false)])
    func `an action for a segment exists for nobody else`(segment: String, isVerified: Bool, exists: Bool) async throws
    {
        let own = ActionOverrides(segments: ["vip"])
        let actions = try Self.actions(
            Shop.document(""), FakeAPI(), OpenAPISettings(operations: ["the_operation": own]))
        let answerer = ScriptedAnswerer(answering: "Hello.")
        let answer: Result<Set<String>, any Error> =
            segment == "down" ? .failure(Directory.Down()) : .success([segment])
        let desk = SupportDesk(answerer: answerer, actions: actions, segments: Directory(answer: answer))
        try await desk.customer("Hello", from: ContactHandle(customID: "cust-7", isVerified: isVerified))
        #expect(answerer.requests.first?.actions.isEmpty == !exists)
    }

    @Test func `imported actions exist in the web chat alone, unless the team wants more`() async throws {
        let answerer = ScriptedAnswerer(answering: "Hello.")
        for (channels, exists) in [([.email], false), ([.web, .email], true), ([], true)] as [(Set<ChannelKind>, Bool)]
        {
            let actions = try Self.actions(Shop.document(""), FakeAPI(), OpenAPISettings(channels: channels))
            let desk = SupportDesk(answerer: answerer, actions: actions)
            try await desk.customer("Hello")
            #expect(answerer.requests.last?.actions.isEmpty == !exists)
        }
    }
}
