import OpenCXCore
import OpenCXTesting
import Testing

@testable import OpenCXWidget

/// Every member of what the widget sends and gets, and in which type.
@Suite(.timeLimit(.minutes(5))) struct FieldTests {
    private static let order = ActionDefinition(
        name: "order_status", summary: "Look up where an order is", examples: ["Where is my order?"],
        parameters: [ActionParameter(name: "number", label: "order number", source: .code("FH-#####"))],
        effect: .lookup, replies: ["en": "Order {number} is {status}."])

    private static func orders() -> ScriptedActions {
        ScriptedActions([order]) { call in
            ActionResult(fields: [
                "number": call.arguments["number"] ?? UnredactedText("?"), "status": UnredactedText("on its way"),
            ])
        }
    }

    private static func names(_ value: JSONValue?) -> Set<String> {
        if case .object(let members)? = value { Set(members.keys) } else { [] }
    }

    private static func isTime(_ value: JSONValue?) -> Bool {
        guard let text = value?.string else { return false }
        return text.count >= 20 && text.hasSuffix("Z") && text.dropFirst(10).first == "T"
    }

    @Test func `a session has all members, each in its type`() async throws {
        let desk = try WidgetDesk {
            $0.assistant = .init(name: "Fern", avatarURL: "https://shop.example/fern.png")
        }
        try await desk.open {
            var client = try await WidgetClient(desk)
            try await client.write("Where is my parcel?")
            let listed = try await client.sessions()["items"]?.items.first
            _ = try await client.poll()
            for session in [listed, client.session] {
                #expect(
                    Self.names(session) == [
                        "id", "ticketNumber", "title", "createdAt", "updatedAt", "isHandedOff", "isOpened", "assignee",
                        "channel", "isVerified", "lastMessage", "modeId", "latestStateCheckpointPayload",
                        "sessionAttributes", "customStatus",
                    ])
                #expect(session?["ticketNumber"] == 1001 && session?["title"] == .null)
                #expect(Self.isTime(session?["createdAt"]) && Self.isTime(session?["updatedAt"]))
                #expect(session?["sessionAttributes"] == [:] && session?["customStatus"] == .null)
                #expect(
                    session?["assignee"] == [
                        "kind": "ai", "name": "Fern", "avatarUrl": "https://shop.example/fern.png",
                    ])
            }
        }
    }

    @Test func `a history entry has all members, each in its type`() async throws {
        let desk = try WidgetDesk(answerer: EmbeddedAnswerer(), actions: Self.orders()) {
            $0.shownActions = ["order_status"]
            $0.assistant = .init(name: "Fern")
        }
        try await desk.open {
            var client = try await WidgetClient(desk)
            let reply = try await client.write("Where is my order FH-10423?")
            let ui = reply["uiResponse"]
            #expect(ui?["type"] == "ui" && ui?["value"]?["type"] == "ui_component")
            #expect(ui?["value"]?["name"] == "order_status")
            #expect(ui?["value"]?["request_response"] == ["number": "FH-10423", "status": "on its way"])
            let answer = reply["autopilotResponse"]
            #expect(
                Self.names(answer) == [
                    "type", "value", "id", "mightSolveUserIssue", "completelyAndFullyCoveredUserIssue", "assistMode",
                ])
            _ = try await desk.agent.takeOver(SessionID(client.sessionID), by: "Sam")
            let history = try await client.poll()
            for entry in history {
                #expect(
                    Self.names(entry) == [
                        "publicId", "type", "content", "sender", "sentAt", "actionCalls", "attachments",
                        "systemMessagePayload",
                    ])
                #expect(Self.names(entry["sender"]) == ["kind", "name", "avatar"])
                #expect(Self.isTime(entry["sentAt"]) && Self.names(entry["content"]) == ["text"])
                #expect(Self.names(entry["systemMessagePayload"]) == ["type", "payload"])
                #expect(entry["type"]?.string.map(Self.vocabulary.contains) == true)
            }
            #expect(history[0]["sender"] == ["kind": "user", "name": .null, "avatar": .null])
            #expect(history[0]["actionCalls"] == .null && history[0]["attachments"] == [])
            #expect(history[1]["sender"]?["name"] == "Fern")
            let call = try #require(history[1]["actionCalls"]?.items.first)
            #expect(Self.names(call) == ["actionName", "args", "result", "action"])
            #expect(call["actionName"] == "order_status" && call["args"] == ["number": "FH-10423"])
            #expect(call["result"] == ["number": "FH-10423", "status": "on its way"])
            #expect(call["action"]?["name"] == "order_status" && call["action"]?["metadata"] == [:])
        }
    }

    /// What the product calls what happens to a session; nothing else may stand in `type`.
    private static let vocabulary: Set<String> = [
        "message", "agent_message", "handoff", "csat_requested", "csat_submitted", "state_checkpoint",
        "ai_response_cancelled", "ai_resumed_by_system", "agent_took_session_from_ai", "agent_assigned_by_user",
        "agent_assigned_by_system", "agent_unassigned_by_user", "agent_unassigned_by_system", "agent_reopened_session",
        "ai_reopened_session", "system_reopened_session", "closed_resolved_by_contact", "closed_resolved_by_agent",
        "ai_assumed_the_session_resolved", "ai_decided_to_resolve_the_issue", "closed_resolved_by_system",
        "closed_unresolved_by_agent", "closed_unresolved_by_system",
    ]

    @Test func `whatever happens to a session has one of the product's words`() {
        let actors: [HistoryEntry.Actor] = [.customer, .ai, .system, .person("Sam")]
        for actor in actors {
            for owner in [.ai, .team, .person("Sam"), .person("Ann")] as [SessionOwner] {
                #expect(Self.vocabulary.contains(TimelineWord.owner(owner, by: actor)), "\(owner) by \(actor)")
            }
            for status in SessionStatus.allCases {
                for reason in [nil, ClosureReason.inactivity] {
                    let word = TimelineWord.status(status, by: actor, because: reason)
                    #expect(Self.vocabulary.contains(word), "\(status) by \(actor)")
                }
            }
        }
    }

    @Test func `whatever may be null may be null, and what newer widgets add is no mistake`() async throws {
        let desk = try WidgetDesk()
        try await desk.open {
            let contact = try await desk.call(
                "POST", "contact/create-unverified",
                ["email": .null, "non_verified_name": .null, "non_verified_custom_data": .null])
            var client = try await WidgetClient(desk, contact: contact["token"]?.string)
            let agent = "99999999-0000-4000-8000-000000000001"
            let config = try await desk.call("GET", "config", query: [("agentId", agent)])
            #expect(config.status == 200 && config["agent"] == nil)
            let created = try await desk.call(
                "POST", "create-session",
                ["customData": ["external_id": .string(client.externalID)], "agentId": .string(agent)],
                as: client.contact)
            #expect(created.status == 200)
            try await client.createSession()
            let reply = try await client.write(
                "Hello",
                [
                    "headers": .null, "query_params": .null, "body_properties": .null, "language": .null,
                    "attachments": .null, "clientContext": .null, "custom_data": .null, "initial_messages": .null,
                    "exit_mode_prompt": .null, "action_form_submitted_prompt": .null,
                    "features": ["dictation": true], "capabilities": ["connections": ["v": 1]], "something": [1],
                ])
            #expect(reply["success"] == true && reply["autopilotResponse"] != nil)
            // The least that a message is.
            let least: JSONValue = [
                "uuid": .string(client.nextID()), "content": "Hello", "session_id": .string(client.sessionID),
            ]
            #expect(try await desk.call("POST", "chat/send", least, as: client.contact)["success"] == true)
        }
    }

    @Test func `a form that was filled in says so in words`() async throws {
        let desk = try WidgetDesk()
        try await desk.open {
            var client = try await WidgetClient(desk)
            try await client.write("", ["action_form_submitted_prompt": "I have filled in the form."])
            #expect(try await client.poll().first?["content"]?["text"] == "I have filled in the form.")
        }
    }

    @Test func `what the page says of an unverified visitor is the contact's, and no more than said`() async throws {
        let desk = try WidgetDesk()
        try await desk.open {
            let contact = try await desk.visitor([
                "email": "Jo@Example.com", "non_verified_name": "Jo",
                "non_verified_custom_data": ["plan": "pro", "seats": 3, "trial": true],
            ])
            var client = try await WidgetClient(desk, contact: contact)
            try await client.write("Hello")
            let session = try #require(try await desk.store.session(SessionID(client.sessionID)))
            let known = try #require(try await desk.store.contact(session.contact))
            #expect(!known.isVerified && known.name == "Jo")
            #expect(known.attributes == ["plan": "pro", "seats": "3", "trial": "true"])
            #expect(try await client.poll().first?["sender"]?["name"] == "Jo")
        }
    }

    /// The page would have them added to what actions send. Here arguments come from what the customer has said and from the
    /// contact, bound by the server: a page's script, or whoever writes to this API, must not choose headers for the team's systems.
    @Test func `headers, parameters and context of the page reach nobody`() async throws {
        let actions = Self.orders()
        let answerer = EmbeddedAnswerer()
        let desk = try WidgetDesk(answerer: answerer, actions: actions)
        try await desk.open {
            var client = try await WidgetClient(desk)
            try await client.write(
                "Where is my order FH-10423?",
                [
                    "headers": ["Authorization": "Bearer marker", "number": "marker"],
                    "query_params": ["number": "marker"], "body_properties": ["number": "marker", "deep": ["marker"]],
                    "clientContext": ["page": "marker", "number": "FH-99999"],
                ])
            #expect(actions.calls.map { $0.arguments.mapValues { $0.reveal() } } == [["number": "FH-10423"]])
            let id = SessionID(client.sessionID)
            let history = try await desk.store.history(id, after: 0, limit: 50)
            let traces = try await desk.store.traces(id)
            let session = try #require(try await desk.store.session(id))
            #expect(!history.isEmpty && !traces.isEmpty)
            for stored in ["\(history)", "\(traces)", "\(session)"] {
                #expect(!stored.contains("marker") && !stored.contains("99999"))
            }
        }
    }

    @Test func `intervals are whole numbers of seconds where they are, and fractions where they are not`() async throws
    {
        let desk = try WidgetDesk {
            $0.sessionPollingInterval = .milliseconds(250)
            $0.sessionsPollingInterval = .seconds(90)
        }
        let config = try await desk.call("GET", "config")
        #expect(config["sessionPollingIntervalSeconds"] == .number(0.25))
        #expect(config["sessionsPollingIntervalSeconds"] == 90)
    }

    @Test func `people have their names, and are nobody's addresses or ids`() async throws {
        struct Team: PersonDirectory {
            func name(of person: PersonID) async throws -> String? { person == "p-17" ? "Dana" : nil }
        }
        let desk = try WidgetDesk(people: Team())
        try await desk.open {
            var client = try await WidgetClient(desk)
            try await client.write("Hello")
            for (person, name) in [("p-17", "Dana"), ("Kim of the helpdesk", "Kim of the helpdesk")] {
                let id = SessionID(client.sessionID)
                _ = try await desk.agent.takeOver(id, by: PersonID(person))
                _ = try await desk.agent.reply(to: id, as: PersonID(person), UnredactedText("I'll look into it."))
                let history = try await client.poll()
                #expect(client.session["assignee"] == ["kind": "human", "name": .string(name), "avatarUrl": .null])
                #expect(history.last { $0["sender"]?["kind"] == "agent" }?["sender"]?["name"]?.string == name)
                #expect(!"\(history)".contains("p-17"))
            }
        }
    }
}
