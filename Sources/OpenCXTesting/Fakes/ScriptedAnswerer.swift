public import OpenCXCore

/// An answerer that says what test code tells it to.
public final class ScriptedAnswerer: Answerer {
    private let script: @Sendable (AnswerRequest) async throws -> AnswerDraft
    private let seen = Locked<[AnswerRequest]>([])

    /// Makes an answerer that asks a closure.
    public init(_ script: @escaping @Sendable (AnswerRequest) async throws -> AnswerDraft) {
        self.script = script
    }

    /// Makes an answerer that always proposes the same.
    public convenience init(_ draft: AnswerDraft) {
        self.init { _ in draft }
    }

    /// Makes an answerer that always gives the same answer, and is sure of it.
    public convenience init(answering text: RedactedText) {
        self.init(.answer(Answer(text: text, confidence: 1, basis: .smallTalk)))
    }

    /// What it was asked, in order.
    public var requests: [AnswerRequest] { seen.withLock { $0 } }

    /// Asks the script.
    public func draft(for request: AnswerRequest) async throws -> AnswerDraft {
        seen.withLock { $0.append(request) }
        return try await script(request)
    }
}
