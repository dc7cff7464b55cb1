extension TurnRunner {
    /// What the person who takes over is told. A summarizer that fails leaves the extractive summary, not the customer waiting.
    func summary(of plan: TurnPlan, _ context: TurnContext) async throws -> HandoffSummary? {
        guard let request = plan.summaryRequest(claim, context) else { return nil }
        do {
            return try await agent.parts.summarizer.summarize(request)
        } catch let error as CancellationError where Task.isCancelled {
            throw error
        } catch {
            context.note(.failed(stage: "summary", reason: safeDescription(of: error)))
            return ExtractiveSummarizer.summary(of: request)
        }
    }
}

extension TurnPlan {
    /// What a summarizer is asked when this plan hands the conversation off; a replay asks the very same.
    func summaryRequest(_ claim: TurnClaim, _ context: TurnContext) -> SummaryRequest? {
        guard let handoff else { return nil }
        return SummaryRequest(
            messages: claim.history.compactMap(\.message), actions: claim.history.compactMap(\.action) + actions,
            explanation: handoff.explanation, sentiment: sentiment, context: context)
    }
}
