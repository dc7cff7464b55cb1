/// An action with its arguments, as the AI proposed it; placeholders stand for personal data.
public struct ActionProposal: Sendable, Hashable, Codable {
    /// The action.
    public var name: String
    /// The arguments taken from the conversation. Those that name the customer are added by the platform.
    public var arguments: [String: RedactedText]

    /// Makes a proposal from its parts.
    public init(name: String, arguments: [String: RedactedText]) {
        self.name = name
        self.arguments = arguments
    }
}

/// An action that waits for the customer's yes.
public struct PendingAction: Sendable, Hashable, Codable {
    /// What would be done.
    public var proposal: ActionProposal
    /// The customer's message that it was proposed for.
    public var proposedAt: Int
    /// From when on a yes is no answer to the question any more.
    public var expiresAt: Timestamp

    /// Makes a pending action.
    public init(proposal: ActionProposal, proposedAt: Int, expiresAt: Timestamp) {
        self.proposal = proposal
        self.proposedAt = proposedAt
        self.expiresAt = expiresAt
    }
}
