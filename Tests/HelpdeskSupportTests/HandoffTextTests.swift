import HelpdeskSupport
import OpenCXCore
import Testing

@Suite struct HandoffTextTests {
    private func handoff(_ lines: [String], key: String = "s1-4-handoff-front") -> HandoffPackage {
        HandoffPackage(
            idempotencyKey: key, session: "s1", ticket: TicketNumber(rawValue: 1001), channelKind: .web,
            contact: Contact(id: "c1", isVerified: false, createdAt: .epoch),
            record: HandoffRecord(
                trigger: .explicitRequest, explanation: "Asked.", summary: "A tent is torn.", sentiment: .angry,
                at: .epoch),
            summary: UnredactedText("A tent is torn."),
            transcript: lines.map { TranscriptLine(author: .customer, text: UnredactedText($0), at: .epoch) }, tags: [])
    }

    @Test func `a comment tells what, why and how, and can be found again`() {
        let comment = HandoffText.comment(handoff([]), link: "https://team.example/sessions/s1")
        #expect(comment.contains("A tent is torn."))
        #expect(comment.contains("The customer asked for a person."))
        #expect(comment.contains("Sentiment: angry"))
        #expect(comment.contains("[Session #1001](https://team.example/sessions/s1)"))
        #expect(comment.hasSuffix(HandoffText.marker("s1-4-handoff-front")))
    }

    @Test func `marks differ by key and by part, and stay the same`() {
        let marks = ["a", "b"].flatMap { key in (0...2).map { HandoffText.marker(key, part: $0) } }
        #expect(Set(marks).count == 6)
        #expect(HandoffText.marker("a") == HandoffText.marker("a", part: 0))
    }

    @Test func `a long conversation comes in parts that lose nothing`() {
        let lines = (0..<40).map { "\($0): " + String(repeating: "Zelt 👩🏽‍🚀\u{0301} ", count: 40) }
        let parts = HandoffText.transcript(handoff(lines), limit: 2000)
        #expect(parts.count > 5)
        #expect(parts.allSatisfy { $0.utf8.count <= 2000 })
        let all = parts.joined()
        for line in 0..<40 { #expect(all.contains("\(line): ")) }
        #expect(parts[1].hasPrefix("Conversation so far (2/\(parts.count))"))
        #expect(parts[1].hasSuffix(HandoffText.marker("s1-4-handoff-front", part: 2)))
    }

    @Test func `one message that is longer than a part is cut between scalars`() {
        let parts = HandoffText.transcript(handoff([String(repeating: "é", count: 3000)]), limit: 1000)
        #expect(parts.allSatisfy { $0.utf8.count <= 1000 })
        #expect(parts.joined().unicodeScalars.count { $0 == "é" } == 3000)
    }
}
