internal import OpenCXCore
internal import OpenCXPlatform

extension Command {
    static let ask = Command(
        name: "ask", summary: "ask one question and print the answer",
        operands: [Operand(name: "QUESTION")],
        options: [
            Option(name: "--json", value: nil, help: "print the answer as JSON"),
            Option(name: "--as", value: "EMAIL", help: "who asks: a customer whose e-mail address is verified"),
        ],
        discussion: "Keeps nothing unless --data names a folder.",
        run: answer)

    private static let answer: @Sendable (Invocation) async throws -> Void = { invocation in
        let channel = SilentChannel()
        let house = try await House.open(invocation, channels: [channel], inMemory: true)
        let thread = ThreadID("ask-" + RandomIDs().makeID())
        let message = InboundMessage(
            channel: channel.id, channelKind: channel.kind, thread: thread, providerID: nil,
            sender: ContactHandle(
                email: invocation["--as"], customID: thread.rawValue, isVerified: invocation["--as"] != nil),
            text: UnredactedText(invocation.operands[0]))
        let accepted = try await house.agent.receive(message).0
        try await house.agent.runUntilIdle()
        let answer = try await Outcome(accepted, in: house)
        // Whoever gets the answer may look at the file at once.
        await house.close()
        guard let answer else {
            throw Failure("The agent gave no answer; see the messages above.")
        }
        invocation.terminal.print(invocation.has("--json") ? answer.json : answer.text(invocation.terminal))
    }

    /// What came of the question.
    private struct Outcome {
        var session: Session
        var reply: Message?
        var judgement: Judgement?

        init?(_ accepted: AcceptedMessage, in house: House) async throws {
            guard let session = try await house.store.session(accepted.session) else { return nil }
            self.session = session
            let history = try await house.store.history(session.id, after: accepted.sequence, limit: 100)
            reply = history.compactMap(\.message).last
            for step in try await house.store.traces(session.id).last?.steps ?? [] {
                if case .judged(let judgement) = step.event { self.judgement = judgement }
            }
        }

        var json: String {
            let value: JSONValue = [
                "answer": reply.map { .string($0.text.text) } ?? .null,
                "citations": .array(
                    reply?.citations.map { citation -> JSONValue in
                        [
                            "article": .string(citation.article.rawValue), "title": .string(citation.title.text),
                            "url": citation.url.map(JSONValue.string) ?? .null,
                        ]
                    } ?? []),
                "confidence": judgement.map { .number(($0.confidence * 1000).rounded() / 1000) } ?? .null,
                "handoff": session.handoff.map { handoff -> JSONValue in
                    [
                        "trigger": .string(handoff.trigger.rawValue),
                        "reasons": .array(handoff.reasons.map { .string($0.rawValue) }),
                        "explanation": .string(handoff.explanation.text), "summary": .string(handoff.summary.text),
                    ]
                } ?? .null,
                "session": .string(session.id.rawValue), "ticket": .integer(Int64(session.ticket.rawValue)),
            ]
            return String(decoding: value.serialized(), as: UTF8.self)
        }

        func text(_ terminal: Terminal) -> String {
            let words = reply.map { PlainText.of($0.text.text).forTerminal }
            var lines = [words ?? "(no answer: the question stands in the inbox)"]
            lines += (reply?.citations ?? []).map { terminal.faint("source: \($0.label.forTerminal)") }
            if let judgement {
                lines.append(terminal.faint("confidence: \(Int((judgement.confidence * 100).rounded())) %"))
            }
            if let handoff = session.handoff {
                let reasons = handoff.reasons.map(\.rawValue).joined(separator: ", ")
                lines.append(terminal.faint("handed off as ticket \(session.ticket): \(reasons)"))
            }
            return lines.joined(separator: "\n")
        }
    }
}

/// A channel whose messages are read from the store.
struct SilentChannel: Channel {
    var id: ChannelID { "api" }
    var kind: ChannelKind { .api }

    func receive(_ request: WebhookRequest) async throws -> [InboundMessage] {
        throw ChannelError(.malformed, "This channel takes no webhooks.")
    }

    func send(_ message: OutboundMessage) async throws -> DeliveryReceipt { DeliveryReceipt() }
}
