import OpenCXCore
import OpenCXREST
import OpenCXTesting
import Testing

@Suite struct SessionTests {
    @Test func `a message is answered in the same request`() async throws {
        let site = try await Site()
        try await site.running {
            let session = try await site.receive("Hello").session
            try await site.agent.runUntilSettled(session)
            let answer = try await site.send(
                "POST", "/chat/sessions/\(session)/send",
                [
                    "sender": "contact",
                    "message": ["type": "text", "text": "I am jo@example.com. Do you ship to Spain?"],
                ])
            #expect(answer.status == 200)
            #expect(answer["data"].at("autopilotResponse.value.content") == "Yes, we do.")
            #expect(answer["data"]["sessionIsHandedOff"] == false && answer["data"]["code"] == .null)
            #expect(answer["data"].at("autopilotResponse.mightSolveUserIssue") == false, "it rests on nothing")
            #expect(answer["data"].at("autopilotResponse.completelyAndFullyCoveredUserIssue") == false)
            let history = try await site.send("GET", "/chat/sessions/\(session)/history")
            let texts = history.items.compactMap { $0.at("event.content.text")?.string }
            #expect(texts.suffix(2) == ["I am [EMAIL_1]. Do you ship to Spain?", "Yes, we do."])
            #expect(history.items.last?.at("event.sender.type") == "ai")
            let id = history.items.last?.at("event.context.message_id")
            #expect(id == answer["data"].at("autopilotResponse.id"))
        }
    }

    @Test func `an answer that rests on an article may have solved it`() async throws {
        let answerer = ScriptedAnswerer { request in
            let sources = request.passages.map(\.id)
            if sources.isEmpty { return .answer(Answer(text: "Hello!", confidence: 1, basis: .smallTalk)) }
            return .answer(
                Answer(text: "You can return items within 30 days.", sources: sources, confidence: 1, basis: .knowledge)
            )
        }
        let site = try await Site(answerer: answerer)
        try await site.running {
            let session = try await site.receive("Hello").session
            try await site.agent.runUntilSettled(session)
            let answer = try await site.send(
                "POST", "/chat/sessions/\(session)/send",
                ["sender": "contact", "message": ["type": "text", "text": "How do I return items?"]])
            #expect(answer["data"].at("autopilotResponse.mightSolveUserIssue") == true)
        }
    }

    @Test func `a session that the AI ends says with what`() async throws {
        let answerer = ScriptedAnswerer { _ in
            .answer(Answer(text: "You are welcome.", confidence: 1, basis: .smallTalk, resolves: true))
        }
        let site = try await Site(answerer: answerer)
        try await site.running {
            let session = try await site.receive("Where is my parcel?").session
            try await site.agent.runUntilSettled(session)
            let answer = try await site.send(
                "POST", "/chat/sessions/\(session)/send",
                ["sender": "contact", "message": ["type": "text", "text": "Thanks, jo@example.com is happy."]])
            let arguments = answer["data"]["resolveArgs"] ?? .null
            #expect(arguments["status"] == "closed_resolved" && arguments["sentiment"]?.string != nil)
            let summary = arguments["summary"]?.string ?? ""
            #expect(summary.contains("happy") && !summary.contains("jo@example.com"), "\(summary)")
            #expect(answer["data"].at("autopilotResponse.completelyAndFullyCoveredUserIssue") == true)
        }
    }

    @Test(arguments: ["last_message_at", "created_at"])
    func `sessions are sorted by either time, either way`(field: String) async throws {
        let site = try await Site()
        var ids: [JSONValue] = []
        for count in 1...5 {
            site.clock.advance(by: .seconds(60))
            let message = try await site.receive("Hi", thread: ThreadID("t\(count)"), customer: "c\(count)")
            ids.append(.string(message.session.rawValue))
        }
        site.clock.advance(by: .seconds(60))
        _ = try await site.agent.note(on: SessionID(ids[1].string ?? ""), by: "sam", UnredactedText("Look"))
        let oldestFirst = field == "created_at" ? ids : [ids[0], ids[2], ids[3], ids[4], ids[1]]
        for (order, expected) in [("asc", oldestFirst), ("desc", oldestFirst.reversed())] {
            var seen: [JSONValue] = []
            for page in 1...3 {
                let body: JSONValue = [
                    "sort_by": .string(field), "sort_order": .string(order), "page": .integer(Int64(page)), "limit": 2,
                ]
                guard case .array(let data) = try await site.send("POST", "/chat/sessions/filter", body)["data"] else {
                    continue
                }
                seen += data.compactMap { $0["id"] }
            }
            #expect(seen == expected, "\(order)")
        }
        let bad = try await site.send("POST", "/chat/sessions/filter", ["sort_order": "up"])
        #expect(bad.status == 400)
    }

