/// A language model behind an API or in the process. Takes only redacted text (law 2).
///
/// A conformance turns a ``Prompt`` into its vendor's format, asks once, and classifies what goes wrong. It does not try again,
/// wait or decide: ``RetryingModel`` and ``FallbackModel`` wrap any model for that.
public protocol LanguageModel: Sendable {
    /// Names the model, for the trace.
    var name: String { get }

    /// Continues a conversation.
    ///
    /// - Throws: ``ModelError``; `CancellationError` when the task is cancelled.
    func complete(_ prompt: Prompt) async throws -> ModelReply

    /// Continues a conversation and returns what is said as it is said; `.finished` comes last and holds all of it. Who reads on
    /// after it gives the connection back; who does not, closes it.
    ///
    /// A conformance that cannot stream leaves this out and is asked by ``complete(_:)``.
    ///
    /// - Throws: ``ModelError``, also while the deltas are read. A stream that ends without `.finished` never does so in silence.
    func stream(_ prompt: Prompt) async throws -> ModelStream
}

/// What a model says, as it says it. Whoever stops reading, or whose task is cancelled, ends the request.
public typealias ModelStream = any AsyncSequence<ModelDelta, any Error> & Sendable

extension LanguageModel {
    /// Asks for the whole reply and returns it as one delta.
    public func stream(_ prompt: Prompt) async throws -> ModelStream {
        let reply = try await complete(prompt)
        return AsyncThrowingStream<ModelDelta, any Error> { continuation in
            if reply.text.byteCount > 0 { continuation.yield(.text(reply.text)) }
            continuation.yield(.finished(reply))
            continuation.finish()
        }
    }
}

/// A piece of a reply.
public enum ModelDelta: Sendable {
    /// More text. A placeholder or an address may be cut in two, so a piece must not be shown before it is redacted as a whole.
    case text(UnredactedText)
    /// The end, with everything that was said.
    case finished(ModelReply)
}

/// Turns texts into vectors whose nearness is nearness of meaning. Takes only redacted text.
public protocol Embedder: Sendable {
    /// Names the model: vectors of different models must not be mixed.
    var name: String { get }

    /// One vector for each text, all of the same length.
    ///
    /// - Throws: ``ModelError``.
    func embed(_ texts: [RedactedText]) async throws -> [[Float]]
}
