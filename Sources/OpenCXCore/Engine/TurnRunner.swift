/// Performs one turn: the thin shell around ``TurnMachine`` that carries out what it asks and commits what it decides.
///
/// What is never inlined is so because a task keeps room for all that its function might need.
struct TurnRunner {
    let agent: Agent
    private(set) var claim: TurnClaim
    /// What an earlier try of this turn has done, or may have done.
    private var begun: ActionRecord?
    private let turn: RunningTurn
    /// Where the reply is shown while it grows, if it is.
    private var preview: ReplyPreview?

    /// A stage that failed; the turn is tried again.
    private struct StageFailure: Error {
        var stage: String
        var cause: any Error
    }

    /// The turn need not go on: a newer message has come, the lease was lost, or the session is not the AI's any more.
    private struct Stopped: Error {}

    @inline(never)
    init(agent: Agent, claim: TurnClaim) {
        self.agent = agent
        let repliesToEach = agent.settings.repliesToEach.contains(claim.session.channelKind)
        self.claim = repliesToEach ? claim.upToFirstPending : claim
        turn = agent.running.begin(self.claim)
        preview = ReplyPreview(self.claim, turn, of: agent)
    }

    /// Performs the turn. When its lease is lost, somebody else has taken the turn up, and this one stops.
    func run() async {
        defer {
            if turn.current == .lost { preview?.leave() } else { preview?.stop() }
            agent.running.end(turn)
        }
        let started = agent.parts.clock.now()
        var steps: [TraceStep] = []
        steps.reserveCapacity(TurnMachine.usualEvents)
        do {
            try await goingOn().perform(&steps, started)
        } catch is Stopped {
            await startAnew(after: steps, started)
        } catch  where Task.isCancelled {
            // Not everybody who is stopped says so by a `CancellationError`.
            await giveBack(trace: nil, retryAt: nil, failed: false)
        } catch let failure as StageFailure {
            await fail(failure.stage, failure.cause, after: steps, started)
        } catch {
            await fail("commit", error, after: steps, started)
        }
    }

    /// The turn with what an earlier try of it has begun, if it has.
    @inline(never)
    private func goingOn() async throws -> TurnRunner {
        let found = try await stage("ledger") { try await BegunEffect.find(for: claim, in: agent.parts.store) }
        guard let found else { return self }
        var runner = self
        runner.claim = found.claim
        runner.begun = found.record
        return runner
    }

    private func perform(_ steps: inout [TraceStep], _ started: Timestamp) async throws {
        guard claim.session.awaitsAI else { return try await tell(started) }
        let settings = try await stage("settings") {
            guard let source = agent.parts.settings else { return agent.boxedSettings }
            return Boxed(try await source.current(agent.settings))
        }
        let actions = try await actions(&steps)
        let context = TurnContext(claim, parts: agent.parts, preview: preview)
        var machine = TurnMachine(
            claim: claim, settings: settings, actions: actions, begun: begun, now: started, context: context)
        var taken = 0
        var counts = claim.session.placeholders
        var mayHaveChanged = begun != nil
        var effect = machine.start()
        while true {
            let offset = (agent.parts.clock.now() - started).inMilliseconds
            steps += context.takeSteps()
            steps += machine.events.dropFirst(taken).map { TraceStep(offset: offset, event: $0) }
            taken = machine.events.count
            // What was done has to be told, whatever else the customer has written.
            if !mayHaveChanged, turn.current != .running { throw Stopped() }
            if case .finish(var plan) = effect {
                context.placeholders = counts
                plan.summary = try await summary(of: plan, context)
                counts = context.placeholders
                steps += context.takeSteps()
                return try await commit(plan, counts: counts, trace: trace(steps, started))
            }
            if case .act(let definition, _, _) = effect, definition.effect == .change { mayHaveChanged = true }
            do {
                effect = machine.next(after: try await perform(effect, &counts, context, mayStop: !mayHaveChanged))
            } catch {
                steps += context.takeSteps()
                throw error
            }
        }
    }

