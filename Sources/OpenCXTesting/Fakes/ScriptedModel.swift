public import OpenCXCore

/// A language model that says what test code tells it to.
public final class ScriptedModel: LanguageModel {
    /// The name it goes by.
    public let name: String
    private let script: @Sendable (Prompt) async throws -> ModelReply
    private let seen = Locked<[Prompt]>([])

    /// Makes a model that asks a closure.
    public init(name: String = "scripted", _ script: @escaping @Sendable (Prompt) async throws -> ModelReply) {
        self.name = name
        self.script = script
    }

    /// Makes a model that gives these replies one after the other, and the last one from then on.
    public convenience init(name: String = "scripted", replies: [ModelReply]) {
        let left = Locked(replies[...])
        self.init(name: name) { _ in
            try left.withLock { left in
                guard let next = left.first else { throw ModelError(.unavailable, "The script has no reply.") }
                if left.count > 1 { left.removeFirst() }
                return next
            }
        }
    }

    /// What it was asked, in order.
    public var prompts: [Prompt] { seen.withLock { $0 } }

    /// Asks the script.
    public func complete(_ prompt: Prompt) async throws -> ModelReply {
        seen.withLock { $0.append(prompt) }
        return try await script(prompt)
    }
}
