/// Summarizes with a language model. It sees redacted text only, its words are redacted before anybody reads them, and when it
/// fails or writes nonsense the extractive summary stands in.
public struct ModelSummarizer: HandoffSummarizer {
    /// The model.
    public var model: any LanguageModel
    /// The language that the team reads.
    public var language: LanguageTag

    /// Makes a summarizer.
    ///
    /// - Parameters:
    ///   - model: the model that writes.
    ///   - language: the language that the team reads.
    public init(_ model: any LanguageModel, language: LanguageTag = "en") {
        self.model = model
        self.language = language
    }

    /// See ``HandoffSummarizer/summarize(_:)``.
    public func summarize(_ request: SummaryRequest) async throws -> HandoffSummary {
        let extract = ExtractiveSummarizer.summary(of: request)
        do {
            let prompt = prompt(request, extract)
            request.context.note(.prompt(prompt.instructions))
            let reply = try await request.context.ask(model.name, prompt) { try await model.complete(prompt) }
            guard let (words, sentiment) = read(reply) else {
                request.context.note(.failed(stage: "summary", reason: "The model's summary had the wrong form."))
                return extract
            }
            let text = try await request.context.redact(UnredactedText(words)).prefix(1500)
            return text.isEmpty ? extract : HandoffSummary(text: text, sentiment: sentiment)
        } catch let error as CancellationError {
            // Of a replay's model, too, which has no other way to say that nobody knows the answer.
            throw error
        } catch {
            request.context.note(.failed(stage: "summary", reason: safeDescription(of: error)))
            return extract
        }
    }

    private func read(_ reply: ModelReply) -> (String, Sentiment)? {
        guard let json = try? JSONValue(parsing: Array(reply.text.reveal().utf8)),
            let words = json["summary"]?.string, words.contains(where: { !$0.isWhitespace }),
            let sentiment = (json["sentiment"]?.string).flatMap(Sentiment.init(rawValue:))
        else { return nil }
        return (words, sentiment)
    }

    private func prompt(_ request: SummaryRequest, _ extract: HandoffSummary) -> Prompt {
        let fence = Fence(seed: request.context.seed)
        let lines = request.messages.suffix(40).map { "\($0.author.label): \($0.text.text.prefix(1000))" }
        let instructions = """
            Summarize a support conversation for the colleague who takes it over, in at most four short sentences, in the \
            language \(language.rawValue): what the customer wants, what was tried, what was done and with what outcome, and where \
            it stands. Say nothing that is not in it. Copy [EMAIL_1] and the like as they are. \
            \(fence.rule)
            """
        let data =
            fence.around("facts", extract.text.text) + fence.around("conversation", lines.joined(separator: "\n"))
        return Prompt(
            instructions: RedactedText(derived: instructions), turns: [.customer(RedactedText(derived: data))],
            responseForm: Self.form, tokenLimit: 400)
    }

    static let form = ResponseForm(
        name: "summary", description: "The summary of a conversation.",
        schema: [
            "type": "object", "additionalProperties": false, "required": ["summary", "sentiment"],
            "properties": [
                "summary": ["type": "string"],
                "sentiment": ["type": "string", "enum": ["angry", "neutral", "happy"]],
            ],
        ])
}
