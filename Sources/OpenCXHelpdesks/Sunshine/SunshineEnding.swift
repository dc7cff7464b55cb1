internal import HelpdeskSupport
internal import OpenCXCore

/// The end of a session on its way into its conversation.
struct SunshineEnding {
    private let ending: ConversationEnding
    private let configuration: SunshineConfiguration
    private let api: SunshineAPI

    init(_ ending: ConversationEnding, configuration: SunshineConfiguration, api: SunshineAPI) {
        var ending = ending
        ending.summary = UnredactedText(PlainField.block(ending.summary.reveal(), limit: 2000))
        self.ending = ending
        self.configuration = configuration
        self.api = api
    }

    func perform() async throws -> EndingOutcome {
        guard let conversation = try await api.conversation(ending.reference) else {
            return .left("The conversation is not in Sunshine Conversations any more.")
        }
        // A message to a conversation whose ticket is closed would be about nothing.
        guard configuration.isWithTeam(conversation) else { return .done }
        if try await !isNoted(in: conversation.id) {
            let text = HandoffText.ending(ending, link: nil).replacing("**", with: "", maxReplacements: 2)
            _ = try await api.post(
                PlainField.block(text, limit: SunshineText.limit - 3), by: .business,
                mark: HandoffText.marker(ending.idempotencyKey), to: conversation.id)
        }
        // Control is not taken back from people: that would leave them with a ticket that they cannot answer.
        return ending.status == .closedResolved
            ? .left("The team has the conversation in Zendesk, so it was noted there and its ticket not solved.")
            : .done
    }

    private func isNoted(in id: String) async throws -> Bool {
        guard ending.isRetry else { return false }
        let mark = HandoffText.marker(ending.idempotencyKey)
        return try await api.messages(in: id).contains { $0.mark == mark }
    }
}
