public import OpenCXCore

extension HandoffPackage {
    /// A handoff as the engine would send it, for tests.
    public static func sample(key: String = "handoff/session-1/2", ticket: Int = 4521) -> HandoffPackage {
        let start = Timestamp(milliseconds: 1_700_000_000_000)
        return HandoffPackage(
            idempotencyKey: key, session: "session-1", ticket: TicketNumber(rawValue: ticket), channelKind: .web,
            contact: Contact(
                id: "contact-1", email: "anna@example.com", phone: "+4915112345678", customID: "customer-7",
                name: "Anna Ek",
                isVerified: true, createdAt: start),
            record: HandoffRecord(
                trigger: .explicitRequest, explanation: "The customer asked for a person.",
                summary: "[NAME_1] waits for order RMA-2207.", sentiment: .neutral, topic: "Returns", at: start),
            summary: UnredactedText("Anna Ek waits for order RMA-2207."),
            transcript: [
                TranscriptLine(author: .customer, text: UnredactedText("Where is my refund?"), at: start),
                TranscriptLine(author: .ai, text: UnredactedText("Refunds take 5 business days."), at: start),
                TranscriptLine(author: .customer, text: UnredactedText("I want to talk to a person."), at: start),
            ],
            tags: ["refund", "vip"])
    }
}
