import OpenCXCore
import OpenCXTesting
import Testing

@testable import OpenCXWidget

/// The contract of the published widget, in the order in which it uses it.
@Suite(.timeLimit(.minutes(5))) struct ContractTests {
    @Test func `a first message goes the way that the widget takes`() async throws {
        let desk = try WidgetDesk()
        try await desk.open {
            var client = try await WidgetClient(desk)
            #expect(client.config["org"] == ["id": "fernhill", "name": "Fernhill Outfitters"])
            #expect(client.config["sessionPollingIntervalSeconds"] == 10)
            #expect(client.config["sessionsPollingIntervalSeconds"] == 60)
            #expect(client.config["modes"] == [])
            #expect(client.config["agent"] == nil, "a widget of version 5 would stream")
            #expect(try await client.sessions().json == ["items": [], "next": .null])

            try await client.createSession(["plan": "pro", "seats": 3, "trial": true])
            #expect(client.session["isOpened"] == true)
            #expect(client.session["isHandedOff"] == false)
            #expect(client.session["lastMessage"] == .null)
            #expect(client.session["channel"] == "web")
            #expect(client.session["isVerified"] == false)
            #expect(client.session["modeId"] == .null)
            #expect(client.session["latestStateCheckpointPayload"] == .null)
            #expect(client.session["sessionAttributes"] == ["plan": "pro", "seats": 3, "trial": true])
            #expect(client.session["assignee"] == ["kind": "ai", "name": .null, "avatarUrl": .null])
            let uuid = Array(client.sessionID)
            #expect(uuid.count == 36 && uuid[14] == "4" && uuid.filter { $0 == "-" }.count == 4)
            #expect(try await client.poll().isEmpty)

            let reply = try await client.write("How long do returns take?")
            #expect(reply.status == 200)
            #expect(reply["success"] == true)
            #expect(reply["code"] == nil)
            #expect(reply["autopilotResponse"]?["type"] == "text")
            #expect(reply["autopilotResponse"]?["value"] == ["error": false, "content": "An answer."])
            #expect(reply["autopilotResponse"]?["mightSolveUserIssue"] == false)
            #expect(reply["sessionIsHandedOff"] == false)
            #expect(reply["session"]?["lastMessage"] == "An answer.")
            #expect(!client.isLocked)

            // Nothing is shown twice, and nothing is missing.
            let before = client.messages
            let history = try await client.poll()
            #expect(client.messages == before)
            #expect(before.map(\.kind) == ["user", "ai"])
            #expect(history.map { $0["sender"]?["kind"] } == ["user", "ai"])
            #expect(history.allSatisfy { $0["systemMessagePayload"] == ["type": "none", "payload": .null] })
            #expect(history.map { $0["type"] } == ["message", "message"])

            // The same device finds the conversation again, with the same ids.
            var reopened = client.reopened()
            let items = try await reopened.sessions()["items"]?.items
            #expect(items?.map { $0["id"] } == [client.session["id"]])
            try await reopened.poll()
            #expect(reopened.messages == before)
            #expect(
                try await desk.call("GET", "session/history/\(client.sessionID)", as: client.contact).list == history)
        }
    }

    @Test func `a widget that can be told so offers no files where none are taken`() async throws {
        let desk = try WidgetDesk { $0.fileKinds = [] }
        let agent = try await desk.call("GET", "config")["agent"]
        #expect(agent?["features"]?["attachments"] == false)
        #expect(agent?["streaming"] == false, "it polls as ever")
        #expect(agent?["name"] == "Fernhill Outfitters")
    }

    @Test func `what the page has said before the first message keeps its ids, and comes once`() async throws {
        let desk = try WidgetDesk()
        try await desk.open {
            var client = try await WidgetClient(desk)
            let words: JSONValue = [
                ["uuid": "aaaaaaaa-0000-4000-8000-000000000001", "content": "Hello, I'm Fern."],
                ["uuid": "aaaaaaaa-0000-4000-8000-000000000002", "content": "How can I help?"],
            ]
            try await client.write("Where is my parcel?", ["initial_messages": words])
            let before = client.messages
            try await client.poll()
            #expect(client.messages == before)
            #expect(before.map(\.kind) == ["ai", "ai", "user", "ai"])
            var reopened = client.reopened()
            try await reopened.poll()
            #expect(reopened.messages == before)
            // Only at the beginning.
            try await client.write(
                "And when?",
                ["initial_messages": [["uuid": "aaaaaaaa-0000-4000-8000-000000000003", "content": "Late."]]])
            #expect(try await client.poll().count == 6)
        }
    }

    @Test func `a team that would be held to opening words names them`() async throws {
        let desk = try WidgetDesk { $0.openingWords = ["Hello!"] }
        try await desk.open {
            var client = try await WidgetClient(desk)
            try await client.createSession()
            let words: JSONValue = [
                ["uuid": "aaaaaaaa-0000-4000-8000-000000000001", "content": "Hello!"],
                ["uuid": "aaaaaaaa-0000-4000-8000-000000000002", "content": "You get a refund of 1,000."],
            ]
            try await client.write("Hi", ["initial_messages": words])
            let history = try await client.reopened().desk.call("GET", "poll/\(client.sessionID)", as: client.contact)
            #expect(history["history"]?.items.map { $0["content"]?["text"] } == ["Hello!", "Hi", "An answer."])
        }
    }

    @Test func `a person's message, name and taking over are seen, and the widget is not locked`() async throws {
        let desk = try WidgetDesk()
        try await desk.open {
            var client = try await WidgetClient(desk)
            try await client.write("Hello")
            let id = SessionID(client.sessionID)
            _ = try await desk.agent.takeOver(id, by: "Sam")
            _ = try await desk.agent.note(on: id, by: "Sam", UnredactedText("A note for us."))
            _ = try await desk.agent.reply(to: id, as: "Sam", UnredactedText("I'll look into it."))
            let history = try await client.poll()
            #expect(client.session["assignee"] == ["kind": "human", "name": "Sam", "avatarUrl": .null])
            #expect(client.session["isHandedOff"] == true)
            #expect(client.messages.last?.kind == "agent")
            let agent = try #require(history.last { $0["sender"]?["kind"] == "agent" })
            #expect(agent["type"] == "agent_message" && agent["sender"]?["name"] == "Sam")
            #expect(!history.contains { "\($0)".contains("A note") })

            // The AI is silent, and says so.
            let reply = try await client.write("Thank you")
            #expect(reply["code"] == "session_assigned_to_human_agent")
            #expect(reply["autopilotResponse"] == nil)
            #expect(reply["sessionIsHandedOff"] == true)
            #expect(!client.isLocked)
        }
    }

    @Test func `a handoff tells its words, and that nobody is locked out while nobody answers`() async throws {
        let desk = try WidgetDesk(answerer: EmbeddedAnswerer())
        try await desk.open {
            var client = try await WidgetClient(desk)
            let reply = try await client.write("I want to talk to a human agent please")
            #expect(reply["sessionIsHandedOff"] == true)
            #expect(reply["autopilotResponse"]?["mightSolveUserIssue"] == false)
            #expect(client.session["assignee"]?["kind"] == "none")
            let history = try await client.poll()
            #expect(history.contains { $0["type"] == "handoff" && $0["sender"]?["kind"] == "system" })
            let again = try await client.write("Is somebody there?")
            #expect(again["code"] == "session_assigned_to_human_agent")
            #expect(!client.isLocked)
        }
    }

    @Test func `an answer that rests on an article may have solved it`() async throws {
        let answerer = ScriptedAnswerer { request in
            .answer(Answer(text: "In 60 days.", sources: request.passages.map(\.id), confidence: 1, basis: .knowledge))
        }
        let desk = try WidgetDesk(answerer: answerer, index: ListIndex(["Returns": "Return items in 60 days."]))
        try await desk.open {
            var client = try await WidgetClient(desk)
            let reply = try await client.write("How do I return items?")
            #expect(reply["autopilotResponse"]?["mightSolveUserIssue"] == true)
        }
    }

    @Test func `the same message again is ignored, and answered once`() async throws {
        let desk = try WidgetDesk()
        try await desk.open {
            var client = try await WidgetClient(desk)
            try await client.write("Hello")
            let body = client.body("Hello", uuid: client.messages[0].id)
            let again = try await desk.call("POST", "chat/send", body, as: client.contact)
            #expect(again["success"] == true)
            #expect(again["code"] == "duplicate_message_ignored")
            #expect(try await client.poll().count == 2)
        }
    }

    @Test func `a resolved session asks for a rating, which is stored under the page's id`() async throws {
        let desk = try WidgetDesk(
            agentSettings: AgentSettings(satisfaction: SatisfactionPolicy(delays: ["widget": .zero])))
        try await desk.open {
            var client = try await WidgetClient(desk)
            try await client.write("Hello")
            let early = try await desk.call(
                "POST", "submit-csat", ["session_id": .string(client.sessionID), "score": 5], as: client.contact)
            #expect(early.status == 422, "nothing has ended yet")

            let resolved = try await desk.call(
                "POST", "session/resolve", ["session_id": .string(client.sessionID)], as: client.contact)
            #expect(resolved["isOpened"] == false)
            #expect(resolved["id"]?.string == client.sessionID)
            try await client.poll()
            #expect(client.messages.last?.kind == "csat_requested")

            // The widget shows the rating before it is stored, under an id of its own.
            let id = "cccccccc-0000-4000-8000-000000000001"
            client.show(id, "csat_submitted", "")
            let submitted = try await desk.call(
                "POST", "submit-csat",
                [
                    "session_id": .string(client.sessionID), "score": 4, "feedback": "Quick.",
                    "system_message_uuid": .string(id),
                ], as: client.contact)
            #expect(submitted.json == ["success": true])
            let history = try await client.poll()
            #expect(client.messages.map(\.kind) == ["user", "ai", "csat_requested", "csat_submitted"])
            let rated = try #require(history.last)
            #expect(rated["publicId"]?.string == id)
            #expect(
                rated["systemMessagePayload"] == [
                    "type": "csat_submitted", "payload": ["score": 4, "feedback": "Quick."],
                ])
            let session = try await desk.store.session(SessionID(client.sessionID))
            #expect(session?.rating?.score == 4)
            // A reopened widget sees both, in order.
            var reopened = client.reopened()
            try await reopened.poll()
            #expect(reopened.messages.map(\.kind) == ["user", "ai", "csat_requested", "csat_submitted"])

            // The customer has ended it, so a late message is told to begin anew.
            let late = try await client.write("One more thing")
            #expect(late.status == 200 && late["success"] == false)
            #expect(late["error"]?["code"] == "session_closed")
        }
    }

    @Test(arguments: [0, 6, -1, .number(2.5), "5", .null] as [JSONValue])
    func `a rating is a whole number from 1 to 5`(score: JSONValue) async throws {
        let desk = try WidgetDesk()
        var client = try await WidgetClient(desk)
        try await client.createSession()
        let reply = try await desk.call(
            "POST", "submit-csat", ["session_id": .string(client.sessionID), "score": score], as: client.contact)
        #expect(reply.status == 400)
    }

    @Test func `votes count, and only on what the assistant said`() async throws {
        let desk = try WidgetDesk()
        try await desk.open {
            var client = try await WidgetClient(desk)
            try await client.write("Hello")
            func vote(_ action: String, _ id: String) async throws -> WidgetReply {
                try await desk.call(
                    "POST", "chat/vote",
                    [
                        "action": .string(action), "sessionId": .string(client.sessionID),
                        "messagePublicId": .string(id),
                    ],
                    as: client.contact)
            }
            let answer = client.messages[1].id
            #expect(try await vote("upvote", answer).json == ["messagePublicId": .string(answer), "success": true])
            #expect(try await vote("downvote", answer).json["success"] == true)
            #expect(try await vote("sideways", answer).status == 400)
            #expect(try await vote("upvote", client.messages[0].id).status == 404)
            #expect(try await vote("upvote", "nothing-like-it").status == 404)
            let votes = try await desk.store.history(SessionID(client.sessionID), after: 0, limit: 50).compactMap {
                if case .vote(_, let isHelpful) = $0.event { isHelpful } else { nil as Bool? }
            }
            #expect(votes == [true, false])
            // Nothing of it shows.
            #expect(try await client.poll().count == 2)
        }
    }

    @Test func `checkpoints come back, in the session and in the history`() async throws {
        let desk = try WidgetDesk()
        try await desk.open {
            var client = try await WidgetClient(desk)
            try await client.write("Hello")
            let states: [JSONValue] = [["step": 1, "email": "jo@example.com"], ["step": 2, "done": [true, .null]]]
            for state in states {
                let reply = try await desk.call(
                    "POST", "checkpoint", ["session_id": .string(client.sessionID), "payload": state],
                    as: client.contact)
                #expect(reply.json == ["success": true])
            }
            let history = try await client.poll()
            #expect(client.session["latestStateCheckpointPayload"] == states[1])
            let payloads = history.filter { $0["type"] == "state_checkpoint" }.map {
                $0["systemMessagePayload"]?["payload"]
            }
            #expect(payloads == states)
            let stored = try await desk.store.session(SessionID(client.sessionID))
            let entries = try await desk.store.history(SessionID(client.sessionID), after: 0, limit: 50)
            #expect(!"\(entries)\(String(describing: stored))".contains("jo@example.com"))
            for payload in ["text", [1], 1, .null] as [JSONValue] {
                let reply = try await desk.call(
                    "POST", "checkpoint", ["session_id": .string(client.sessionID), "payload": payload],
                    as: client.contact)
                #expect(reply.status == 400)
            }
        }
    }

    @Test func `a session is in a mode that it is tagged with, until a message leads out`() async throws {
        let desk = try WidgetDesk { $0.modes = [.init(id: "m1", name: "Checkout", slug: "checkout")] }
        try await desk.open {
            var client = try await WidgetClient(desk)
            #expect(client.config["modes"] == [["id": "m1", "name": "Checkout", "slug": "checkout"]])
            try await client.write("Hello")
            _ = try await desk.agent.tag(SessionID(client.sessionID), adding: ["mode:m1"], by: .person("Sam"))
            try await client.poll()
            #expect(client.session["modeId"] == "m1")
            let within = try await client.write("What now?")
            #expect(within["autopilotResponse"]?["mode"] == ["id": "m1", "name": "Checkout", "slug": "checkout"])
            let out = try await client.write("", ["exit_mode_prompt": "I have paid."])
            #expect(out["autopilotResponse"]?["didExitMode"] == true)
            #expect(client.session["modeId"] == .null)
            #expect(
                try await client.poll().last { $0["sender"]?["kind"] == "user" }?["content"]?["text"] == "I have paid.")
        }
    }

    @Test func `what is for people is kept for people`() async throws {
        let answerer = ScriptedAnswerer(answering: "An answer.")
        let desk = try WidgetDesk(answerer: answerer)
        try await desk.open {
            var client = try await WidgetClient(desk)
            try await client.write("Hello", ["custom_data": ["page": "/pricing", "cart": ["a": 1]]])
            let session = try await desk.store.session(SessionID(client.sessionID))
            #expect(session?.attributes["page"] == "/pricing")
            #expect(session?.attributes["cart"] == #"{"a":1}"#)
            #expect(!"\(answerer.requests)".contains("pricing"))
            // More than fits does not cost the message.
            let many = Dictionary(uniqueKeysWithValues: (0..<200).map { ("key-\($0)", JSONValue.integer($0)) })
            let reply = try await client.write("Hello again", ["custom_data": .object(many)])
            #expect(reply["autopilotResponse"] != nil)
        }
    }

    private static let unreadable: [JSONValue] = [
        ["content": "Hello"], ["uuid": "x"], ["uuid": 1], ["uuid": "00000000-0000-4000-8000-000000000001"],
        ["uuid": "../../etc/passwd", "session_id": "s", "content": "x"], [], "text",
    ]

    @Test(arguments: unreadable) func `what cannot be read is refused`(body: JSONValue) async throws {
        let desk = try WidgetDesk()
        let reply = try await desk.call("POST", "chat/send", body, as: try await desk.visitor())
        #expect(reply.status == 400)
        #expect(reply["statusCode"] == 400 && reply["message"] != nil && reply["error"] != nil)
    }

    @Test func `an empty and a much too long message are refused in words`() async throws {
        let desk = try WidgetDesk()
        try await desk.open {
            var client = try await WidgetClient(desk)
            #expect(try await client.write("  ")["error"]?["code"] == "empty_message")
            #expect(
                try await client.write(String(repeating: "x", count: 200_000))["error"]?["code"] == "message_too_long")
        }
    }

    @Test func `a list is read page by page, under either name of the place`() async throws {
        let desk = try WidgetDesk()
        var client = try await WidgetClient(desk)
        for _ in 0..<45 {
            try await client.createSession()
            desk.clock.advance(by: .seconds(1))
        }
        for name in ["cursor", "offset"] {
            var all: [String] = []
            var next: String?
            repeat {
                let page = try await client.sessions(cursor: next.map { (name, $0) })
                all += page["items"]?.items.compactMap { $0["id"]?.string } ?? []
                next = page["next"]?.string
            } while next != nil && all.count < 100
            #expect(all.count == 45 && Set(all).count == 45)
            #expect(all.first == client.sessionID, "the newest comes first")
        }
        #expect(try await client.sessions(cursor: ("cursor", "nonsense")).status == 400)
        #expect(try await client.sessions(cursor: ("cursor", "")).status == 200)
    }
}
