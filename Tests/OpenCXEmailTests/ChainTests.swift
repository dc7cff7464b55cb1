import OpenCXCore
import OpenCXTesting
import Testing

@testable import OpenCXEmail

/// What answers refer to, in every process and after a restart.
@Suite struct ChainTests {
    private func history(_ said: [(Author, id: String?)]) -> [HistoryEntry] {
        said.enumerated().map { place, said in
            let at = Timestamp(milliseconds: Int64(place))
            let message = Message(
                id: MessageID("m\(place + 1)"), author: said.0, text: "x", at: at, providerID: said.id)
            return HistoryEntry(sequence: place + 1, at: at, event: .message(message))
        }
    }

    private func chain(of place: Int, _ said: [(Author, id: String?)], root: String? = "a@x") -> MailChain? {
        let entries = history(said)
        return entries[place - 1].message.flatMap { MailChain(to: $0, history: entries, root: root) { "own\($0)@us" } }
    }

    @Test func `an answer refers to the mail that it answers, and to all before it`() {
        let said: [(Author, id: String?)] = [
            (.customer, "a@x"), (.ai, nil), (.customer, "b@x"), (.person("Mia"), nil), (.person("Mia"), nil),
            (.customer, "c@x"), (.ai, nil),
        ]
        #expect(chain(of: 2, said)?.inReplyTo == "a@x")
        #expect(chain(of: 2, said)?.references == ["a@x"])
        #expect(chain(of: 4, said)?.references == ["a@x", "own2@us", "b@x"])
        #expect(chain(of: 5, said)?.inReplyTo == "b@x")
        #expect(chain(of: 7, said)?.references == ["a@x", "own2@us", "b@x", "own4@us", "own5@us", "c@x"])
        #expect(chain(of: 7, said, root: "older@x")?.references.prefix(2) == ["older@x", "a@x"])
    }

    @Test func `mails that came in a row are answered one by one`() {
        let said: [(Author, id: String?)] = [
            (.customer, "a@x"), (.customer, "b@x"), (.ai, nil), (.ai, nil), (.ai, nil),
        ]
        #expect((3...5).map { chain(of: $0, said)?.inReplyTo } == ["a@x", "b@x", "b@x"])
        #expect(chain(of: 3, said)?.references == ["a@x"])
        #expect(chain(of: 4, said)?.references == ["a@x", "b@x"])
    }

    @Test func `where no ids were kept the history tells nothing`() {
        #expect(chain(of: 2, [(.customer, nil), (.ai, nil)]) == nil)
        #expect(chain(of: 2, [(.customer, "x" + MailChain.madeUp), (.ai, nil)]) == nil)
        #expect(chain(of: 1, [(.ai, nil)]) == nil)
    }

    @Test func `after a restart, and after answers of ours, the chain is what it was`() async throws {
        var desk = MailDesk()
        try await desk.receive(Samples.mail(id: "m1@example.com"))
        let first = try #require(desk.transport.mails.last).messageID
        try await desk.receive(
            Samples.mail(
                id: "m2@example.com", headers: ["In-Reply-To: <\(first)>", "References: <m1@example.com> <\(first)>"],
                "And the other parcel?"))
        let second = try #require(desk.transport.mails.last).messageID
        desk = desk.restarted()
        let session = try #require(try await desk.store.sessions(.all, limit: 9).first)
        for _ in 0..<2 {
            _ = try await desk.agent.reply(to: session.id, as: "Mia", UnredactedText("It has just arrived."))
            try await desk.agent.runUntilIdle()
        }
        #expect(desk.transport.mails.count == 4)
        for mail in desk.transport.mails.suffix(2) {
            let read = try MailReader().read(mail.bytes)
            #expect(read.inReplyTo == ["m2@example.com"])
            #expect(read.references == ["m1@example.com", first, "m2@example.com"])
        }
        // A program that keeps only the newest reference.
        let third = try #require(desk.transport.mails.last).messageID
        try await desk.receive(
            Samples.mail(id: "m3@example.com", headers: ["In-Reply-To: <\(third)>"], "Thanks, and the invoice?"))
        _ = try await desk.agent.reply(to: session.id, as: "Mia", UnredactedText("Here it is."))
        try await desk.agent.runUntilIdle()
        let last = try MailReader().read(try #require(desk.transport.mails.last).bytes)
        let fourth = desk.transport.mails[2].messageID
        #expect(last.inReplyTo == ["m3@example.com"])
        #expect(
            last.references == ["m1@example.com", first, "m2@example.com", second, fourth, third, "m3@example.com"])
    }
}
