import OpenCXCore
import OpenCXTesting
import Testing

@testable import OpenCXWidget

/// The streaming endpoints of version 5.
@Suite(.timeLimit(.minutes(5))) struct StreamTests {
    private static let whole = "Send it back within 60 days. Print the label."

    /// A desk whose model writes its reply in two pieces, the second once the gate is open.
    private static func desk(_ gate: Gate? = nil) throws -> WidgetDesk {
        let model = StreamingModel { _ in
            [
                .text(#"{"citations":["P1"],"kind":"answer","text":"Send it back within 60 days. P"#),
                .pause { await gate?.pass() },
                .text(#"rint the label."}"#),
            ]
        }
        return try WidgetDesk(
            answerer: ModelAnswerer(model),
            index: ListIndex(["Returns": "Send it back within 60 days. Print the label in your account."]),
            agentSettings: AgentSettings(streamedChannels: ["widget"])
        ) { $0.offersStreaming = true }
    }

    @Test func `the configuration offers it`() async throws {
        let config = try await Self.desk().call("GET", "config").json
        #expect(config["agent"]?["streaming"] == true)
        #expect(config["agent"]?["name"] == "Fernhill Outfitters")
        let features = try #require(config["agent"]?["features"])
        for name in [
            "attachments", "dictation", "page_context", "client_tools", "page_actions", "inline_ui", "preamble",
        ] {
            #expect(features[name] == .bool(name == "attachments"))
        }
    }

    @Test func `a reply is streamed, and the stored message has its id`() async throws {
        let desk = try Self.desk()
        try await desk.open {
            var client = try await WidgetClient(desk)
            try await client.createSession()
            let contact = client.contact
            let body = client.body("How do I send something back?", uuid: client.nextID())
            let reply = try await desk.call("POST", "/backend/widget/v5/chat/stream", body, as: contact)
            #expect(reply.status == 200)
            #expect(reply.header("content-type")?.hasPrefix("text/event-stream") == true)
            #expect(reply.header("x-vercel-ai-ui-message-stream") == "v1")
            let events = reply.events
            let deltas = events.compactMap { $0["type"] == "text-delta" ? $0["delta"]?.string : nil }
            #expect(deltas.joined() == Self.whole)
            #expect(events.last == .string("[DONE]"))
            let types = events.compactMap { $0["type"]?.string }
            #expect(types.first == "start" && types.dropFirst().first == "start-step")
            #expect(types.suffix(3) == ["data-turn-settled", "finish-step", "finish"])
            let settled = events.first { $0["type"] == "data-turn-settled" }?["data"]
            #expect(
                settled == [
                    "turn_id": events[0]["messageId"] ?? .null, "message_uuids": [events[0]["messageId"] ?? .null],
                ])
            let history = try await client.poll()
            #expect(history.map { $0["publicId"]?.string } == [client.messages[0].id, events[0]["messageId"]?.string])
            #expect(history.last?["content"]?["text"]?.string == Self.whole)

            // Nothing is left to come back to.
            let path = "/backend/widget/v5/chat/\(client.sessionID)/stream"
            let resumed = try await desk.call("GET", path, as: contact)
            #expect(resumed.status == 204 && resumed.body.isEmpty)
            // The same message again gets the same reply, and is stored once.
            let again = try await desk.call("POST", "/backend/widget/v5/chat/stream", body, as: contact)
            #expect(again.events[0]["messageId"] == events[0]["messageId"])
            #expect(try await client.poll().count == 2)

            let turns = try await desk.call(
                "GET", "/backend/widget/v5/chat/\(client.sessionID)/messages", as: contact)
            #expect(
                turns.json == [
                    "turns": [
                        [
                            "turn_id": events[0]["messageId"] ?? .null, "ui_parts": .null,
                            "message_uuids": [events[0]["messageId"] ?? .null],
                        ]
                    ], "handled_connection_request_ids": [],
                ])
        }
    }

    @Test func `whoever comes back gets the reply from its beginning, and leaving changes nothing`() async throws {
        let gate = Gate()
        let desk = try Self.desk(gate)
        try await desk.open {
            var client = try await WidgetClient(desk)
            try await client.createSession()
            let contact = client.contact
            let body = client.body("How do I send something back?", uuid: client.nextID())
            let leaving = Task {
                try await desk.call("POST", "/backend/widget/v5/chat/stream", body, as: contact)
            }
            await gate.reached()
            leaving.cancel()
            _ = try? await leaving.value
            let path = "/backend/widget/v5/chat/\(client.sessionID)/stream"
            let answer = try await desk.answer(
                WebhookRequest(method: "GET", path: path, headers: WidgetDesk.headers(as: contact)))
            guard case .stream(let stream) = answer else {
                Issue.record("nothing to come back to")
                return
            }
            await gate.open()
            var bytes: [UInt8] = []
            for await piece in stream.body { bytes += piece }
            let events = WidgetReply(status: 200, headers: [], body: bytes).events
            #expect(events.compactMap { $0["delta"]?.string }.joined() == Self.whole)
        }
    }

    /// A widget that shows a part of a reply sends nothing more until the history has a reply to the customer's last message.
    @Test func `of a reply that is stopped, what was read stays`() async throws {
        let gate = Gate()
        let desk = try Self.desk(gate)
        try await desk.open {
            var client = try await WidgetClient(desk)
            try await client.createSession()
            let contact = client.contact
            let body = client.body("How do I send something back?", uuid: client.nextID())
            let answer = try await desk.answer(
                WebhookRequest(
                    method: "POST", path: "/backend/widget/v5/chat/stream", headers: WidgetDesk.headers(as: contact),
                    body: body.serialized()))
            guard case .stream(let stream) = answer else {
                Issue.record("nothing to read")
                return
            }
            var read = ""
            for await bytes in stream.body {
                read += String(decoding: bytes, as: UTF8.self)
                if read.contains("text-delta") { break }
            }
            await gate.reached()
            let path = "/backend/widget/v5/chat/\(client.sessionID)/stop"
            #expect(try await desk.call("POST", path, as: contact).json == ["success": true, "stopped": true])
            let history = try await client.poll()
            #expect(history.map { $0["type"] } == ["message", "message", "ai_response_cancelled"])
            #expect(history[1]["sender"]?["kind"] == "ai")
            #expect(history[1]["content"]?["text"] == "Send it back within 60 days.")
            #expect(read.contains(#""messageId":"\#(history[1]["publicId"]?.string ?? "none")""#))
            await gate.open()
            try await client.write("And how long?")
            #expect(client.messages.last?.kind == "ai")
            #expect(try await client.poll().count == 5, "nothing of the stopped reply comes later")
        }
    }

    @Test func `what the page shows in place of messages is what the assistant has said, and nothing else`()
        async throws
    {
        let status = ActionDefinition(
            name: "order_status", summary: "Look up where an order is", examples: ["Where is my order?"],
            parameters: [ActionParameter(name: "number", label: "order number", source: .code("FH-#####"))],
            effect: .lookup, replies: ["en": "Order {number} is {status}."])
        let actions = ScriptedActions([status]) { call in
            ActionResult(fields: [
                "number": call.arguments["number"] ?? UnredactedText("?"), "status": UnredactedText("on its way"),
            ])
        }
        let desk = try WidgetDesk(answerer: EmbeddedAnswerer(), actions: actions) { $0.shownActions = ["order_status"] }
        let replies: [WidgetReply] = try await desk.open {
            var client = try await WidgetClient(desk)
            try await client.write("Where is my order FH-10423?")
            _ = try await desk.agent.reply(to: SessionID(client.sessionID), as: "Sam", UnredactedText("Sam here."))
            let poll = try await desk.call("GET", "poll/\(client.sessionID)", as: client.contact)
            let path = "/backend/widget/v5/chat/\(client.sessionID)/messages"
            return [poll, try await desk.call("GET", path, as: client.contact)]
        }
        let history = replies[0]["history"]?.items ?? []
        let ids = history.filter { $0["sender"]?["kind"] == "ai" }.compactMap { $0["publicId"] }
        #expect(ids.count == 1)
        let turns = replies[1]["turns"]?.items ?? []
        // The customer's message and the person's are not part of it, or the page would show the parts in their place.
        #expect(turns.map { $0["message_uuids"] } == [.array(ids)])
        #expect(turns.first?["turn_id"] == ids.first)
        let parts = turns.first?["ui_parts"]?.items ?? []
        #expect(parts.map { $0["type"] } == ["tool-order_status", "text"])
        #expect(parts.last?["text"] == "Order FH-10423 is on its way.")
    }

    @Test func `a reply that is stopped is not given`() async throws {
        let gate = Gate()
        let desk = try Self.desk(gate)
        try await desk.open {
            var client = try await WidgetClient(desk)
            try await client.createSession()
            let contact = client.contact
            let body = client.body("How do I send something back?", uuid: client.nextID())
            async let streamed = desk.call("POST", "/backend/widget/v5/chat/stream", body, as: contact)
            await gate.reached()
            let path = "/backend/widget/v5/chat/\(client.sessionID)/stop"
            let stopped = try await desk.call("POST", path, as: contact)
            #expect(stopped.json == ["success": true, "stopped": true])
            let types = try await streamed.events.compactMap { $0["type"]?.string }
            #expect(types.contains("abort") && !types.contains("finish"))
            await gate.open()
            #expect(try await client.poll().last?["type"] == "ai_response_cancelled")
            #expect(!client.isLocked, "nobody is at it any more")
            #expect(try await desk.call("POST", path, as: contact).json == ["success": true, "stopped": false])
            // The next message is answered as ever.
            try await client.write("And how long?")
            #expect(client.messages.last?.kind == "ai")
        }
    }

    @Test func `a newer message ends the wait for the older one`() async throws {
        let gate = Gate()
        let desk = try Self.desk(gate)
        try await desk.open {
            var client = try await WidgetClient(desk)
            try await client.createSession()
            let contact = client.contact
            let first = client.body("How do I send", uuid: client.nextID())
            async let older = desk.call("POST", "chat/send", first, as: contact)
            await gate.reached()
            let second = client.body("something back?", uuid: client.nextID())
            async let newer = desk.call("POST", "chat/send", second, as: contact)
            let cancelled = try await older
            #expect(cancelled["code"] == "response_cancelled")
            #expect(cancelled["autopilotResponse"] == nil)
            await gate.open()
            #expect(try await newer["autopilotResponse"]?["value"]?["content"]?.string == Self.whole)
            #expect(try await client.poll().count == 3)
        }
    }

    @Test func `a reply that takes long comes with a poll`() async throws {
        let gate = Gate()
        let desk = try Self.desk(gate)
        try await desk.open {
            var client = try await WidgetClient(desk)
            try await client.createSession()
            let contact = client.contact
            let uuid = client.nextID()
            client.show(uuid, "user", "How do I send something back?")
            let body = client.body("How do I send something back?", uuid: uuid)
            async let waiting = desk.call("POST", "chat/send", body, as: contact)
            await gate.reached()
            // The request looks again every second, and gives up after fifty.
            let ticking = Task {
                while !Task.isCancelled {
                    desk.clock.advance(by: .seconds(1))
                    await Task.yield()
                }
            }
            let reply = try await waiting
            ticking.cancel()
            #expect(reply["success"] == true)
            #expect(reply["code"] == "response_pending")
            #expect(reply["session"]?["assignee"]?["kind"] == "ai", "the widget goes on waiting")
            await gate.open()
            for await event in desk.agent.events() {
                if event.kind == .aiResponse { break }
            }
            try await client.poll()
            #expect(client.messages.last?.text == Self.whole)
        }
    }

    @Test func `what cannot be streamed has its status`() async throws {
        let desk = try Self.desk()
        try await desk.open {
            var client = try await WidgetClient(desk)
            try await client.createSession()
            let contact = client.contact
            let empty = client.body(" ", uuid: client.nextID())
            let path = "/backend/widget/v5/chat/stream"
            #expect(try await desk.call("POST", path, empty, as: contact).status == 400)
            _ = try await desk.agent.close(SessionID(client.sessionID), by: .customer)
            let late = client.body("Hello?", uuid: client.nextID())
            #expect(try await desk.call("POST", path, late, as: contact).status == 409)
        }
    }

    @Test func `a session that people have has no reply to stream`() async throws {
        let desk = try Self.desk()
        try await desk.open {
            var client = try await WidgetClient(desk)
            try await client.createSession()
            let contact = client.contact
            _ = try await desk.agent.takeOver(SessionID(client.sessionID), by: "Sam")
            let body = client.body("Hello?", uuid: client.nextID())
            let reply = try await desk.call("POST", "/backend/widget/v5/chat/stream", body, as: contact)
            let finish = reply.events.first { $0["type"] == "finish" }
            #expect(
                finish?["messageMetadata"] == [
                    "sessionIsHandedOff": true, "code": "session_assigned_to_human_agent",
                ])
        }
    }
}
