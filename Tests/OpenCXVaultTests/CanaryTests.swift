import FoundationEssentials
import OpenCXCore
import OpenCXSQLite
import OpenCXTesting
import OpenCXVault
import Testing

/// Sessions full of made-up personal data, through every kind of channel and an action: nothing of it is anywhere where it
/// should not be, in no form.
struct CanaryTests {
    /// Values that exist in no other text: each has the session's number in it.
    private struct Canary {
        var email: String
        var phone: String
        var card: String
        var iban: String
        var password: String

        init(_ number: Int) {
            let digits = String(1_000_000 + number * 7)
            email = "canary\(digits)@leak.example"
            phone = "+49 170 \(digits)"
            card = Self.withCheckDigit("45320151\(digits)")
            iban = Self.withCheckDigits("DE", "370400440\(digits)00")
            password = "Hush\(digits)!x"
        }

        var all: [String] { [email, phone, card, iban, password] }

        private static func withCheckDigit(_ digits: String) -> String {
            let sum = digits.reversed().enumerated().reduce(0) { sum, item in
                let digit = item.element.wholeNumberValue ?? 0
                let doubled = item.offset % 2 == 0 ? digit * 2 : digit
                return sum + doubled / 10 + doubled % 10
            }
            return digits + String((10 - sum % 10) % 10)
        }

        private static func withCheckDigits(_ country: String, _ body: String) -> String {
            let text = (body + country + "00").compactMap { Int(String($0), radix: 36) }.map(String.init).joined()
            let remainder = text.reduce(0) { ($0 * 10 + ($1.wholeNumberValue ?? 0)) % 97 }
            let check = 98 - remainder
            return country + (check < 10 ? "0" : "") + String(check) + body
        }
    }

    private static let lookup = ActionDefinition(
        name: "find_account", summary: "Find an account by its e-mail address", examples: ["Find my account"],
        parameters: [ActionParameter(name: "email", label: "e-mail address", source: .conversation)], effect: .lookup,
        replies: ["en": "Found {email}."])

