@_spi(OpenCXStorage) import OpenCXCore
import Testing

@testable import OpenCXSQLite

/// What writes and reads its own JSON does so exactly as its `Codable` conformance would, so that no member is forgotten and
/// no file has to be migrated.
@Suite struct StoredValueTests {
    private let text = RedactedText(restoredFromStore: "Where is my \"order\"?\n[EMAIL_1] – ünï\u{1F600}")
    private let time = Timestamp(milliseconds: 1_780_000_000_123)

    private func check<Value: StoredValue & Hashable>(_ value: Value) throws {
        try checkWriting(value)
        let written = try StoredJSON.encode(value)
        #expect(try StoredJSON.read(Value.self, from: written) == value)
        #expect(try StoredJSON.decode(Value.self, from: written) == value)
    }

    private func checkWriting(_ value: some StoredWritable) throws {
        let (own, coded) = (try StoredJSON.encode(value), try JSONWriting.encode(value))
        #expect(String(decoding: own, as: UTF8.self) == String(decoding: coded, as: UTF8.self))
    }

    /// A sample that leaves a member empty would not notice that the member is forgotten.
    private func checkIsFull(_ value: Any) {
        for (name, member) in Mirror(reflecting: value).children {
            let shown = Mirror(reflecting: member)
            #expect(
                shown.displayStyle != .optional || !shown.children.isEmpty,
                "\(type(of: value)).\(name ?? "?") is empty in the sample")
        }
    }

    private var session: Session {
        var session = Session(
            id: "s-1", ticket: TicketNumber(rawValue: 1001), channel: "web", channelKind: .web, thread: "t/1",
            contact: "c-1", hasOtherSenders: true, status: .closedResolved, owner: .person("Ada"), language: "de",
            subject: text, tags: ["vip", "a\"b"],
            handoff: HandoffRecord(
                trigger: .topic, explanation: text, summary: text, sentiment: .angry, topic: "Press", at: time),
            pendingAction: PendingAction(
                proposal: ActionProposal(name: "refund", arguments: ["order": text]), proposedAt: 3, expiresAt: time),
            clarifications: 2, placeholders: PlaceholderCounts(highest: ["EMAIL": 12]), createdAt: time,
            updatedAt: Timestamp(milliseconds: -5), lastSequence: 12, messageCount: 8, lastCustomerSequence: 11,
            settledSequence: 9)
        session.begunEffect = EffectIntent(
            session: "s-1", customerSequence: 3, proposal: ActionProposal(name: "refund", arguments: ["order": text]))
        session.expiry = SessionExpiry(at: time, status: .closedUnresolved, by: .person("Ada"), ratingAt: time)
        session.attributes = ["plan": text]
        session.home = "front"
        session.tickets = ["front": "cnv_1"]
        session.checkpoint = text
        session.rating = CustomerRating(score: 4, comment: text, at: time, id: "r-1")
        session.ratingDueAt = time
        session.ratingRequestedAt = time
        session.survey = Message(id: "q-1", author: .ai, text: text, at: time)
        session.firstMessageAt = time
        session.firstReplyAt = time
        session.closure = SessionClosure(at: time, by: .system, because: .inactivity)
        session.awaitingSince = time
        return session
    }

    @Test func `sessions`() throws {
        checkIsFull(session)
        try check(session)
        try check(
            Session(
                id: "", ticket: TicketNumber(rawValue: 0), channel: "web", channelKind: .email, thread: "t",
                contact: "c", createdAt: .epoch, messageCount: nil))
        let actors: [HistoryEntry.Actor] = [.customer, .ai, .person("Ada"), .system]
        for actor in actors { try check(actor) }
        let owners: [SessionOwner] = [.ai, .team, .person("Ada")]
        for owner in owners { try check(owner) }
    }

    @Test func `contacts`() throws {
        var full = Contact(
            id: "c-1", email: "a@b.example", phone: "+49", customID: "7", name: "Ada",
            attributes: ["plan": "gold \"plus\""], isVerified: true, createdAt: time)
        full.silencedChannels = ["sms", "sms-de"]
        full.unreachableChannels = [UnreachableChannel(channel: "email", reason: .bounced, since: time)]
        full.formerIDs = ["c-0", "c-00"]
        checkIsFull(full)
        try check(full)
        try check(Contact(id: "c-2", isVerified: false, createdAt: .epoch))
    }

    @Test func `histories`() throws {
        let citation = Citation(article: "shop/1", title: text, url: "https://help.example/1")
        let file = Attachment(name: text, mediaType: "image/png", byteCount: 12, location: "files/1")
        checkIsFull(citation)
        checkIsFull(file)
        let message = Message(
            id: "m-1", author: .person("Ada"), text: text,
            citations: [citation, Citation(article: "a", title: "", url: nil)],
            attachments: [file, Attachment(name: "", mediaType: "", location: "")], at: time, providerID: "m@x.example")
        checkIsFull(message)
        try check(message)
        let record = ActionRecord(
            name: "refund", arguments: ["order": text], outcome: .badArguments, result: text, fields: ["a": text],
            changes: true)
        try check(record)
        let events: [HistoryEntry.Event] = [
            .message(message), .message(Message(id: "m", author: .customer, text: "", at: .epoch)),
            .message(Message(id: "m", author: .ai, text: "", at: .epoch)), .action(record),
            .note(by: "Ada", text), .prohibitedTopic(TopicMatch(topic: "Legal", score: 0.5)), .owner(.team, by: .ai),
            .status(.open, by: .customer),
            .withheld(.newerMessage, text), .withheld(.stopped, .empty), .helpdesk("desk", reference: "17"),
            .deliveryFailed("o", reason: "gone"), .delivery("m-1", .read), .consent(isGiven: false),
            .ratingRequested, .rated(CustomerRating(score: 1, comment: text, at: time)),
            .rated(CustomerRating(score: 5, at: time)), .vote("m-1", isHelpful: false),
            .tags(added: ["vip"], removed: ["a\"b"], by: .person("Ada")), .checkpoint(text),
            .activity(text, by: .person("Ada")), .contactMerged(into: "c-1", from: "c-2"),
        ]
        for event in events { try check(event) }
    }

    @Test func `traces`() throws {
        let passage = Passage(
            article: "shop/1", ordinal: 2, title: text, headings: [text], markdown: text, locale: "en", url: nil,
            audience: .everyone)
        let answer = Answer(
            text: text, sources: [PassageID(article: "shop/1", ordinal: 2)], confidence: 0.875, basis: .smallTalk,
            resolves: true, model: "m", sentiment: .happy, language: "de")
        checkIsFull(answer)
        let record = ActionRecord(
            name: "refund", arguments: ["order": text], outcome: .succeeded, result: text, fields: ["a": text])
        let use = ModelUse(
            ModelReply(
                text: UnredactedText(""), finish: .toolCalls,
                usage: ModelUsage(promptTokens: 1, replyTokens: 2, cachedTokens: 3), model: "m", passedOver: ["n"]),
            milliseconds: 1234, record: ModelRecord(text: text, calls: [.init(name: "refund", arguments: text)]))
        checkIsFull(use)
        let proposal = ActionProposal(name: "refund", arguments: ["order": text])
        let match = TopicMatch(topic: "Press", score: .infinity)
        let events: [TraceStep.Event] = [
            .question(text, language: "en"), .question(text, language: nil),
            .autopilot(AutopilotDecision(verdict: .ai, matched: nil)),
            .autopilot(AutopilotDecision(verdict: .team(.topic), matched: match)),
            .signals([HandoffSignal(trigger: .frustration, strength: 0.5, evidence: text)]), .signals([]),
            .scenarios(behavioral: ["Tone"], matched: [ScenarioMatch(name: "Hours", score: 1)]),
            .retrieved(
                [
                    RankedEntry(RankedPassage(passage: passage, score: 12.25, coverage: 1e-7)),
                    RankedEntry(RankedPassage(passage: passage, score: 1, coverage: .nan)),
                ], unknownShare: 0.1),
            .actionsConsidered([ActionMatch(name: "refund", score: -0.5)]), .prompt(text),
            .asked(model: "m", prompt: "a1"), .modelAnswered(use),
            .excluded([
                ExcludedPassage(RankedPassage(passage: passage, score: 1, coverage: 1), because: .draft)
            ]), .actionsLeftOut([LeftOutAction(name: "refund", reason: .segment)]),
            .drafted(.answer(answer)),
            .drafted(.answer(Answer(text: "", confidence: 0, basis: .knowledge))), .drafted(.askBack(text)),
            .drafted(.act(proposal)), .drafted(.confirm(proposal, question: text)),
            .drafted(.handoff(.lowConfidence, explanation: text)), .acted(record),
            .judged(Judgement(confidence: 0.9, threshold: 0.5, objections: [.noSource])),
            .failed(stage: "draft", reason: "no"), .decided(.reply), .decided(.handoff(.topic)),
            .withheld(.ownerChanged), .overtaken,
        ]
        let steps = events.enumerated().map { TraceStep(offset: Int64($0.offset * 7), event: $0.element) }
        for step in steps { try checkWriting(step) }
        let trace = Trace(
            id: "t-1", session: "s-1", customerSequence: 3, startedAt: time,
            start: TurnStart(
                lastSequence: 4, settledSequence: 1, clarifications: 2,
                pendingAction: PendingAction(proposal: proposal, proposedAt: 1, expiresAt: time), failedAttempts: 1,
                isVerified: true, hasOtherSenders: true, seed: "seed"), steps: steps)
        checkIsFull(trace)
        try checkWriting(trace)
        #expect(try TraceBody.unpack(TraceBody.pack(trace)).steps.count == steps.count)
        #expect(try TraceBody.unpack(TraceBody.pack(trace)).start == trace.start)
    }

    @Test func `members come back in whatever order they stand, and unknown ones are passed over`() throws {
        let text = #"""
            {"createdAt" : 5, "isVerified":false,"new":{"a":[1,{}]}, "name":null,"n\u0061me2":1,"\u0069d":"c"}
            """#
        let contact = try StoredJSON.read(Contact.self, from: Array(text.utf8))
        #expect(contact == Contact(id: "c", isVerified: false, createdAt: Timestamp(milliseconds: 5)))
    }

    @Test(arguments: [
        "{}", "[]", "null", "3", #"{"id":"c","isVerified":1,"createdAt":5}"#,
        #"{"id":3,"isVerified":true,"createdAt":5}"#, #"{"id":"c","isVerified":true,"createdAt":5.5}"#,
        #"{"id":"c","isVerified":true,"createdAt":99999999999999999999}"#,
        #"{"id":"c","isVerified":true,"createdAt":5"#,
    ])
    func `what is no contact is an error`(text: String) {
        #expect(throws: StoreError.self) { try StoredJSON.read(Contact.self, from: Array(text.utf8)) }
    }

    @Test(arguments: [#"{"ai":{},"team":{}}"#, #"{"nobody":{}}"#, #""ai""#, #"{"person":{}}"#, #"{"ai":3}"#, "{}"])
    func `what is no owner is an error`(text: String) {
        #expect(throws: StoreError.self) { try StoredJSON.read(SessionOwner.self, from: Array(text.utf8)) }
    }
}
