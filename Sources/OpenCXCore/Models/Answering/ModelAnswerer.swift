/// Answers with a language model: the model proposes, the core decides (law 9).
///
/// It sees redacted text only, chooses among the actions that there are, and answers out of the passages it was given. Its words
/// are redacted before anybody else sees them, and judged like every other answerer's.
///
/// ```swift
/// let model = OpenAIModel("gpt-5-mini", on: OpenAIServer(apiKey: key), http: client)  // OpenCXOpenAI
/// let answerer = ModelAnswerer(RetryingModel(model, clock: clock, ids: ids), profile: AIProfile(name: "Fern"))
/// ```
public struct ModelAnswerer: Answerer {
    /// The model.
    public var model: any LanguageModel
    /// Who the AI is.
    public var profile: AIProfile
    /// How much a prompt may hold.
    public var limits: PromptLimits
    /// How freely the model chooses its words; sent only when set.
    public var temperature: Double?
    /// Who answers when the model cannot be reached; `nil` to let the turn be tried again, and handed off in the end.
    public var fallback: (any Answerer)?
    /// What is said without asking the model.
    public var phrasebook: Phrasebook

    /// How often a model may put one of its replies right, within one draft. A turn drafts once, and once more after each action.
    static let correctionLimit = 1

    /// Makes an answerer; the embedded one stands in for a model that is down.
    public init(
        _ model: any LanguageModel, profile: AIProfile = AIProfile(), limits: PromptLimits = PromptLimits(),
        temperature: Double? = nil, fallback: (any Answerer)? = EmbeddedAnswerer(),
        phrasebook: Phrasebook = Phrasebook()
    ) {
        self.model = model
        self.profile = profile
        self.limits = limits
        self.temperature = temperature
        self.fallback = fallback
        self.phrasebook = phrasebook
    }

    /// See ``Answerer/draft(for:)``.
    public func draft(for request: AnswerRequest) async throws -> AnswerDraft {
        if let draft = EmbeddedAnswerer.decision(request.consent, on: request, phrasebook[request.language]) {
            return draft
        }
        let builder = PromptBuilder(profile: profile, limits: limits, request: request)
        var prompt = builder.prompt(temperature: temperature)
        request.context.note(.prompt(builder.outline))
        var corrections = 0
        do {
            while true {
                let reader = DraftReader(request: request, handles: builder.handles)
                let reply = try await ask(prompt, reader)
                switch try await reader.read(reply) {
                case .draft(let draft):
                    return draft
                case .wrong(let problem, let trigger, let correction):
                    guard corrections < Self.correctionLimit else { return .handoff(trigger, explanation: problem) }
                    corrections += 1
                    prompt.turns += correction
                    request.context.note(.failed(stage: "reply", reason: problem.text))
                }
            }
        } catch let error as ModelError {
            request.context.note(.failed(stage: "model", reason: error.description))
            guard let fallback else { throw error }
            return try await fallback.draft(for: request)
        }
    }

    private func ask(_ prompt: Prompt, _ reader: DraftReader) async throws -> ModelReply {
        let context = reader.request.context
        return try await context.ask(model.name, prompt, sparing: reader.published) {
            do {
                guard let preview = context.preview else { return try await model.complete(prompt) }
                return try await stream(prompt, reader, preview)
            } catch let failure as ShowingFailure {
                throw failure.cause
            } catch let error where !(error is ModelError || error is CancellationError) {
                // A model of somebody else's that fails in its own way; its text may hold anything.
                throw ModelError(.unavailable, "The model failed: \(safeDescription(of: error)).")
            }
        }
    }

    /// What went wrong while a piece was redacted or shown: nothing that another model would do better.
    private struct ShowingFailure: Error {
        var cause: any Error
    }

    private func stream(_ prompt: Prompt, _ reader: DraftReader, _ preview: ReplyPreview) async throws -> ModelReply {
        preview.startOver()
        var growing = GrowingAnswer(reader, preview, model: model.name)
        var finished: ModelReply?
        for try await delta in try await model.stream(prompt) {
            switch delta {
            case .text(let piece):
                do {
                    try await growing.take(piece)
                } catch {
                    throw ShowingFailure(cause: error)
                }
            case .finished(let reply): finished = reply
            }
        }
        guard let finished else { throw ModelError(.unreachable, "The model ended its answer in the middle.") }
        return finished
    }
}
