import OpenCXCore
import OpenCXTesting
import Testing

@Suite struct AgentMetricsTests {
    @Test func `what an agent does is added up`() async throws {
        let meter = AgentMeter()
        let (store, clock, channel) = (InMemoryStore(), ManualClock(), RecordingChannel())
        let agent = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(), answerer: ScriptedAnswerer(answering: "Hello!"),
                channels: [channel], helpdesks: [ScriptedHelpdesk()], observer: meter, clock: clock,
                ids: SequentialIDs()))
        let first = try await agent.receive(channel.message("Hi", thread: "a", providerID: "1")).0
        #expect(try await agent.receive(channel.message("Hi", thread: "a", providerID: "1")).isDuplicate)
        clock.advance(by: .seconds(2))
        try await agent.runUntilIdle()
        _ = try await agent.receive(channel.message("Let me talk to a human", thread: "b", providerID: "2"))
        channel.fail(with: [ChannelError(.unavailable, "down")])
        try await agent.runUntilIdle()
        _ = try await agent.close(first.session, by: .customer)

        let metrics = meter.metrics
        #expect(metrics.messages == 2)
        #expect(metrics.sessionsStarted == 2)
        #expect(metrics.turns == [.reply: 1, .handoff: 1])
        #expect(metrics.handoffs == [.explicitRequest: 1])
        #expect(metrics.sessionsClosed.values.reduce(0, +) == 1)
        #expect(metrics.deliveries[.message] == [.delivered: 1, .retried: 1])
        #expect(metrics.deliveries[.handoff] == [.delivered: 1])
        #expect(metrics.answer.count == 2)
        #expect(metrics.answer.sum == 2)
        #expect(metrics.acknowledgement.count == 2)
        #expect(metrics.delivery[.message]?.count == 1)
    }

    @Test func `a model's tokens and cost are counted by model, and of many models the rest is one`() {
        var metrics = AgentMetrics()
        for number in 0..<50 {
            let reply = ModelReply(
                text: UnredactedText("x"), finish: .stop,
                usage: ModelUsage(promptTokens: 1000, replyTokens: 100, cachedTokens: 500), model: "m\(number)")
            let use = ModelUse(reply, milliseconds: 300)
            metrics.add(.turn(TurnObservation(outcome: .failed, duration: .seconds(1), uses: [use, use])))
        }
        #expect(metrics.models.count == 33)
        #expect(metrics.models["m0"]?.promptTokens == 2000)
        #expect(metrics.models["other"]?.requests == 36)
        #expect(metrics.turn.count == 0)
        let page = metrics.prometheusText(
            prices: ModelPrices(["m0": ModelPrice(prompt: 2, cached: 1, reply: 10)], currency: "EUR"))
        #expect(page.contains("opencx_model_tokens_total{model=\"m0\",kind=\"written\"} 200\n"))
        #expect(page.contains("opencx_model_cost_total{model=\"m0\",currency=\"EUR\"} 0.005\n"))
        #expect(!page.contains("cost_total{model=\"m1\""))
        #expect(page.contains("opencx_model_seconds_bucket{model=\"m0\",le=\"0.5\"} 2\n"))
    }

    @Test func `the page is what Prometheus reads`() {
        var metrics = AgentMetrics()
        metrics.add(.accepted(after: .milliseconds(3)))
        metrics.add(.accepted(after: .seconds(90)))
        metrics.add(.event(AgentEvent(kind: .handoffToHuman(.frustration), session: nil, ticket: nil, at: .epoch)))
        let lines = metrics.prometheusText().split(separator: "\n")
        #expect(lines.contains("opencx_messages_accepted_total 2"))
        #expect(lines.contains("opencx_handoffs_total{reason=\"based_on_instructions\",trigger=\"frustration\"} 1"))
        #expect(lines.contains("opencx_acknowledgement_seconds_bucket{le=\"0.0025\"} 0"))
        #expect(lines.contains("opencx_acknowledgement_seconds_bucket{le=\"0.005\"} 1"))
        #expect(lines.contains("opencx_acknowledgement_seconds_bucket{le=\"60\"} 1"))
        #expect(lines.contains("opencx_acknowledgement_seconds_bucket{le=\"+Inf\"} 2"))
        #expect(lines.contains("opencx_acknowledgement_seconds_count 2"))
        #expect(lines.contains("opencx_acknowledgement_seconds_sum 90.003"))
        #expect(lines.contains("opencx_turns_total{outcome=\"reply\"} 0"))
        // Every metric is announced before its samples, once.
        var announced: [Substring] = []
        for line in lines {
            let words = line.split(separator: " ", maxSplits: 3)
            if line.hasPrefix("# TYPE") { announced.append(words[2]) }
            if !line.hasPrefix("#") { #expect(line.hasPrefix(announced.last ?? "?")) }
        }
        #expect(Set(announced).count == announced.count)
    }

    @Test func `what stands in a label stays in it`() {
        var page = PrometheusText()
        page.gauge("x", "a\nb \\ \"c\"", [.init(1.5, [.init("l", "a\"} 1\ny 2\\")]), .init(-Double.infinity)])
        let expected = #"""
            # HELP x a\nb \\ "c"
            # TYPE x gauge
            x{l="a\"} 1\ny 2\\"} 1.5
            x -Inf

            """#
        #expect(page.text == expected)
    }
}