    @Test func `a person's session is left to the person`() async throws {
        let site = try await Site()
        let session = try await site.receive("Hello").session
        _ = try await site.agent.takeOver(session, by: "sam")
        let answer = try await site.send(
            "POST", "/chat/sessions/\(session)/send", ["sender": "contact", "message": ["type": "text", "text": "Hi"]])
        #expect(answer.status == 200 && answer["data"]["code"] == "session_assigned_to_human_agent")
        #expect(answer["data"]["autopilotResponse"] == .null && answer["data"]["sessionIsHandedOff"] == true)
        #expect(answer["data"].at("session.assignee_id") == "sam")
        #expect(answer["data"].at("session.assignee_kind") == "human")
    }

    @Test func `people have their names in a history, and their ids where they are assigned`() async throws {
        struct Team: PersonDirectory {
            func name(of person: PersonID) async throws -> String? { person == "p-17" ? "Dana" : nil }
        }
        let site = try await Site(people: Team())
        let session = try await site.receive("Hello").session
        _ = try await site.agent.takeOver(session, by: "p-17")
        _ = try await site.agent.reply(to: session, as: "p-17", UnredactedText("Hello."))
        _ = try await site.agent.note(on: session, by: "helpdesk", UnredactedText("Look."))
        let history = try await site.send("GET", "/chat/sessions/\(session)/history")
        let names = history.items.map { $0.at("event.sender.name") }
        #expect(names == [.null, "Dana", "Dana", "helpdesk"])
        #expect(history.items[1].at("event.context.assignee") == "p-17")
    }

    @Test func `an answer that takes too long is fetched later`() async throws {
        let site = try await Site(wait: .zero)
        let session = try await site.receive("Hello").session
        let answer = try await site.send(
            "POST", "/chat/sessions/\(session)/send", ["sender": "contact", "message": ["type": "text", "text": "Hi"]])
        #expect(answer.status == 202 && answer["data"]["code"] == "pending")
        try await site.agent.runUntilIdle()
        let history = try await site.send("GET", "/chat/sessions/\(session)/history")
        #expect(history.items.last?.at("event.content.text") == "Yes, we do.")
    }

    @Test func `a repetition of a message is the same message, whatever became of the first try`() async throws {
        let site = try await Site(wait: .zero)
        let session = try await site.receive("Hello").session
        let body: JSONValue = ["sender": "contact", "message": ["type": "text", "text": "Refund me"]]
        let path = "/chat/sessions/\(session)/send"
        let first = try await site.send("POST", path, body, idempotency: "k")
        // The claim is lost, as when a server dies before it has answered.
        site.clock.advance(by: .seconds(25 * 3600))
        let second = try await site.send("POST", path, body, idempotency: "k")
        #expect(first["data"]["message_id"] == second["data"]["message_id"])
        let history = try await site.send("GET", "/chat/sessions/\(session)/history")
        #expect(history.items.count { $0.at("event.content.text") == "Refund me" } == 1)
        // Without a key, who says the same twice says it twice.
        try await site.send("POST", path, body)
        let again = try await site.send("GET", "/chat/sessions/\(session)/history")
        #expect(again.items.count { $0.at("event.content.text") == "Refund me" } == 2)
    }

    @Test func `programs do not write where customers write by other means`() async throws {
        let site = try await Site(wait: .zero)
        let session = try await site.receive("Hello", on: "web").session
        let answer = try await site.send(
            "POST", "/chat/sessions/\(session)/send", ["sender": "contact", "message": ["type": "text", "text": "Hi"]])
        #expect(answer.status == 409)
    }

