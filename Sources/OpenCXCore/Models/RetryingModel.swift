/// How requests to a model are tried again.
///
/// The defaults are those of the vendors' own clients: two more tries, half a second doubled up to eight, a quarter less by
/// jitter, and what the vendor asks for counts instead, up to a minute.
public struct ModelRetryPolicy: Sendable, Hashable {
    /// How many tries follow the first one.
    public var retries: Int
    /// The wait before the first of them; it doubles from there.
    public var firstDelay: Duration
    /// The longest wait of ours.
    public var longestDelay: Duration
    /// The longest wait that a vendor may ask for. A longer one fails at once, for the customer is waiting too.
    public var longestAsked: Duration

    /// Makes a policy.
    public init(
        retries: Int = 2, firstDelay: Duration = .milliseconds(500), longestDelay: Duration = .seconds(8),
        longestAsked: Duration = .seconds(60)
    ) {
        self.retries = retries
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
        self.longestAsked = longestAsked
    }

    /// How long to wait after the `retry`th try failed, counted from 0; `nil` when it is not to be tried again.
    /// `jitter` is in `0..<1`.
    public func delay(after error: ModelError, retry: Int, jitter: Double) -> Duration? {
        guard retry < retries, error.isRetryable else { return nil }
        if let asked = error.retryAfter, asked > .zero { return asked <= longestAsked ? asked : nil }
        return min(longestDelay, firstDelay * (1 << min(retry, 20))) * (1 - jitter * 0.25)
    }

    func run<Value>(
        clock: any AgentClock, ids: any IDSource, _ body: () async throws -> Value
    ) async throws -> Value {
        var retry = 0
        while true {
            do {
                return try await body()
            } catch let error as ModelError {
                guard let delay = delay(after: error, retry: retry, jitter: ids.fraction()) else { throw error }
                try await clock.sleep(until: clock.now() + delay)
                retry += 1
            }
        }
    }
}

/// A model that is asked again when it fails in a way that passes.
public struct RetryingModel: LanguageModel {
    private let model: any LanguageModel
    private let policy: ModelRetryPolicy
    private let clock: any AgentClock
    private let ids: any IDSource

    /// Wraps a model.
    ///
    /// - Parameters:
    ///   - model: the model.
    ///   - policy: how often and how long after.
    ///   - clock: where waiting happens.
    ///   - ids: where jitter comes from.
    public init(
        _ model: any LanguageModel, policy: ModelRetryPolicy = ModelRetryPolicy(), clock: any AgentClock,
        ids: any IDSource
    ) {
        self.model = model
        self.policy = policy
        self.clock = clock
        self.ids = ids
    }

    /// The model's name.
    public var name: String { model.name }

    /// See ``LanguageModel/complete(_:)``.
    public func complete(_ prompt: Prompt) async throws -> ModelReply {
        try await policy.run(clock: clock, ids: ids) { try await model.complete(prompt) }
    }

    /// See ``LanguageModel/stream(_:)``. Once the first delta may have been shown, nothing is tried again.
    public func stream(_ prompt: Prompt) async throws -> ModelStream {
        try await policy.run(clock: clock, ids: ids) { try await model.stream(prompt) }
    }
}

/// An embedder that is asked again when it fails in a way that passes.
public struct RetryingEmbedder: Embedder {
    private let embedder: any Embedder
    private let policy: ModelRetryPolicy
    private let clock: any AgentClock
    private let ids: any IDSource

    /// Wraps an embedder.
    ///
    /// - Parameters:
    ///   - embedder: the embedder.
    ///   - policy: how often and how long after.
    ///   - clock: where waiting happens.
    ///   - ids: where jitter comes from.
    public init(
        _ embedder: any Embedder, policy: ModelRetryPolicy = ModelRetryPolicy(), clock: any AgentClock,
        ids: any IDSource
    ) {
        self.embedder = embedder
        self.policy = policy
        self.clock = clock
        self.ids = ids
    }

    /// The embedder's name.
    public var name: String { embedder.name }

    /// See ``Embedder/embed(_:)``.
    public func embed(_ texts: [RedactedText]) async throws -> [[Float]] {
        try await policy.run(clock: clock, ids: ids) { try await embedder.embed(texts) }
    }
}
