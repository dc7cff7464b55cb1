import OpenCXCore
import OpenCXTesting
import Testing

/// What a session keeps besides messages, and that personal data in it are redacted.
struct KeepingTests {
    private let desk = Desk(answerer: ScriptedAnswerer(answering: "Yes."))

    @Test func `labels are put on and taken off, and the history tells by whom`() async throws {
        let accepted = try await desk.customer("Hello")
        let session = accepted.session
        _ = try await desk.agent.tag(session, adding: ["vip", " eu ", ""], by: .person("mia"))
        _ = try await desk.agent.tag(session, adding: ["vip", "call jane@example.com"], removing: ["eu"], by: .ai)
        _ = try await desk.agent.tag(session, adding: ["vip"], removing: ["eu"], by: .system)
        #expect(try await desk.session(accepted).tags == ["vip", "call [EMAIL_1]"])
        let entries = try await desk.history(accepted).map(\.event).filter {
            if case .tags = $0 { true } else { false }
        }
        #expect(
            entries == [
                .tags(added: ["vip", "eu"], removed: [], by: .person("mia")),
                .tags(added: ["call [EMAIL_1]"], removed: ["eu"], by: .ai),
            ])
    }

    @Test func `a checkpoint comes back as it was given, and is stored without personal data`() async throws {
        let accepted = try await desk.customer("Hello")
        let state: JSONValue = [
            "step": 2, "price": .number(9.5), "to": "jane@example.com", "list": [true, .null, "a \"b\"\n"],
            "jane@example.com": "x",
        ]
        let kept = try #require(try await desk.agent.checkpoint(UnredactedJSON(state), in: accepted.session))
        #expect(kept.checkpoint?.text.contains("jane@example.com") == false)
        #expect(try await desk.agent.checkpoint(of: kept)?.reveal() == state)
        #expect(try await desk.history(accepted).last?.event == kept.checkpoint.map { .checkpoint($0) })
        // A card number is no number any more, whichever way it was written.
        let card = UnredactedJSON(["card": .integer(4_111_111_111_111_111)])
        let masked = try await desk.agent.checkpoint(card, in: accepted.session)
        #expect(masked?.checkpoint?.text == #"{"card":"[CREDIT_CARD_1]"}"#)
    }

    @Test func `a checkpoint cannot name what somebody else wrote`() async throws {
        let accepted = try await desk.customer("I am jane@example.com")
        let forged = UnredactedJSON(["to": "[EMAIL_1]"])
        let kept = try #require(try await desk.agent.checkpoint(forged, in: accepted.session))
        #expect(try await desk.agent.checkpoint(of: kept)?.reveal()["to"] != "jane@example.com")
    }

    @Test func `what is too large is refused before it is looked at`() async throws {
        let accepted = try await desk.customer("Hello")
        let (agent, session) = (desk.agent, accepted.session)
        let long = String(repeating: "x", count: 20_000)
        await #expect(throws: StoreError.self) {
            _ = try await agent.checkpoint(UnredactedJSON(["a": .string(long)]), in: session)
        }
        await #expect(throws: StoreError.self) {
            _ = try await agent.describe(session, with: ["a": UnredactedText(long)])
        }
        await #expect(throws: StoreError.self) {
            _ = try await agent.describe(session, with: [long: UnredactedText("a")])
        }
        await #expect(throws: StoreError.self) { _ = try await agent.tag(session, adding: [long], by: .ai) }
        await #expect(throws: StoreError.self) {
            _ = try await agent.tag(session, adding: (0..<51).map(String.init), by: .ai)
        }
        #expect(try await desk.history(accepted).count == 2)
    }

    @Test func `custom data is redacted, its names as well`() async throws {
        let accepted = try await desk.customer("Hello")
        let described = try await desk.agent.describe(
            accepted.session,
            with: ["plan": UnredactedText("gold"), "jane@example.com": UnredactedText("jane@example.com")])
        #expect(described?.attributes == ["plan": "gold", "[EMAIL_1]": "[EMAIL_1]"])
        let less = try await desk.agent.describe(accepted.session, with: ["plan": UnredactedText("")])
        #expect(less?.attributes == ["[EMAIL_1]": "[EMAIL_1]"])
        #expect(try await desk.agent.describe("nowhere", with: [:]) == nil)
    }

    @Test func `an erasure takes all of it`() async throws {
        let accepted = try await desk.customer("Hello")
        let session = accepted.session
        _ = try await desk.agent.describe(session, with: ["to": UnredactedText("jane@example.com")])
        _ = try await desk.agent.checkpoint(UnredactedJSON(["to": "jane@example.com"]), in: session)
        let contact = try await desk.session(accepted).contact
        _ = try await desk.agent.erase(contact)
        #expect(try await desk.store.session(session) == nil)
        #expect(try await desk.store.history(session, after: 0, limit: 9).isEmpty)
        // Whoever comes late finds nothing, and leaves nothing behind in the vault.
        #expect(try await desk.agent.describe(session, with: ["to": UnredactedText("jane@example.com")]) == nil)
        #expect(
            try await desk.agent.parts.redaction.restore("[EMAIL_1]", in: session).reveal() == "[EMAIL_1]")
    }
}