    /// Writes down what became of a change that was begun before the session passed to somebody else, or ended. The customer is
    /// answered by whoever has it now.
    @inline(never)
    private func tell(_ started: Timestamp) async throws {
        var telling = self
        // Nothing is answered, so nothing more counts as dealt with.
        telling.claim.session.lastCustomerSequence = claim.session.settledSequence
        let actions = begun.map { [$0] } ?? []
        let plan = TurnPlan(asksBack: false, sentiment: .neutral, language: claim.session.language, actions: actions)
        let steps = actions.map { TraceStep(offset: 0, event: .acted($0)) }
        try await telling.commit(plan, counts: claim.session.placeholders, trace: telling.trace(steps, started))
    }

    private func perform(
        _ effect: TurnMachine.Effect, _ counts: inout PlaceholderCounts, _ context: TurnContext, mayStop: Bool
    ) async throws -> TurnMachine.Event {
        switch effect {
        case .classify(let request):
            return .classified(try await stage("classify") { try await agent.parts.classifier.classify(request) })
        case .search(let query):
            return try await stage("search") {
                let found = try await agent.passages.search(query)
                if !found.excluded.isEmpty { context.note(.excluded(found.excluded)) }
                return .found(found.result, bestArticle: found.bestArticle)
            }
        case .draft(let request):
            request.context.placeholders = counts
            let proposed = try await stage("draft") { try await draft(request, mayStop: mayStop) }
            counts = request.context.placeholders
            if case .answer = proposed {} else { preview?.startOver() }
            return .drafted(proposed)
        case .act(let definition, let proposal, let sequence):
            let runner = ActionRunner(parts: agent.parts, claim: claim, lease: agent.settings.lease)
            return try await stage("act") {
                do {
                    return .acted(
                        try await runner.run(definition, proposal, customerSequence: sequence, counts: &counts))
                } catch is ActionRunner.Refused {
                    throw Stopped()
                }
            }
        case .finish:
            // Never reached: the loop that calls this looks for a finish first.
            preconditionFailure("A finished turn has nothing left to perform.")
        }
    }

    /// Asks the answerer, until a newer message makes its answer useless.
    @inline(never)
    private func draft(_ request: AnswerRequest, mayStop: Bool) async throws -> AnswerDraft {
        let (answerer, turn) = (agent.parts.answerer, turn)
        guard mayStop else { return try await answerer.draft(for: request) }
        let outcome = Outcome<AnswerDraft>()
        turn.whenStopped { outcome.settle(.failure(Stopped())) }
        defer { turn.whenStopped(nil) }
        return try await outcome.settled { try await answerer.draft(for: request) }
    }

    /// What can be done for this customer on this channel. A provider that cannot say leaves the agent without actions, not the
    /// customer without an answer.
    @inline(never)
    private func actions(_ steps: inout [TraceStep]) async throws -> [ActionDefinition] {
        let all = try await attempt("actions", &steps) { try await agent.parts.actions?.actions() ?? [] } ?? []
        let available = try await available(all, &steps)
        let kept = Set(available.map(\.name))
        let leftOut = all.filter { !kept.contains($0.name) }
        if !leftOut.isEmpty {
            let kind = claim.session.channelKind
            let reasons = leftOut.map { action in
                let isHere = action.isAvailable(on: kind, in: Set(action.segments))
                return LeftOutAction(name: action.name, reason: isHere ? .segment : .channel)
            }
            steps.append(TraceStep(offset: 0, event: .actionsLeftOut(reasons)))
        }
        return available
    }

    private func available(_ all: [ActionDefinition], _ steps: inout [TraceStep]) async throws -> [ActionDefinition] {
        guard all.contains(where: { !$0.segments.isEmpty }) else { return available(all, in: []) }
        let contact = claim.contact
        // Whoever cannot be told from others is in no segment, and so is everybody while the directory is down.
        guard contact.isVerified, !claim.session.hasOtherSenders else { return available(all, in: []) }
        let segments = try await attempt("segments", &steps) {
            try await agent.parts.segments?.segments(of: contact) ?? []
        }
        return available(all, in: segments ?? [])
    }

    private func available(_ actions: [ActionDefinition], in segments: Set<String>) -> [ActionDefinition] {
        actions.filter { $0.isAvailable(on: claim.session.channelKind, in: segments) }
    }

