extension TurnRunner {
    /// What a turn writes. Made here and not where it is committed: what an asynchronous function needs on its way, its task keeps
    /// room for.
    @inline(never)
    func turnCommit(
        of plan: TurnPlan, as message: MessageID?, _ lease: DeliveryLease?, counts: PlaceholderCounts, _ trace: Trace
    ) -> TurnCommit {
        let (parts, settings, session) = (agent.parts, agent.settings, claim.session)
        let now = parts.clock.now()
        let handoff = plan.handoff.map { handoff in
            HandoffRecord(
                trigger: handoff.trigger, reasons: handoff.reasons, explanation: handoff.explanation,
                summary: plan.summary?.text ?? handoff.explanation,
                sentiment: plan.summary?.sentiment ?? plan.sentiment, topic: handoff.topic, at: now)
        }
        let reply = plan.reply.map { reply in
            Message(
                id: message ?? parts.ids.make(), author: .ai, text: reply.text, citations: reply.citations, at: now)
        }
        var commit = TurnCommit(
            session: session.id, lease: claim.lease, customerSequence: session.lastCustomerSequence,
            reply: reply, prohibitedTopic: plan.prohibitedTopic, handoff: handoff,
            helpdesks: parts.handoffHelpdesks(for: session.channelKind), actions: plan.actions,
            pendingAction: plan.pendingAction, language: plan.language, asksBack: plan.asksBack,
            resolves: plan.resolves, repliesToEach: settings.repliesToEach.contains(session.channelKind),
            ratingAt: settings.satisfaction.asking(on: session.channel, afterEnding: .closedResolved, at: now),
            expiry: reply == nil ? nil : settings.expiry(on: session.channel, asksBack: plan.asksBack, at: now),
            subscriptions: parts.subscriptions, delivery: lease, placeholders: counts, trace: trace, at: now)
        if plan.resolves {
            commit.survey = settings.survey(
                on: session.channel, in: plan.language ?? session.language, as: parts.ids.make(), at: now)
        }
        return commit
    }

    func observe(_ outcome: TurnOutcome, _ trace: Trace) {
        switch outcome {
        case .committed: agent.observe(trace, of: claim, as: TurnObservation.Outcome(trace))
        case .withheld: agent.observe(trace, of: claim, as: .withheld)
        case .leaseLost: agent.observe(trace, of: claim, as: .overtaken)
        }
    }

    func announce(
        _ outcome: TurnOutcome, _ plan: TurnPlan, _ place: WorkQueue<Agent.Delivery>.Place?, _ lease: DeliveryLease?
    ) async {
        switch outcome {
        case .committed(let session, let entry):
            if let left = hand(entry, in: session, place, lease) { await agent.putBack(left) }
            announce(plan, in: session)
        case .withheld(let reason):
            place?.giveBack()
            if plan.reply != nil { agent.report(.replyWithheld(reason), session: claim.session) }
            agent.turns.look()
        case .leaseLost:
            place?.giveBack()
            await agent.forgetIfRemoved(claim.session.id)
        }
    }

    /// Has the reply delivered: by whoever the place is kept by, or by whoever looks into the store.
    ///
    /// - Returns: what nobody took after all.
    @inline(never)
    private func hand(
        _ entry: OutboxEntry?, in session: Session, _ place: WorkQueue<Agent.Delivery>.Place?, _ lease: DeliveryLease?
    ) -> Agent.Delivery? {
        guard let entry, let lease else {
            place?.giveBack()
            agent.wakeDeliveries()
            return nil
        }
        let recipient = Agent.Recipient(session: session, contact: claim.contact, at: agent.parts.clock.now())
        let delivery = Agent.Delivery(entry: entry, lease: lease, known: Boxed(recipient))
        return place?.hand(delivery) == true ? nil : delivery
    }

    @inline(never)
    private func announce(_ plan: TurnPlan, in session: Session) {
        if plan.handoff != nil || !agent.parts.endpoints.isEmpty {
            agent.wakeDeliveries(besides: .channel(session.channel))
        }
        if let topic = plan.prohibitedTopic { agent.report(.prohibitedTopicDetected(topic), session: session) }
        if let handoff = plan.handoff { agent.report(.handoffToHuman(handoff.trigger), session: session) }
        if plan.reply != nil { agent.report(.aiResponse, session: session) }
        if let end = session.closure?.at { agent.reportEnd(of: session, at: end) }
        if session.awaitsTurn { agent.turns.look() }
    }
}
