/// A chain of models: the next one is asked when one is down. A refusal is an answer, and ends the chain.
///
/// A model that failed is left alone for a while, so that not every customer waits for the same outage. When all of them fail,
/// so does the chain; ``ModelAnswerer/fallback`` answers then, or the turn is handed off.
public final class FallbackModel: LanguageModel {
    private let models: [any LanguageModel]
    private let cooldown: Duration
    private let clock: any AgentClock
    /// Until when a model is left alone, by its place in the chain.
    private let resting: Locked<[Int: Timestamp]> = Locked([:])

    /// Makes a chain.
    ///
    /// - Parameters:
    ///   - models: the models, the preferred one first.
    ///   - cooldown: for how long a model that failed is left alone; longer if its vendor asks for more.
    ///   - clock: the time.
    public init(_ models: [any LanguageModel], cooldown: Duration = .seconds(30), clock: any AgentClock) {
        self.models = models
        self.cooldown = cooldown
        self.clock = clock
    }

    /// The names of the models, in order; a reply says which of them gave it.
    public var name: String { models.map(\.name).joined(separator: " → ") }

    /// See ``LanguageModel/complete(_:)``.
    public func complete(_ prompt: Prompt) async throws -> ModelReply {
        var (reply, failures) = try await first { try await $0.complete(prompt) }
        reply.passedOver = failures + reply.passedOver
        return reply
    }

    /// See ``LanguageModel/stream(_:)``. Once a model has begun to speak, no other one takes over.
    public func stream(_ prompt: Prompt) async throws -> ModelStream {
        let (stream, failures) = try await first { try await $0.stream(prompt) }
        return failures.isEmpty ? stream : Self.telling(failures, in: stream)
    }

    private static func telling(
        _ failures: [String], in stream: some AsyncSequence<ModelDelta, any Error> & Sendable
    ) -> ModelStream {
        stream.map { delta in
            guard case .finished(var reply) = delta else { return delta }
            reply.passedOver = failures + reply.passedOver
            return .finished(reply)
        }
    }

    private func first<Value>(
        _ ask: (any LanguageModel) async throws -> Value
    ) async throws -> (value: Value, failures: [String]) {
        let now = clock.now()
        let places = resting.withLock { resting in
            models.indices.filter { (resting[$0] ?? .epoch) <= now }
        }
        var last: ModelError?
        var failures: [String] = []
        // When all of them are resting, all of them are tried: one may be back.
        for place in places.isEmpty ? Array(models.indices) : places {
            do {
                let value = try await ask(models[place])
                resting.withLock { _ = $0.removeValue(forKey: place) }
                return (value, failures)
            } catch let error as ModelError {
                last = error
                failures.append("\(models[place].name): \(error)")
                // A prompt that is too long for one model says nothing about the next customer's.
                if error.code == .contextTooLong || error.code == .badRequest { continue }
                let until = clock.now() + max(cooldown, error.retryAfter ?? .zero)
                resting.withLock { $0[place] = until }
            }
        }
        throw last ?? ModelError(.unavailable, "There is no model in the chain; give it one.")
    }
}