    /// The value, or `nil` when it cannot be had; the trace says why.
    private func attempt<Value>(
        _ stage: String, _ steps: inout [TraceStep], _ body: () async throws -> Value
    ) async throws -> Value? {
        do {
            return try await body()
        } catch let error as CancellationError where Task.isCancelled {
            throw error
        } catch {
            let reason = safeDescription(of: error)
            agent.report(.turnFailed(stage: stage, reason: reason), session: claim.session)
            steps.append(TraceStep(offset: 0, event: .failed(stage: stage, reason: reason)))
            return nil
        }
    }

    private func stage<Value>(_ name: String, _ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as CancellationError where Task.isCancelled {
            throw error
        } catch let error as Stopped {
            throw error
        } catch {
            throw StageFailure(stage: name, cause: error)
        }
    }

    @inline(never)
    private func trace(_ steps: [TraceStep], _ started: Timestamp) -> Trace {
        Trace(
            id: agent.parts.ids.make(), session: claim.session.id,
            customerSequence: claim.session.lastCustomerSequence, startedAt: started,
            start: TurnStart(claim, seed: steps.contains(where: \.asksModel) ? claim.lease.rawValue : nil), steps: steps
        )
    }

    private func commit(_ plan: TurnPlan, counts: PlaceholderCounts, trace: Trace) async throws {
        let place = plan.reply == nil ? nil : agent.queue(for: .channel(claim.session.channel))?.place()
        let lease = place.map { _ in agent.newDeliveryLease() }
        let commit = turnCommit(of: plan, as: preview?.message, lease, counts: counts, trace)
        do {
            let outcome = try await agent.parts.store.commitTurn(commit)
            switch outcome {
            case .committed: preview?.settle(commit.reply)
            case .withheld: preview?.stop()
            case .leaseLost: preview?.leave()
            }
            observe(outcome, trace)
            await announce(outcome, plan, place, lease)
        } catch {
            place?.giveBack()
            throw error
        }
    }

    /// Gives the turn back to be tried again; its trace ends with what failed.
    @inline(never)
    private func fail(_ stage: String, _ cause: any Error, after steps: [TraceStep], _ started: Timestamp) async {
        let reason = safeDescription(of: cause)
        agent.report(.turnFailed(stage: stage, reason: reason), session: claim.session)
        let offset = (agent.parts.clock.now() - started).inMilliseconds
        let failure = TraceStep(offset: offset, event: .failed(stage: stage, reason: reason))
        let delay = agent.settings.retries.turn.delay(after: claim.failedAttempts + 1, jitter: 1)
        await giveBack(
            trace: trace(steps + [failure], started), retryAt: agent.parts.clock.now() + delay, failed: true)
    }

    /// Gives the turn back because of a newer message, which has made it due.
    @inline(never)
    private func startAnew(after steps: [TraceStep], _ started: Timestamp) async {
        let offset = (agent.parts.clock.now() - started).inMilliseconds
        let last = TraceStep(offset: offset, event: .overtaken)
        await giveBack(trace: trace(steps + [last], started), retryAt: nil, failed: false)
    }

    /// Gives the turn back. When even that fails, its lease ends by itself.
    @inline(never)
    private func giveBack(trace: Trace?, retryAt: Timestamp?, failed: Bool) async {
        if let trace { agent.observe(trace, of: claim, as: failed ? .failed : .overtaken) }
        try? await agent.parts.store.abandonTurn(
            claim.session.id, lease: claim.lease, trace: trace, retryAt: retryAt, failed: failed)
        if failed || turn.current == .lost { await agent.forgetIfRemoved(claim.session.id) }
        agent.turns.look()
    }
}

extension TurnClaim {
    /// The claim as it would have been before the second of the messages that wait came in.
    var upToFirstPending: TurnClaim {
        let pending = history.filter { $0.sequence > session.settledSequence && $0.message?.author == .customer }
        guard pending.count > 1 else { return self }
        let later = Set(pending.dropFirst().map(\.sequence))
        var claim = self
        claim.session.lastCustomerSequence = pending[0].sequence
        claim.history.removeAll { later.contains($0.sequence) }
        return claim
    }
}
