extension TurnRunner {
    /// What the person who takes over is told. A summarizer that fails leaves the extractive summary, not the customer waiting.
    func summary(of plan: TurnPlan, _ context: TurnContext) async throws -> HandoffSummary? {
        guard let handoff = plan.handoff else { return nil }
        let request = SummaryRequest(
            messages: claim.history.compactMap(\.message), actions: claim.history.compactMap(\.action) + plan.actions,
            explanation: handoff.explanation, sentiment: plan.sentiment, context: context)
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
