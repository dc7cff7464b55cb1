import OpenCXCore
import OpenCXREST
import OpenCXTesting
import Testing

/// What programs set while the agent runs.
@Suite struct SettingsTests {
    @Test func `a channel is switched off for the next turn, and on again`() async throws {
        let site = try await Site()
        #expect(try await site.send("GET", "/autopilot/api").json["is_on"] == true)
        let off = try await site.send("PATCH", "/autopilot/api", ["is_on": false])
        #expect(off["is_on"] == false && off["set_by"] == "api")
        let first = try await site.receive("Do you ship to Spain?").session
        let other = try await site.receive("Do you ship to Spain?", on: "web", thread: "t2", customer: "kim").session
        try await site.agent.runUntilIdle()
        #expect(try await site.store.session(first)?.owner == .team)
        #expect(try await site.store.session(other)?.owner == .ai)
        let back = try await site.send("PATCH", "/autopilot/api", ["is_on": .null])
        #expect(back["is_on"] == true && back["set_by"] == "configuration")
        let second = try await site.receive("Do you ship to Spain?", thread: "t3", customer: "lee").session
        try await site.agent.runUntilIdle()
        #expect(try await site.store.session(second)?.owner == .ai)
    }

    @Test func `a scenario is used from the next turn on, a draft is not`() async throws {
        let answerer = ScriptedAnswerer(answering: "Yes, we do.")
        let site = try await Site(answerer: answerer)
        func instructions(thread: ThreadID) async throws -> [String] {
            try await site.receive("Do you ship to Spain?", thread: thread, customer: "c\(thread)")
            try await site.agent.runUntilIdle()
            return try #require(answerer.requests.last).behavioral.map(\.content.text)
        }
        let made = try await site.send(
            "POST", "/training",
            ["title": "Spain", "content": "Mention Spain.", "type": "BEHAVIORAL", "is_draft": true])
        #expect(try await instructions(thread: "1") == ["Be brief."])
        let path = "/training/\(made["id"].string ?? "")"
        try await site.send("PUT", path, ["is_draft": false])
        #expect(try await instructions(thread: "2") == ["Be brief.", "Mention Spain."])
        try await site.send("PUT", path, ["content": "Praise Spain.", "restricted_to_channels": ["web"]])
        #expect(try await instructions(thread: "3") == ["Be brief."])
        try await site.send("PUT", path, ["restricted_to_channels": []])
        #expect(try await instructions(thread: "4") == ["Be brief.", "Praise Spain."])
        #expect(try await site.send("DELETE", path).status == 200)
        #expect(try await site.send("DELETE", path).status == 404)
        #expect(try await instructions(thread: "5") == ["Be brief."])
    }

    @Test func `a title sets a specific scenario off, until there are questions`() async throws {
        let site = try await Site()
        let made = try await site.send("POST", "/training", ["title": "Where is my order?", "content": "On its way."])
        #expect(made["type"] == "SCENARIO_SPECIFIC" && made["questions"] == ["Where is my order?"])
        let path = "/training/\(made["id"].string ?? "")"
        #expect(try await site.send("PUT", path, ["title": "Where is it?"])["questions"] == ["Where is it?"])
        let asked = try await site.send("PUT", path, ["questions": ["Did you send it?"]])
        #expect(asked["questions"] == ["Did you send it?"] && asked["title"] == "Where is it?")
        #expect(try await site.send("PUT", path, ["title": "Orders"])["questions"] == ["Did you send it?"])
        let behavioral = try await site.send("PUT", path, ["type": "BEHAVIORAL"])
        #expect(behavioral["questions"] == [] && behavioral["type"] == "BEHAVIORAL")
        #expect(try await site.send("PUT", path, ["questions": ["x"]]).status == 422)
        #expect(try await site.send("GET", path).json == site.send("GET", path).json)
    }

    @Test func `scenarios of the configuration are shown and cannot be changed`() async throws {
        let site = try await Site()
        let list = try await site.send("GET", "/training").items
        #expect(list.count == 1 && list[0]["source"] == "configuration")
        let id = list[0]["id"]?.string ?? ""
        #expect(try await site.send("DELETE", "/training/\(id)").status == 404)
    }

