extension AgentMetrics {
    /// The metrics in Prometheus' text format.
    ///
    /// - Parameter prices: what language models cost; models without a price have no cost here.
    public func prometheusText(prices: ModelPrices = ModelPrices()) -> String {
        var page = PrometheusText()
        write(to: &page, prices: prices)
        return page.text
    }

    /// Writes the metrics to a page that may hold others.
    ///
    /// - Parameters:
    ///   - page: where they are written.
    ///   - prices: what language models cost; models without a price have no cost here.
    public func write(to page: inout PrometheusText, prices: ModelPrices = ModelPrices()) {
        page.counter("opencx_messages_accepted_total", "Customers' messages that were stored.", [.init(messages)])
        page.counter("opencx_sessions_started_total", "Sessions opened by a message.", [.init(sessionsStarted)])
        page.counter(
            "opencx_sessions_closed_total", "Sessions that ended, by how.",
            Self.samples(sessionsClosed, [], "status") { $0.rawValue })
        page.counter(
            "opencx_turns_total", "Turns, by how they ended.",
            Self.samples(turns, TurnObservation.Outcome.allCases, "outcome") { $0.rawValue })
        page.counter(
            "opencx_handoffs_total", "Handoffs to people, by the reason that is reported and what set them off.",
            handoffs.sorted { $0.key.rawValue < $1.key.rawValue }.map {
                .init($0.value, [.init("reason", $0.key.reason.rawValue), .init("trigger", $0.key.rawValue)])
            })
        page.counter("opencx_store_failures_total", "Failures of the store.", [.init(storeFailures)])
        page.counter(
            "opencx_deliveries_total", "Deliveries that were tried, by what and what came of it.",
            DeliveryObservation.Content.allCases.flatMap { content in
                DeliveryObservation.Outcome.allCases.map { outcome in
                    .init(
                        deliveries[content]?[outcome] ?? 0,
                        [.init("content", content.rawValue), .init("outcome", outcome.rawValue)])
                }
            })
        page.histogram(
            "opencx_acknowledgement_seconds", "From a message's arrival until it was stored.",
            [([], acknowledgement)])
        page.histogram("opencx_turn_seconds", "How long turns ran.", [([], turn)])
        page.histogram(
            "opencx_answer_seconds", "From a customer's last message until its turn was over.", [([], answer)])
        page.histogram(
            "opencx_delivery_seconds", "From the outbox until delivered, by what.",
            DeliveryObservation.Content.allCases.map {
                ([.init("content", $0.rawValue)], delivery[$0] ?? MetricHistogram())
            })
        writeModels(to: &page, prices)
    }

    private func writeModels(to page: inout PrometheusText, _ prices: ModelPrices) {
        let models = models.sorted { $0.key < $1.key }
        if models.isEmpty { return }
        page.counter(
            "opencx_model_requests_total", "Requests that language models have answered.",
            models.map { .init($0.value.requests, [.init("model", $0.key)]) })
        page.counter(
            "opencx_model_tokens_total", "Tokens; those read from a cache count as read too.",
            models.flatMap { name, totals -> [PrometheusText.Sample] in
                [("read", totals.promptTokens), ("cached", totals.cachedTokens), ("written", totals.replyTokens)].map {
                    .init($1, [.init("model", name), .init("kind", $0)])
                }
            })
        page.counter(
            "opencx_model_cost_total", "What the tokens cost, where the model's price is known.",
            models.compactMap { name, totals in
                prices.price(of: name).map {
                    .init(
                        $0.cost(of: totals.usage),
                        [.init("model", name), .init("currency", prices.currency)])
                }
            })
        page.histogram(
            "opencx_model_seconds", "How long language models took, retries included.",
            models.map { ([.init("model", $0.key)], $0.value.latency) })
    }

    private static func samples<Key: Hashable>(
        _ counts: [Key: Int], _ all: [Key], _ label: String, _ name: (Key) -> String
    ) -> [PrometheusText.Sample] {
        let keys = all + counts.keys.filter { !all.contains($0) }.sorted { name($0) < name($1) }
        return keys.map { .init(counts[$0] ?? 0, [.init(label, name($0))]) }
    }
}

extension AgentMetrics.ModelTotals {
    fileprivate var usage: ModelUsage {
        ModelUsage(promptTokens: promptTokens, replyTokens: replyTokens, cachedTokens: cachedTokens)
    }
}