    @Test func `nothing leaks from a thousand sessions`() async throws {
        let directory = try TemporaryDirectory()
        let store = try SQLiteStore(path: directory.store)
        let clock = ManualClock()
        let kinds: [ChannelKind] = [.web, .email, .sms, .api]
        let channels = kinds.enumerated().map {
            RecordingChannel(id: ChannelID("channel-\($0.offset)"), kind: $0.element)
        }
        let model = ScriptedModel { prompt in
            // The model calls the action with the placeholder, then repeats what it was shown and what it has found.
            if case .customer = prompt.turns.last {
                let call = ModelCall(
                    id: "c", name: "find_account", arguments: UnredactedText(#"{"email":"[EMAIL_1]"}"#))
                return ModelReply(text: UnredactedText(""), calls: [call], finish: .toolCalls, model: "m")
            }
            let seen = prompt.turns.map { "\($0)" }.joined(separator: " ")
            let reply: JSONValue = ["kind": "answer", "text": .string("I found it: " + seen), "citations": []]
            return ModelReply(text: UnredactedText(String(decoding: reply.serialized(), as: UTF8.self)), model: "m")
        }
        let actions = ScriptedActions([Self.lookup]) { call in
            ActionResult(fields: ["email": call.arguments["email"] ?? UnredactedText("?")])
        }
        let endpoint = RecordingEndpoint()
        let vault = SealedVault(store: store, key: try SealedVaultTests.key("k1"), clock: clock)
        let agent = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(), answerer: ModelAnswerer(model), actions: actions,
                channels: channels,
                endpoints: [endpoint], redaction: Redaction(policy: RedactionPolicy(), vault: vault), clock: clock,
                ids: SequentialIDs()))
        let canaries = (0..<1000).map(Canary.init)
        for (number, canary) in canaries.enumerated() {
            var message = channels[number % channels.count].message(
                "Find my account \(canary.email). Call \(canary.phone), card \(canary.card), IBAN \(canary.iban). "
                    + "My password is \(canary.password)",
                thread: ThreadID("thread-\(number)"), providerID: "m\(number)")
            message.subject = UnredactedText("About \(canary.email)")
            message.attachments = [
                InboundAttachment(
                    name: UnredactedText("\(canary.card).pdf"), mediaType: "application/pdf",
                    location: "files/\(canary.iban)/x?mail=\(canary.email)")
            ]
            _ = try await agent.receive(message)
            if number % 100 == 99 { try await agent.runUntilIdle() }
        }
        try await agent.runUntilIdle()
        let session = try #require(try await store.sessions(.all, limit: 2000).first)
        let history = try await store.history(session.id, after: 0, limit: 10)
        #expect(history.first?.message?.text.text.contains("[EMAIL_1]") == true, "the messages have arrived, masked")
        #expect(model.prompts.count >= 1000)
        #expect(!endpoint.deliveries.isEmpty)
        #expect(Set(actions.calls.compactMap { $0.arguments["email"]?.reveal() }) == Set(canaries.map(\.email)))

        var places = try FileManager.default.contentsOfDirectory(atPath: directory.path).map { name in
            (name, try Data(contentsOf: URL(filePath: directory.path + "/" + name)))
        }
        #expect(places.map(\.0).contains { $0.hasSuffix("-wal") })
        places.append(("model requests", Data(model.prompts.map { "\($0)" }.joined(separator: "\n").utf8)))
        places.append(("webhooks", Data(endpoint.deliveries.flatMap { $0.payload.serialized() })))
        places.append(("replies", Data(channels.flatMap(\.sent).map { $0.text.reveal() }.joined(separator: "\n").utf8)))
        var traces = ""
        for session in try await store.sessions(.all, limit: 2000) { traces += "\(try await store.traces(session.id))" }
        places.append(("traces", Data(traces.utf8)))
        let needles = Self.needles(canaries)
        for (name, data) in places {
            let leaks = Self.search(data, for: needles)
            #expect(leaks.isEmpty, "\(name) holds \(leaks.count) values, such as \(leaks.first ?? "")")
        }
        await store.close()
    }

    /// Each value as it is, without its spaces, and in the encodings it may travel in.
    private static func needles(_ canaries: [Canary]) -> Set<String> {
        var needles: Set<String> = []
        for value in canaries.flatMap(\.all) {
            let bare = value.filter { $0 != " " }
            for form in [value, bare] {
                needles.insert(form)
                needles.insert(form.map { ["@": "%40", "+": "%2B", " ": "%20"][$0] ?? String($0) }.joined())
                needles.insert(form.map { $0 == "@" ? "\\u0040" : String($0) }.joined())
                // Base64 depends on where a value stands in what is encoded.
                for shift in 0..<3 {
                    let padded = Data(repeating: 120, count: shift) + Data(form.utf8)
                    let usable = padded.count / 3 * 3
                    needles.insert(String(padded.prefix(usable).base64EncodedString().dropFirst(shift == 0 ? 0 : 4)))
                }
            }
        }
        return needles
    }

    /// Which of the texts are among the bytes: looks at every place for the first eight bytes of one.
    private static func search(_ data: Data, for needles: Set<String>) -> [String] {
        let bytes = Array(data)
        var byHead: [UInt64: [[UInt8]]] = [:]
        for needle in needles where needle.utf8.count >= 8 {
            let text = Array(needle.utf8)
            byHead[text.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }, default: []].append(text)
        }
        var found: [String] = []
        var head: UInt64 = 0
        for index in bytes.indices {
            head = head << 8 | UInt64(bytes[index])
            guard index >= 7, let texts = byHead[head] else { continue }
            for text in texts where bytes[(index - 7)...].starts(with: text) {
                found.append(String(decoding: text, as: UTF8.self))
            }
        }
        return found
    }
}
