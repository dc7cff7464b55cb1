internal import HelpdeskSupport
internal import OpenCXCore

/// What a customer wrote after the handoff on its way into the conversation, in their name.
struct SunshineFollowUp {
    let followUp: FollowUp
    let configuration: SunshineConfiguration
    let api: SunshineAPI

    func perform() async throws {
        // Nothing can be added to a conversation that is gone; the built-in inbox has the message.
        guard let conversation = try await api.conversation(followUp.reference) else { return }
        guard let user = conversation.user else {
            throw HelpdeskError(
                .rejected, "The conversation in Sunshine Conversations was not made by us, or its metadata was removed."
            )
        }
        let known = followUp.isRetry ? Set(try await api.messages(in: conversation.id).compactMap(\.mark)) : []
        let missing = HandoffText.pieces(text, of: SunshineText.limit).enumerated()
            .map { (HandoffText.marker(followUp.idempotencyKey, part: $0.offset), $0.element) }
            .filter { !known.contains($0.0) }
        if missing.isEmpty { return }
        // Before the message, so that no bot answers it.
        if !configuration.isWithTeam(conversation) {
            try await api.passControl(of: conversation.id, to: configuration.agentWorkspace, metadata: [:])
        }
        let author: SunshineMessage.Author = followUp.line.author == .customer ? .user(user) : .business
        for (mark, piece) in missing {
            _ = try await api.post(piece, by: author, mark: mark, to: conversation.id)
        }
    }

    private var text: String {
        var lines = [PlainField.block(followUp.line.text.reveal(), limit: 200_000)].filter { !$0.isEmpty }
        if !followUp.files.isEmpty {
            let names = followUp.files.map { PlainField.line($0.reveal(), limit: 200) }
            lines.append("Files: " + names.joined(separator: ", "))
        }
        return lines.isEmpty ? "(nothing)" : lines.joined(separator: "\n\n")
    }
}