    @Test func `sessions are listed page by page, and by what they are`() async throws {
        let site = try await Site()
        var ids: [String] = []
        for count in 1...7 {
            site.clock.advance(by: .seconds(60))
            let channel: ChannelID = count.isMultiple(of: 2) ? "web" : "api"
            let message = try await site.receive(
                "Hi", on: channel, thread: ThreadID("t\(count)"), customer: "c\(count)")
            ids.append(message.session.rawValue)
        }
        _ = try await site.agent.takeOver(SessionID(ids[0]), by: "sam")
        _ = try await site.agent.close(SessionID(ids[1]), by: .customer)

        var seen: [String] = []
        var path = "/chat/sessions?limit=3"
        while true {
            let page = try await site.send("GET", path)
            #expect(page.items.count <= 3)
            seen += page.items.compactMap { $0["id"]?.string }
            guard let next = page["next"].string else { break }
            path = "/chat/sessions?limit=3&cursor=" + next
        }
        #expect(seen.count == 7 && Set(seen) == Set(ids))

        func list(_ query: String) async throws -> Set<String> {
            Set(try await site.send("GET", "/chat/sessions?" + query).items.compactMap { $0["id"]?.string })
        }
        #expect(try await list("handed_off=true") == [ids[0]])
        #expect(try await list("status=closed_resolved") == [ids[1]])
        #expect(try await list("channel_type=web") == [ids[1], ids[3], ids[5]])
        let third = try #require(await site.store.session(SessionID(ids[2])))
        #expect(try await list("contact_id=\(third.contact)") == [ids[2]])
        #expect(try await list("contact_id=none").isEmpty)
        #expect(try await list("created_after=\(third.createdAt)") == Set(ids[2...]))
        #expect(try await list("created_before=\(third.createdAt)") == Set(ids[..<2]))

        let filtered = try await site.send(
            "POST", "/chat/sessions/filter",
            ["filters": ["status": ["open"], "handed_off": false], "page": 2, "limit": 3])
        #expect(filtered["has_previous"] == true && filtered["has_next"] == false && filtered["page"] == 2)
        guard case .array(let data) = filtered["data"] else { return }
        #expect(data.count == 2)
        let beyond = try await site.send("POST", "/chat/sessions/filter", ["page": 9])
        #expect(beyond["data"] == [] && beyond["has_next"] == false)
        let mine = try await site.send("POST", "/chat/sessions/filter", ["filters": ["assignee_id": "sam"]])
        #expect(mine.json.at("data") == .array([try await site.send("GET", "/chat/sessions/\(ids[0])").json]))
    }

    @Test func `a session is closed and opened again, and history says who did it`() async throws {
        let site = try await Site()
        let session = try await site.receive("Hello").session
        let path = "/chat/sessions/\(session)"
        #expect(try await site.send("PATCH", path, ["status": "closed_unresolved"])["status"] == "closed_unresolved")
        #expect(try await site.send("PATCH", path, ["status": "open"])["status"] == "open")
        let before = try await site.send("GET", path + "/history")
        // The same once more changes nothing.
        try await site.send("PATCH", path, ["status": "open"])
        let after = try await site.send("GET", path + "/history")
        #expect(before.json == after.json)
        let closed = try #require(after.items.first { $0.at("event.type") == "closed" })
        #expect(closed.at("event.sender.type") == "agent" && closed.at("event.sender.name") == "api")
    }

    @Test func `a session that another one has followed is not opened again`() async throws {
        let site = try await Site()
        let first = try await site.receive("Hello").session
        _ = try await site.agent.close(first, by: .customer)
        _ = try await site.receive("Again")
        #expect(try await site.send("PATCH", "/chat/sessions/\(first)", ["status": "open"]).status == 409)
    }

    @Test func `history goes on where a page has ended`() async throws {
        let site = try await Site()
        let session = try await site.receive("Hello").session
        for count in 1...5 { _ = try await site.agent.note(on: session, by: "sam", UnredactedText("Note \(count)")) }
        let first = try await site.send("GET", "/chat/sessions/\(session)/history?limit=4")
        #expect(first.items.count == 4)
        let next = try #require(first["next"].string)
        let second = try await site.send("GET", "/chat/sessions/\(session)/history?limit=4&cursor=\(next)")
        #expect(second.items.count == 2 && second["next"] == .null)
        let ids = (first.items + second.items).compactMap { $0["id"]?.string }
        #expect(Set(ids).count == 6)
        #expect(second.items.last?.at("event.type") == "human_agent_comment")
    }

    @Test func `what nobody vouches for stands apart`() async throws {
        let site = try await Site()
        let session = try await site.agent.receive(
            InboundMessage(
                channel: "web", channelKind: .web, thread: "t", providerID: nil,
                sender: ContactHandle(email: "claimed@example.com", customID: "device", name: "Jo", isVerified: false),
                text: UnredactedText("Hi"))
        ).0.session
        let contact = try #require(await site.send("GET", "/chat/sessions/\(session)").json["contact"])
        #expect(contact["email"] == .null && contact["name"] == .null)
        #expect(contact["non_verified_email"] == "claimed@example.com" && contact["non_verified_name"] == "Jo")
    }
}

extension Agent {
    /// Waits until nothing of a session waits for the AI.
    func runUntilSettled(_ session: SessionID) async throws {
        let events = events(limit: 64)
        if try await parts.store.session(session)?.awaitsAI == false { return }
        for await _ in events {
            if try await parts.store.session(session)?.awaitsAI == false { return }
        }
    }
}
