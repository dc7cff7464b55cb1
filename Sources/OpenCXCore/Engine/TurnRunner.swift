/// Performs one turn: the thin shell around ``TurnMachine`` that carries out what it asks and commits what it decides.
struct TurnRunner {
    let agent: Agent
    let claim: TurnClaim

    /// A stage that failed; the turn is tried again.
    private struct StageFailure: Error {
        var stage: String
        var cause: any Error
    }

    /// Performs the turn, keeping its lease alive meanwhile. When the lease is lost, somebody else has taken the turn up, and
    /// this one stops.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await perform() }
            group.addTask { await keepLease() }
            await group.next()
            group.cancelAll()
        }
    }

    private func keepLease() async {
        let parts = agent.parts
        let lease = agent.settings.lease
        while true {
            do {
                try await parts.clock.sleep(until: parts.clock.now() + lease / 3)
                let until = parts.clock.now() + lease
                guard try await parts.store.extendTurn(claim.session.id, lease: claim.lease, until: until) else {
                    return
                }
            } catch is CancellationError {
                return
            } catch {
                // A store in trouble; the lease may last until it has recovered.
                continue
            }
        }
    }

    private func perform() async {
        let started = agent.parts.clock.now()
        var steps: [TraceStep] = []
        do {
            let actions = try await actions(&steps)
            var machine = TurnMachine(claim: claim, settings: agent.settings, actions: actions, now: started)
            let before = steps.count
            var counts = claim.session.placeholders
            var effect = machine.start()
            while true {
                let offset = (agent.parts.clock.now() - started).inMilliseconds
                steps += machine.events.dropFirst(steps.count - before).map { TraceStep(offset: offset, event: $0) }
                if case .finish(let plan) = effect {
                    return try await commit(plan, counts: counts, trace: trace(steps, started))
                }
                effect = machine.next(after: try await perform(effect, &counts))
            }
        } catch is CancellationError {
            await abandon(trace: nil, after: .zero)
        } catch let failure as StageFailure {
            await fail(failure.stage, failure.cause, after: steps, started)
        } catch {
            await fail("commit", error, after: steps, started)
        }
    }

    private func perform(_ effect: TurnMachine.Effect, _ counts: inout PlaceholderCounts) async throws
        -> TurnMachine.Event
    {
        let parts = agent.parts
        switch effect {
        case .classify(let request):
            return .classified(try await stage("classify") { try await parts.classifier.classify(request) })
        case .search(let query):
            return try await stage("search") {
                let ranked = try await parts.knowledge.search(query)
                let ids = Set(ranked.passages.map(\.passage.article))
                let articles = ids.isEmpty ? [] : try await parts.store.articles(ids.sorted())
                let result = ranked.checked(against: articles, for: query.reader)
                let best = articles.first { $0.id == result.passages.first?.passage.article }
                return .found(result, bestArticle: best?.passages() ?? [])
            }
        case .draft(let request):
            return .drafted(try await stage("draft") { try await parts.answerer.draft(for: request) })
        case .act(let definition, let proposal, let sequence):
            let runner = ActionRunner(parts: parts, session: claim.session, contact: claim.contact)
            return try await stage("act") {
                .acted(try await runner.run(definition, proposal, customerSequence: sequence, counts: &counts))
            }
        case .finish:
            // Never reached: the loop that calls this looks for a finish first.
            preconditionFailure("A finished turn has nothing left to perform.")
        }
    }

    /// What can be done. A provider that cannot say leaves the agent without actions, not the customer without an answer.
    private func actions(_ steps: inout [TraceStep]) async throws -> [ActionDefinition] {
        do {
            return try await agent.parts.actions?.actions() ?? []
        } catch let error as CancellationError {
            throw error
        } catch {
            let reason = safeDescription(of: error)
            agent.report(.turnFailed(stage: "actions", reason: reason), session: claim.session)
            steps.append(TraceStep(offset: 0, event: .failed(stage: "actions", reason: reason)))
            return []
        }
    }

    private func stage<Value>(_ name: String, _ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as CancellationError {
            throw error
        } catch {
            throw StageFailure(stage: name, cause: error)
        }
    }

    private func trace(_ steps: [TraceStep], _ started: Timestamp) -> Trace {
        Trace(
            id: agent.parts.ids.make(), session: claim.session.id,
            customerSequence: claim.session.lastCustomerSequence, startedAt: started, steps: steps)
    }

    private func commit(_ plan: TurnPlan, counts: PlaceholderCounts, trace: Trace) async throws {
        let now = agent.parts.clock.now()
        let handoff = plan.handoff.map { handoff in
            HandoffRecord(
                trigger: handoff.trigger, explanation: handoff.explanation, summary: Conversation(claim).summary(),
                sentiment: plan.sentiment, topic: handoff.topic, at: now)
        }
        let reply = plan.reply.map { reply in
            Message(id: agent.parts.ids.make(), author: .ai, text: reply.text, citations: reply.citations, at: now)
        }
        let outcome = try await agent.parts.store.commitTurn(
            TurnCommit(
                session: claim.session.id, lease: claim.lease,
                customerSequence: claim.session.lastCustomerSequence, reply: reply, handoff: handoff,
                helpdesks: agent.parts.helpdesks.map(\.id), actions: plan.actions, pendingAction: plan.pendingAction,
                language: plan.language, asksBack: plan.asksBack, resolves: plan.resolves, placeholders: counts,
                trace: trace, at: now))
        announce(outcome, plan)
    }

    private func announce(_ outcome: TurnOutcome, _ plan: TurnPlan) {
        switch outcome {
        case .committed(let session):
            if let handoff = plan.handoff { agent.report(.handoffToHuman(handoff.trigger), session: session) }
            if plan.reply != nil { agent.report(.aiResponse, session: session) }
            if session.status != .open { agent.report(.closed(session.status), session: session) }
            agent.deliveriesWaiting.raise()
        case .withheld(let reason):
            agent.report(.replyWithheld(reason), session: claim.session)
            agent.turnsWaiting.raise()
        case .leaseLost:
            break
        }
    }

    /// Gives the turn back to be tried again; its trace ends with what failed.
    private func fail(_ stage: String, _ cause: any Error, after steps: [TraceStep], _ started: Timestamp) async {
        let reason = safeDescription(of: cause)
        agent.report(.turnFailed(stage: stage, reason: reason), session: claim.session)
        let offset = (agent.parts.clock.now() - started).inMilliseconds
        let failure = TraceStep(offset: offset, event: .failed(stage: stage, reason: reason))
        await abandon(
            trace: trace(steps + [failure], started),
            after: agent.settings.retry.delay(after: claim.failedAttempts + 1, jitter: 1))
    }

    /// Gives the turn back. When even that fails, its lease ends by itself.
    private func abandon(trace: Trace?, after delay: Duration) async {
        try? await agent.parts.store.abandonTurn(
            claim.session.id, lease: claim.lease, trace: trace, retryAt: agent.parts.clock.now() + delay)
        agent.turnsWaiting.raise()
    }
}