    @Test func `a document of actions is checked, and what is wrong with it told`() async throws {
        let site = try await Site()
        let good = try await site.send("POST", "/actions/import", ["name": "shop", "spec": ["openapi": "3.1.0"]])
        #expect(good["imported"] == true)
        #expect(
            good.json.at("actions") != nil && good["refused"] == [["operation": "other", "reason": "It has no name."]])
        let trial = try await site.send(
            "POST", "/actions/import", ["name": "shop", "spec": "{}", "dry_run": true])
        #expect(trial["imported"] == false)
        let bad = try await site.send("POST", "/actions/import", ["name": "shop", "spec": "openapi"])
        #expect(bad.status == 422 && bad.message == "This is no document.")
        #expect(try await site.send("GET", "/actions").items.map { $0["name"] } == ["find_order"])
    }

    @Test func `an endpoint is tested, and what it says is told`() async throws {
        let site = try await Site()
        #expect(try await site.send("GET", "/webhooks").items == [["id": "crm", "events": .null]])
        #expect(try await site.send("POST", "/webhooks/crm/test").json == ["delivered": true, "error": .null])
        #expect(site.endpoint.deliveries.map(\.name.rawValue) == ["webhook.test"])
        site.endpoint.fail(with: [EventError(.rejected, "It answers 410.")])
        let failed = try await site.send("POST", "/webhooks/crm/test")
        #expect(failed.json == ["delivered": false, "error": "It answers 410."])
    }

    @Test func `knowledge is searched as the AI does, and no personal data stays behind`() async throws {
        let site = try await Site()
        let found = try await site.send("GET", "/help-center/search?query=Can I return items, jo@example.com?")
        #expect(found.items.first?["title"] == "Returns" && found.items.first?["is_public"] == true)
        #expect(try await site.send("GET", "/help-center/search").status == 400)
        #expect(try await site.send("GET", "/help-center/search?query=x&locale=de").items.isEmpty)
    }

    @Test func `tags are put on, counted, and taken off`() async throws {
        let site = try await Site()
        let one = try await site.receive("Hi").session
        let two = try await site.receive("Hi", thread: "t2", customer: "kim").session
        let tagged = try await site.send("POST", "/chat/sessions/\(one)/tags", ["tags": ["vip", "refund"]])
        #expect(Set(tagged.json["tags"]?.texts ?? []) == ["vip", "refund"])
        try await site.send("POST", "/chat/sessions/\(two)/tags", ["tags": ["vip"]])
        #expect(
            try await site.send("GET", "/tags").items
                == [["name": "vip", "count": 2], ["name": "refund", "count": 1]])
        #expect(try await site.send("GET", "/chat/sessions?tag=refund").items.count == 1)
        #expect(try await site.send("DELETE", "/chat/sessions/\(one)/tags/refund")["tags"] == ["vip"])
        #expect(try await site.send("DELETE", "/chat/sessions/\(one)/tags/refund").status == 200)
    }

    @Test func `a session that has ended is rated, an open one is not`() async throws {
        let site = try await Site()
        let session = try await site.receive("Hi").session
        let path = "/csat/scores/session/\(session)"
        #expect(try await site.send("GET", path).json == .null)
        #expect(try await site.send("POST", path, ["score": 5]).status == 422)
        _ = try await site.agent.close(session, by: .customer)
        let rated = try await site.send("POST", path, ["score": 2, "comment": "Ask jo@example.com"])
        #expect(rated["score"] == 2 && rated["comment"] == "Ask [EMAIL_1]")
        #expect(try await site.send("GET", path).json == rated.json)
        #expect(try await site.send("POST", path, ["score": 6]).status == 400)
    }

    @Test func `handoffs are counted and listed by their reasons`() async throws {
        let site = try await Site()
        for count in 1...4 {
            site.clock.advance(by: .seconds(60))
            let text = count < 3 ? "I want to talk to a person, please." : "Do you ship to Spain?"
            try await site.receive(text, thread: ThreadID("t\(count)"), customer: "c\(count)")
        }
        try await site.agent.runUntilIdle()
        let figures = try await site.send("GET", "/handoff-analytics")
        #expect(figures["total_sessions"] == 4 && figures["total_handoffs"] == 2)
        #expect(
            figures["reasons"] == [
                ["reason": "user_requested_human_assistance", "count": 2, "percentage": .number(100)]
            ])
        let early = try await site.send("GET", "/handoff-analytics?end_date=2020-01-01T00:00:00Z")
        #expect(early["total_sessions"] == 0)
        #expect(
            try await site.send(
                "GET", "/handoff-analytics?start_date=2026-01-02T00:00:00Z&end_date=2026-01-01T00:00:00Z"
            ).status == 422)
        let all = try await site.send("GET", "/handoff-analytics/events")
        #expect(all.items.count == 2 && all["total"] == 2)
        let page = try await site.send("GET", "/handoff-analytics/events?limit=1")
        #expect(page.items.count == 1 && page["total"] == 2, "those of the other pages count, too")
        let asked = try await site.send("GET", "/handoff-analytics/events?reason=user_requested_human_assistance")
        #expect(asked.items == all.items)
        let none = try await site.send("GET", "/handoff-analytics/events?reason=prohibited_topic")
        #expect(none.items.isEmpty && none["total"] == 0)
        #expect(try await site.send("GET", "/handoff-analytics/events?reason=other").status == 400)
        let id = try #require(all.items[0]["session_id"]?.string)
        #expect(try await site.send("GET", "/handoff-analytics/events/\(id)").items == [all.items[0]])
    }
}

extension JSONValue {
    var texts: [String] { if case .array(let items) = self { items.compactMap(\.string) } else { [] } }
}
