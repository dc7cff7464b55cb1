extension TurnContext {
    /// Asks a model, and notes what it was asked and, redacted, what it said: inspection shows both, and a replay says it again.
    ///
    /// - Parameters:
    ///   - model: the model's name.
    ///   - prompt: what it is asked.
    ///   - published: texts of the team's own in the prompt, which stay as they are in the record.
    ///   - complete: asks it.
    /// - Throws: what `complete` throws, and what the redactor or the vault throws.
    func ask(
        _ model: String, _ prompt: Prompt, sparing published: [RedactedText] = [],
        _ complete: () async throws -> ModelReply
    ) async throws -> ModelReply {
        let started = now()
        note(.asked(model: model, prompt: prompt.digest))
        let reply = try await complete()
        let time = (now() - started).inMilliseconds
        let record = try await ModelRecord(reply, in: self, sparing: published)
        note(.modelAnswered(ModelUse(reply, milliseconds: time, record: record)))
        return reply
    }
}
