import OpenCXCore
import OpenCXFront
import OpenCXTesting
import Testing

struct FrontHelpdeskTests {
    @Test func `a handoff is a comment, tags and nobody assigned, in this order`() async throws {
        let fake = Front.fake()
        let receipt = try await FrontHelpdesk(Front.account(fake)).open(Front.handoff())
        #expect(receipt.reference == "cnv_1")
        #expect(
            fake.calls == [
                "POST /conversations/cnv_1/comments", "GET /company/tags?limit=100", "POST /company/tags",
                "POST /conversations/cnv_1/tags", "GET /conversations/cnv_1", "PUT /conversations/cnv_1/assignee",
            ])
        let conversation = fake.conversation()
        #expect(conversation.comments.count == 1 && conversation.assignee == nil && !conversation.isArchived)
        let comment = try #require(conversation.comments.first)
        for part in [
            "Anna Ek waits for order RMA-2207.", "Sentiment: neutral", "https://support.example/inbox/7", "[opencx:",
        ] { #expect(comment.contains(part), "\(part)") }
        #expect(fake.bodies[0]["author_id"] == "tea_ai")
        #expect(fake.bodies.last == ["assignee_id": .null])
        #expect(
            conversation.tags == ["tag_1", "tag_3"] && fake.model.tags.map(\.name) == ["Billing", "vip", "refund"])
    }

    @Test func `the end is a comment and the archive`() async throws {
        let fake = Front.fake()
        #expect(try await FrontHelpdesk(Front.account(fake)).end(Front.ending()) == .done)
        #expect(
            fake.calls == [
                "POST /conversations/cnv_1/comments", "GET /conversations/cnv_1", "PATCH /conversations/cnv_1",
            ])
        let conversation = fake.conversation()
        #expect(conversation.isArchived && conversation.changes == ["archive"])
        let comment = try #require(conversation.comments.first)
        #expect(comment.contains("Ada asked where her parcel is.") && comment.contains("Sentiment: happy"))
    }

    @Test(
        arguments: [
            ("tea_ai", false, HistoryEntry.Actor.ai, true), ("tea_ai", false, .system, true),
            ("tea_kim", true, .ai, false), (nil, false, .ai, false), (nil, true, .ai, true),
            // It ended by itself, maybe after a handoff: what nobody has is the team's.
            (nil, true, .system, false), (nil, true, .customer, false),
        ] as [(String?, Bool, HistoryEntry.Actor, Bool)])
    func `only what is the AI's goes into the archive`(
        assignee: String?, handlesUnassigned: Bool, actor: HistoryEntry.Actor, isArchived: Bool
    ) async throws {
        let fake = Front.fake { conversation, _ in conversation.assignee = assignee }
        let account = Front.account(fake) { $0.handlesUnassigned = handlesUnassigned }
        let outcome = try await FrontHelpdesk(account).end(Front.ending(actor: actor))
        let conversation = fake.conversation()
        #expect(conversation.isArchived == isArchived && conversation.comments.count == 1)
        #expect((outcome == .done) == isArchived && conversation.assignee == assignee)
    }

    @Test func `what is in the archive stays there, and what is gone is left`() async throws {
        let fake = Front.fake { conversation, _ in (conversation.isArchived, conversation.assignee) = (true, "tea_kim")
        }
        let helpdesk = FrontHelpdesk(Front.account(fake))
        #expect(try await helpdesk.end(Front.ending()) == .done && fake.conversation().changes == [])
        fake.change { $0.conversations = [:] }
        guard case .left = try await helpdesk.end(Front.ending()) else {
            Issue.record("not left")
            return
        }
        let error = try await #require(throws: HelpdeskError.self) { _ = try await helpdesk.open(Front.handoff()) }
        #expect(!error.isRetryable)
    }

    @Test func `a person who was faster keeps the conversation`() async throws {
        for assignee in ["tea_kim", nil] {
            let fake = Front.fake { conversation, _ in conversation.assignee = assignee }
            _ = try await FrontHelpdesk(Front.account(fake)).open(Front.handoff())
            #expect(fake.conversation().assignee == assignee && fake.conversation().changes == [])
            #expect(fake.conversation().comments.count == 1)
        }
    }

    @Test func `tags are matched by name, made once and cut to what Front takes`() async throws {
        let fake = Front.fake()
        let long = String(repeating: "x", count: 80)
        let account = Front.account(fake) { $0.handoffTags = ["AI handoff"] }
        _ = try await FrontHelpdesk(account).open(
            Front.handoff(tags: ["billing", "BILLING", " VIP ", "", "\n", "a\nb", long]))
        #expect(fake.model.tags.map(\.name) == ["Billing", "vip", "AI handoff", "a b", String(long.prefix(64))])
        #expect(fake.conversation().tags == ["tag_1", "tag_2", "tag_3", "tag_4", "tag_5"])
        let calls = fake.calls.count
        _ = try await FrontHelpdesk(account).open(Front.handoff(key: "handoff-2", tags: ["AI handoff", "a b"]))
        #expect(fake.calls.dropFirst(calls).contains("GET /company/tags?limit=100&page_token=2"))
        #expect(fake.model.tags.count == 5)
        _ = try await FrontHelpdesk(Front.account(fake)).open(Front.handoff(key: "handoff-3", tags: []))
        #expect(fake.calls.suffix(2).first == "POST /conversations/cnv_1/comments", "no tags, no calls")
    }

    @Test func `tags that Front does not take hold up nothing else`() async throws {
        let fake = Front.fake()
        let helpdesk = FrontHelpdesk(Front.account(fake))
        fake.fail(call: 2, .status(403))
        let error = try await #require(throws: HelpdeskError.self) { _ = try await helpdesk.open(Front.handoff()) }
        #expect(error.code == .unauthorized)
        #expect(fake.conversation().comments.count == 1 && fake.conversation().assignee == nil)
        _ = try await helpdesk.open(Front.handoff(isRetry: true))
        #expect(fake.conversation().comments.count == 1 && fake.conversation().tags.count == 2)
        #expect(fake.conversation().changes == ["assign nobody"])
    }

    // MARK: Partial failures

    private static let faults: [FakeFront.Fault] = [
        .status(503), .status(429, retryAfter: "3"), .status(401), .unreachable, .lost, .truncated,
    ]

    @Test(arguments: faults, Array(1...6))
    func `a handoff goes on from where it stopped`(fault: FakeFront.Fault, call: Int) async throws {
        let fake = Front.fake()
        let helpdesk = FrontHelpdesk(Front.account(fake))
        fake.fail(call: call, fault)
        let error = await #expect(throws: HelpdeskError.self) { _ = try await helpdesk.open(Front.handoff()) }
        #expect(error?.isRetryable == true && error?.message.contains("Anna") == false)
        if case .status(429, _) = fault { #expect(error?.retryAfter == .seconds(3)) }
        #expect(try await FrontHelpdesk(Front.account(fake)).open(Front.handoff(isRetry: true)).reference == "cnv_1")
        let undisturbed = Front.fake()
        _ = try await FrontHelpdesk(Front.account(undisturbed)).open(Front.handoff())
        #expect(fake.conversation() == undisturbed.conversation())
        #expect(fake.model.tags.map(\.name) == undisturbed.model.tags.map(\.name))
    }

    @Test(arguments: faults, Array(1...6))
    func `an ending goes on from where it stopped`(fault: FakeFront.Fault, call: Int) async throws {
        let fake = Front.fake()
        let ending = Front.ending(tags: ["refund"])
        fake.fail(call: call, fault)
        await #expect(throws: HelpdeskError.self) { _ = try await FrontHelpdesk(Front.account(fake)).end(ending) }
        var again = ending
        again.isRetry = true
        #expect(try await FrontHelpdesk(Front.account(fake)).end(again) == .done)
        let undisturbed = Front.fake()
        _ = try await FrontHelpdesk(Front.account(undisturbed)).end(ending)
        #expect(fake.conversation() == undisturbed.conversation())
        #expect(fake.model.tags.map(\.name) == undisturbed.model.tags.map(\.name))
    }

    @Test func `a third try, and failures in a row, come to the same end`() async throws {
        let fake = Front.fake()
        let helpdesk = FrontHelpdesk(Front.account(fake))
        for (place, call) in [1, 3, 4, 5, 6].enumerated() {
            fake.fail(call: call, .lost)
            _ = try? await helpdesk.open(Front.handoff(isRetry: place > 0))
            fake.mend()
        }
        _ = try await helpdesk.open(Front.handoff(isRetry: true))
        #expect(fake.conversation().comments.count == 1 && fake.conversation().changes == ["assign nobody"])
        #expect(fake.conversation().tags == ["tag_1", "tag_3"])
    }

    @Test func `a long summary is several comments, each of them once`() async throws {
        var handoff = Front.handoff()
        handoff.summary = UnredactedText(String(repeating: "A line of the summary – with more.\n", count: 1_200))
        for call in 1...4 {
            let fake = Front.fake()
            fake.fail(call: call, .lost)
            _ = try? await FrontHelpdesk(Front.account(fake)).open(handoff)
            handoff.isRetry = true
            _ = try await FrontHelpdesk(Front.account(fake)).open(handoff)
            handoff.isRetry = false
            let comments = fake.conversation().comments
            #expect(comments.count == 3 && comments.allSatisfy { $0.utf8.count < 16_100 })
            #expect(Set(comments).count == 3 && comments.allSatisfy { $0.contains("[opencx:") })
            let lines = comments.joined(separator: "\n").split(separator: "\n")
            #expect(lines.count { $0 == "A line of the summary – with more." } == 1_200)
        }
    }

    @Test func `another handoff of the same conversation is another comment`() async throws {
        let fake = Front.fake()
        let helpdesk = FrontHelpdesk(Front.account(fake))
        _ = try await helpdesk.open(Front.handoff())
        fake.change { $0.conversations["cnv_1"]?.assignee = "tea_ai" }
        _ = try await helpdesk.open(Front.handoff(key: "handoff-2", isRetry: true))
        #expect(fake.conversation().comments.count == 2)
        #expect(fake.conversation().changes == ["assign nobody", "assign nobody"])
    }

    // MARK: Mergers and strangers

    @Test(arguments: 1...6)
    func `a conversation that becomes part of another is followed at every call`(call: Int) async throws {
        let fake = Front.fake()
        fake.change { $0.conversations["cnv_2"] = FrontModel.Conversation(id: "cnv_2", assignee: "tea_ai") }
        // The merger happens right before this call.
        let merging = InterferingFront(fake: fake, place: call) { fake in
            fake.change { $0.conversations["cnv_1"]?.mergedInto = "cnv_2" }
        }
        let receipt = try await FrontHelpdesk(Front.account(merging)).open(Front.handoff())
        #expect(receipt.reference == "cnv_2")
        #expect(fake.conversation("cnv_2").assignee == nil)
        #expect(fake.conversation("cnv_2").comments.count + fake.conversation("cnv_1").comments.count == 1)
    }

    @Test func `conversations from elsewhere are not brought to Front`() async throws {
        let fake = Front.fake()
        for reference in [nil, "", "../me", "web/1"] {
            let error = try await #require(throws: HelpdeskError.self) {
                _ = try await FrontHelpdesk(Front.account(fake)).open(Front.handoff(reference: reference))
            }
            #expect(error.code == .rejected)
        }
        #expect(fake.calls.isEmpty)
    }
}
