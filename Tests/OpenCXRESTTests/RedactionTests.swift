import OpenCXCore
import OpenCXREST
import OpenCXTesting
import Testing

@Suite struct RedactionTests {
    @Test func `one entry is hidden, and what was made of it`() async throws {
        let site = try await Site()
        let session = try await site.receive("My password is swordfish. I want to talk to a person.").session
        try await site.agent.runUntilIdle()
        _ = try await site.agent.note(on: session, by: "sam", UnredactedText("Looks fine"))
        let path = "/chat/sessions/\(session)/history"
        let first = try #require(try await site.send("GET", path).items.first)
        let id = first["id"] ?? .null
        let hidden = try await site.send("POST", "/redaction/message", ["messageId": id, "reason": "a secret"])
        #expect(hidden.status == 200 && hidden["redactionType"] == "message" && hidden["messagesRedacted"] == 1)
        let after = try await site.send("GET", path).items
        #expect(after[0].at("event.content.text") == "[REDACTED]" && after[0]["created_at"] == first["created_at"])
        #expect(after.last?.at("event.content.text") == "Looks fine")
        #expect(try await site.store.traces(session).isEmpty)
        let handoff = try await site.send("GET", "/handoff-analytics/events/\(session)").items
        #expect(handoff.first?["summary"] == "[REDACTED]")
    }

    @Test func `a whole session is hidden`() async throws {
        let site = try await Site()
        let session = try await site.receive("I am jo@example.com, and my dog is ill.").session
        try await site.agent.runUntilIdle()
        let hidden = try await site.send("POST", "/redaction/session", ["sessionId": .string(session.rawValue)])
        #expect(hidden.status == 200 && hidden["redactionType"] == "session")
        let texts = try await site.send("GET", "/chat/sessions/\(session)/history").items
            .compactMap { $0.at("event.content.text")?.string }
        #expect(texts.count == 2 && Set(texts) == ["[REDACTED]"])
        let other = try await site.receive("Is it?", thread: "t2", customer: "kim").session
        #expect(try await site.store.history(other, after: 0, limit: 9).first?.message?.text == "Is it?")
    }

    @Test func `what is not there is not hidden, and not while the AI answers`() async throws {
        let site = try await Site()
        let session = try await site.receive("Hello").session
        let busy = try await site.send("POST", "/redaction/session", ["sessionId": .string(session.rawValue)])
        #expect(busy.status == 409 && busy.header("retry-after") == "5")
        for id in ["none", "none.1", "\(session).0", "\(session).-1", "\(session).99", "\(session).x", "."] {
            #expect(try await site.send("POST", "/redaction/message", ["messageId": .string(id)]).status == 404)
        }
        #expect(try await site.send("POST", "/redaction/session", ["sessionId": "none"]).status == 404)
    }
}
