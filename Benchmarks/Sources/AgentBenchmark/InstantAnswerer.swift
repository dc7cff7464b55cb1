import OpenCXCore

/// A model that answers at once: what is measured is everything around it.
struct InstantAnswerer: Answerer {
    func draft(for request: AnswerRequest) async throws -> AnswerDraft {
        guard let best = request.knowledge.passages.first?.passage else {
            return .handoff(.lowConfidence, explanation: "No passage was found.")
        }
        return .answer(
            Answer(
                text: "Open your orders, choose the article and follow the steps on the page; keep the receipt.",
                sources: [best.id], confidence: 0.9, basis: .knowledge))
    }
}
