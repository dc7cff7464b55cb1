import OpenCXCore
import OpenCXSunshine
import OpenCXTesting
import Testing

struct HandoffTests {
    private let sunshine = FakeSunshine()

    /// The API has no idempotency keys: tries at the same time cannot be told apart, and the outbox makes none.
    @Test(
        arguments: HelpdeskContract.checks.filter { !$0.name.hasPrefix("tries of the same handoff at the same time") })
    func contract(check: HelpdeskContract.Check) async throws {
        let sunshine = sunshine
        try await check.run(
            .init(
                helpdesk: Sunshine.helpdesk(sunshine),
                ticketCount: { sunshine.state.withLock { $0.conversations.count } }))
    }

    // MARK: A new conversation

    @Test func `a handoff becomes a conversation with its context, and people get control last`() async throws {
        let receipt = try await Sunshine.helpdesk(sunshine) { $0.ticketNumberField = 99 }.open(.sample())
        let id = receipt.reference
        #expect(
            sunshine.calls == [
                "POST /users", "POST /conversations", "POST /conversations/\(id)/messages",
                "POST /conversations/\(id)/messages", "GET /conversations/\(id)",
                "POST /conversations/\(id)/passControl",
            ])
        let first = try #require(sunshine.state.withLock(\.requests).first)
        #expect(first.headers.contains { $0.name == "authorization" && $0.value == "Basic YXBwXzE6azN5" })
        let conversation = try #require(sunshine.conversation(id))
        #expect(conversation.user == "opencx:contact-1" && conversation.active == "workspace")
        #expect(
            conversation.metadata["opencx_session"] == "session-1" && conversation.metadata["opencx_ticket"] == 4521)
        #expect(conversation.passed["first_message_id"] == conversation.messages[0]["id"])
        #expect(conversation.passed["dataCapture.ticketField.99"] == "4521")
        #expect(
            conversation.passed["dataCapture.systemField.tags"]
                == "opencx,opencx_handedoff,opencx_channel_web,opencx_sentiment_neutral,refund,vip")
        let texts = sunshine.texts(id)
        for part in [
            "The AI has handed this conversation off. The customer asked for a person.", "Sentiment: neutral", "#4521",
            "https://support.example.com/inbox/4521", "Customer: Anna Ek · anna@example.com",
        ] { #expect(texts[0].contains(part), "\(part)") }
        #expect(texts[1].hasPrefix("Conversation so far") && texts[1].contains("Where is my refund?"))
        #expect(conversation.messages.allSatisfy { $0["author"]?["type"] == "business" })
        let profile = sunshine.state.withLock { $0.users["opencx:contact-1"] }
        #expect(profile == ["givenName": "Anna Ek", "email": "anna@example.com"])
    }

    @Test(arguments: ["claimed", "nameless", "bad address"])
    func `an address goes along only where it is checked and taken`(kind: String) async throws {
        var handoff = HandoffPackage.sample()
        switch kind {
        case "claimed": handoff.contact.isVerified = false
        case "nameless": (handoff.contact.email, handoff.contact.name) = (nil, " \n")
        default: sunshine.state.withLock { $0.takesAddresses = false }
        }
        let receipt = try await Sunshine.helpdesk(sunshine).open(handoff)
        let profile = sunshine.state.withLock { $0.users["opencx:contact-1"] }
        #expect(profile == ["givenName": kind == "nameless" ? "Customer #4521" : "Anna Ek"])
        #expect(sunshine.texts(receipt.reference)[0].contains("not checked") == (kind == "claimed"))
    }

    @Test func `a long conversation is split into messages that fit`() async throws {
        var handoff = HandoffPackage.sample()
        handoff.summary = UnredactedText(String(repeating: "sümmary ", count: 2000))
        handoff.record.topic = String(repeating: "topic ", count: 2000)
        handoff.transcript = (0..<10).map { place in
            TranscriptLine(
                author: .customer, text: UnredactedText("\(place) " + String(repeating: "lång ", count: 300)),
                at: .epoch)
        }
        handoff.tags = (0..<200).map { "tag-\($0)-" + String(repeating: "x", count: 60) }
        let id = try await Sunshine.helpdesk(sunshine).open(handoff).reference
        let texts = sunshine.texts(id)
        #expect(texts.count > 4 && texts.allSatisfy { $0.utf8.count <= 4096 })
        for place in 0..<10 { #expect(texts.contains { $0.contains("\n\(place) lång") }) }
        let passed = try #require(sunshine.conversation(id)?.passed)
        #expect(passed.serialized().count <= 4096)
    }

    /// `next` must not pass a conversation beyond the people who have it.
    @Test(arguments: ["next", "workspace", "id-workspace", "zd:agentWorkspace"], [true, false])
    func `people get control, wherever it is`(target: String, isTheirsFirst: Bool) async throws {
        sunshine.state.withLock { $0.board = isTheirsFirst ? ["workspace", "mail"] : ["bot", "workspace", "mail"] }
        let helpdesk = Sunshine.helpdesk(sunshine) { $0.agentWorkspace = target }
        let id = try await helpdesk.open(.sample()).reference
        #expect(sunshine.conversation(id)?.active == "workspace")
        #expect(sunshine.conversation(id)?.passed["first_message_id"] != nil)
    }

    @Test func `a second handoff goes on in the conversation of the first`() async throws {
        let helpdesk = Sunshine.helpdesk(sunshine)
        var handoff = HandoffPackage.sample()
        let id = try await helpdesk.open(handoff).reference
        sunshine.control(id, by: "bot")
        handoff.idempotencyKey = "second"
        handoff.reference = id
        handoff.transcript = [TranscriptLine(author: .customer, text: UnredactedText("Still nothing!"), at: .epoch)]
        #expect(try await helpdesk.open(handoff).reference == id)
        let conversation = try #require(sunshine.conversation(id))
        #expect(conversation.messages.count == 4 && conversation.active == "workspace")
        #expect(conversation.passed["first_message_id"] == conversation.messages[2]["id"])
        #expect(sunshine.texts(id)[3].contains("Still nothing!"))
        handoff.idempotencyKey = "third"
        handoff.reference = "gone/../x"
        #expect(try await helpdesk.open(handoff).reference != id)
    }

    // MARK: Failures

    @Test(arguments: [
        (401, "unauthorized"), (403, "unauthorized"), (400, "rejected"), (404, "rejected"), (429, "unavailable"),
        (500, "unavailable"), (503, "unavailable"),
    ])
    func `refusals are told from what passes`(status: Int, kind: String) async throws {
        let http = ScriptedHTTP(
            answers: ScriptedHTTP.Answer(
                #"{"errors": [{"code": "bad", "title": "anna@example.com is bad"}]}"#, status: status,
                headers: [("retry-after", "93")]))
        var handoff = HandoffPackage.sample()
        handoff.contact.email = nil
        let given = handoff
        let error = try await #require(throws: HelpdeskError.self) { _ = try await Sunshine.helpdesk(http).open(given) }
        let code: HelpdeskError.Code =
            kind == "unauthorized" ? .unauthorized : kind == "rejected" ? .rejected : .unavailable
        #expect(error.code == code && error.retryAfter == .seconds(93))
        #expect(!error.message.contains("anna") && !error.message.contains("k3y"))
    }

    enum Case: String, CaseIterable {
        case new, knownCustomer, again, defaultIsTheTeam
    }

    private func prepare(_ sunshine: FakeSunshine, _ what: Case) async throws -> HandoffPackage {
        var handoff = HandoffPackage.sample()
        handoff.transcript.append(
            TranscriptLine(
                author: .customer, text: UnredactedText(String(repeating: "words ", count: 2000)), at: .epoch))
        switch what {
        case .new: break
        case .defaultIsTheTeam: sunshine.state.withLock { $0.board = ["workspace", "mail"] }
        case .knownCustomer:
            for key in ["a", "b", "c"] { _ = try await Sunshine.helpdesk(sunshine).open(.sample(key: key)) }
        case .again:
            handoff.reference = try await Sunshine.helpdesk(sunshine).open(.sample(key: "first")).reference
        }
        sunshine.state.withLock { $0.calls = [] }
        return handoff
    }

    /// Whichever call fails, and however: another try goes on from there, and in the end everything is there once.
    @Test(arguments: Case.allCases, FakeSunshine.Fault.allCases)
    func `a handoff that breaks anywhere is completed by the next try`(what: Case, fault: FakeSunshine.Fault)
        async throws
    {
        let undisturbed = FakeSunshine()
        let handoff = try await prepare(undisturbed, what)
        _ = try await Sunshine.helpdesk(undisturbed).open(handoff)
        let calls = undisturbed.calls.count
        #expect(calls >= 6)
        for place in 0..<calls {
            let sunshine = FakeSunshine()
            var handoff = try await prepare(sunshine, what)
            sunshine.state.withLock { $0.faults = [place: fault] }
            let first = handoff
            do {
                _ = try await Sunshine.helpdesk(sunshine).open(first)
                // A refusal says enough without its body: that the user is there already.
                #expect(fault == .cut && sunshine.calls[place] == "POST /users", "\(place)")
            } catch let error as HelpdeskError {
                #expect(error.isRetryable)
            }
            handoff.isRetry = true
            _ = try await Sunshine.helpdesk(sunshine).open(handoff)
            #expect(sunshine.picture() == undisturbed.picture(), "\(what) \(fault) at call \(place)")
        }
    }

    @Test func `who has answered before the next try keeps what they made of it`() async throws {
        var handoff = HandoffPackage.sample()
        sunshine.state.withLock { $0.faults = [5: .lost] }
        let first = handoff
        await #expect(throws: HelpdeskError.self) { _ = try await Sunshine.helpdesk(sunshine).open(first) }
        let id = try #require(sunshine.state.withLock { $0.conversations.first?.id })
        sunshine.write("Hello Anna", in: id)
        sunshine.control(id, by: "bot")
        handoff.isRetry = true
        #expect(try await Sunshine.helpdesk(sunshine).open(handoff).reference == id)
        #expect(sunshine.conversation(id)?.active == "bot" && sunshine.texts(id).count == 3)
    }
}
