import OpenCXCore
import OpenCXTesting
import OpenCXZendesk
import Testing

struct WebhookTests {
    /// Zendesk's algorithm over a body that is about no ticket, with the static secret of its tester; and the value that an old
    /// revision of its documentation prints, which signs the body before the timestamp.
    @Test(arguments: [
        (Zendesk.secret, #"{"say": "hello"}"#, "gf3v0LzLRHPUnIdhbvwRDVEvzSb07/QN0GYjSNlkBT0=", 400),
        (
            "HRkRd4BeOAoUkfZr-mhauJT64rvBASlJRoIyPsd3zeA=", #"{"say": "hello"}"#,
            "tRDSF7URY8BLCDlaBcQ7FHu051Zk+aAB0NKMP53teMw=", 401
        ),
        (Zendesk.secret, "", "Quv38XAfu9ZaMGBsk0NSntquALrZBp815j0203kelQA=", 400),
        (Zendesk.secret, " ", "Quv38XAfu9ZaMGBsk0NSntquALrZBp815j0203kelQA=", 401),
    ])
    func `vectors of the signature`(secret: String, body: String, signature: String, status: Int) async throws {
        let request = WebhookRequest(
            headers: [
                ("x-zendesk-webhook-signature", signature),
                ("x-zendesk-webhook-signature-timestamp", "2021-07-25T10:00:00Z"),
            ], body: Array(body.utf8))
        let clock = ManualClock(start: Timestamp(milliseconds: 1_627_207_200_000))
        let helpdesk = ZendeskHelpdesk(
            Zendesk.configuration { $0.signingSecrets = [Secret(secret)] }, http: FakeZendesk(), clock: clock)
        let error = try await #require(throws: ChannelError.self) { _ = try await helpdesk.events(in: request) }
        // What is signed and no event is malformed; what is not signed is refused before anybody reads it.
        #expect(error.httpStatus == status)
        #expect(!error.message.contains("hello"))
    }

    @Test(arguments: [
        "unsigned", "no time", "forged", "other secret", "stale", "from the future", "no base64", "no secrets",
        "no time of day",
    ])
    func `what Zendesk has not signed now is refused`(kind: String) async throws {
        var request = Zendesk.event("comment_added", ticket: 7, Zendesk.staff("Hello"), ["external_id": "session-1"])
        var configuration = Zendesk.configuration()
        switch kind {
        case "unsigned": request.headers = []
        case "no time": request.headers.removeLast()
        case "forged": request.body.append(0x20)
        case "other secret": request = Zendesk.signed("{}", secret: "guess")
        case "stale": request = Zendesk.signed("{}", at: (Zendesk.now - .seconds(301)).description)
        case "from the future": request = Zendesk.signed("{}", at: (Zendesk.now + .seconds(301)).description)
        case "no base64": request.headers[1].value = "?"
        case "no secrets": configuration.signingSecrets = [Secret("")]
        default: request = Zendesk.signed("{}", at: "yesterday")
        }
        let clock = ManualClock(start: Zendesk.now)
        let helpdesk = ZendeskHelpdesk(configuration, http: FakeZendesk(), clock: clock)
        let channel = ZendeskChannel(configuration, http: FakeZendesk(), clock: clock)
        let given = request
        for error in [
            await #expect(throws: ChannelError.self) { _ = try await helpdesk.events(in: given) },
            await #expect(throws: ChannelError.self) { _ = try await channel.events(in: given) },
        ] {
            #expect(error?.httpStatus == 401)
            #expect(error?.message.contains("Hello") == false)
        }
    }

    @Test(arguments: [
        "2026-09-21T14:13:20Z", "2026-09-21T14:13:20.5Z", "2026-09-21T16:13:20+02:00", "2026-09-21t14:11:00z",
    ])
    func `times in every notation are understood`(time: String) async throws {
        let helpdesk = Zendesk.helpdesk(FakeZendesk())
        #expect(try await helpdesk.events(in: Zendesk.signed(#"{"type": "x"}"#, at: time)).isEmpty)
    }

    @Test(arguments: [
        "", "null", "[]", "{", #"{"type": 7}"#, #"{"id": "1"}"#, #"{"type": "zen:event-type:ticket.comment_added"}"#,
        #"{"type": "zen:event-type:ticket.comment_added", "id": "1", "detail": {"id": "7"}, "event": {}}"#,
        #"{"type": "zen:event-type:ticket.comment_added", "id": "1", "detail": {"id": "x"}, "event": {}}"#,
        #"{"type": "zen:event-type:ticket.comment_added", "id": "1", "detail": {"id": "7"}, "event": {"comment": {"id": "1", "#
            + #""author": {"id": "5"}, "body": "secret words"}}}"#,
    ])
    func `what cannot be read is malformed, and not repeated`(body: String) async throws {
        let error = try await #require(throws: ChannelError.self) {
            _ = try await Zendesk.helpdesk(FakeZendesk()).events(in: Zendesk.signed(body))
        }
        #expect(error.httpStatus == 400 && !error.message.contains("secret"))
        var request = Zendesk.signed(body)
        request.method = "GET"
        let get = request
        await #expect(throws: ChannelError.self) { _ = try await Zendesk.channel(FakeZendesk()).events(in: get) }
    }

    @Test(arguments: [
        "zen:event-type:article.published", "zen:event-type:ticket.priority_changed", "zen:event-type:ticket.merged",
        "x",
    ])
    func `events about something else are taken and ignored`(type: String) async throws {
        let body = #"{"type": "\#(type)", "id": "1", "detail": {"id": "7", "external_id": "s"}, "event": {"a": 1}}"#
        #expect(try await Zendesk.helpdesk(FakeZendesk()).events(in: Zendesk.signed(body)).isEmpty)
        #expect(try await Zendesk.channel(FakeZendesk()).events(in: Zendesk.signed(body)).isEmpty)
    }

    // MARK: What people did

    static let ours: [String: JSONValue] = [
        "external_id": "session-1", "tags": ["opencx", "opencx_handedoff"], "via": ["channel": "api"],
    ]

    private func told(
        _ type: String, _ event: JSONValue, _ detail: [String: JSONValue] = [:]
    ) async throws -> [String] {
        let request = Zendesk.event(type, ticket: 7, event, Self.ours.merging(detail) { $1 })
        return try await Zendesk.helpdesk(FakeZendesk()).events(in: request).map { event in
            #expect(event.conversation == .session("session-1"))
            return "\(event.providerID) \(word(event.activity))"
        }
    }

    @Test func `a public comment of a person goes to the customer, once`() async throws {
        #expect(try await told("comment_added", Zendesk.staff("Hello!")) == ["comment-901 Ana: Hello!"])
    }

    @Test func `notes, the AI's own comments and customers' are not told`() async throws {
        #expect(try await told("comment_added", Zendesk.staff("Secret", isPublic: false)).isEmpty)
        let own = Zendesk.comment("Hi", by: Zendesk.agent, name: "AI", isStaff: true)
        #expect(try await told("comment_added", own).isEmpty)
        #expect(try await told("comment_added", Zendesk.comment("Hi", by: 501)).isEmpty)
        #expect(try await told("created", [:]).isEmpty)
    }

    @Test func `an answer that solves the ticket is told before the end, whichever event comes first`() async throws {
        let told = try await told("comment_added", Zendesk.staff("Done."), ["status": "SOLVED"])
        #expect(told == ["comment-901 Ana: Done.", "comment-901-solved ended closed_resolved"])
    }

    @Test(arguments: [
        ("OPEN", "SOLVED", nil, "e1 ended closed_resolved"), ("open", "closed", nil, "e1 ended closed_resolved"),
        // What has ended does not end again when Zendesk closes it some days later.
        ("SOLVED", "CLOSED", nil, nil), ("SOLVED", "OPEN", nil, "e1 reopened"), ("NEW", "OPEN", nil, nil),
        ("SOLVED", "DELETED", nil, nil), ("SOLVED", "PENDING", nil, "e1 reopened"),
        // What the AI's own user does is known; a customer who opens a ticket again does so by writing.
        ("OPEN", "SOLVED", Zendesk.agent, nil), ("SOLVED", "OPEN", 501, nil),
        ("SOLVED", "OPEN", Zendesk.ana, "e1 reopened"),
    ])
    func `states`(before: String, now: String, actor: Int64?, expected: String?) async throws {
        let detail: [String: JSONValue] = actor.map { ["actor_id": .string(String($0))] } ?? [:]
        let event: JSONValue = ["previous": .string(before), "current": .string(now)]
        #expect(try await told("status_changed", event, detail) == (expected.map { [$0] } ?? []))
    }

    @Test func `assignments and tags are told and change nothing`() async throws {
        #expect(
            try await told("agent_assignment_changed", ["previous": .null, "current": "12"])
                == ["e1 changed: Assigned to user 12 in Zendesk."])
        #expect(
            try await told("agent_assignment_changed", ["previous": "12", "current": .null])
                == ["e1 changed: Unassigned in Zendesk."])
        #expect(
            try await told("agent_assignment_changed", ["previous": .null, "current": "11"])
                == ["e1 changed: Assigned to the AI in Zendesk."])
        #expect(
            try await told("group_assignment_changed", ["current": "7"]) == ["e1 changed: Moved to group 7 in Zendesk."]
        )
        #expect(
            try await told("tags_changed", ["tags_added": ["a", "b"], "tags_removed": ["c"]])
                == ["e1 changed: Tags added in Zendesk: a, b; tags removed: c."])
        #expect(try await told("tags_changed", ["tags_added": []]).isEmpty)
        #expect(try await told("tags_changed", ["tags_added": ["opencx_reply_1"], "tags_removed": ["opencx"]]).isEmpty)
        #expect(try await told("tags_changed", ["tags_added": ["a"]], ["actor_id": "11"]).isEmpty)
    }

    @Test func `files of a public comment come along`() async throws {
        var comment = Zendesk.staff("See this").members["comment"]?.members ?? [:]
        comment["attachments"] = [
            [
                "filename": "a.png", "content_type": "image/png", "size": 9,
                "content_url": "https://acme.zendesk.example/a",
            ],
            ["filename": "b", "content_url": "javascript:x"],
        ]
        let request = Zendesk.event("comment_added", ticket: 7, ["comment": .object(comment)], Self.ours)
        let events = try await Zendesk.helpdesk(FakeZendesk()).events(in: request)
        guard case .replied(_, _, let files)? = events.first?.activity else {
            Issue.record("It was not told.")
            return
        }
        #expect(files.map(\.location) == ["https://acme.zendesk.example/a"])
        #expect(files.first?.byteCount == 9 && files.first?.name.reveal() == "a.png")
    }

    @Test func `tickets that no session made are not the helpdesk's to tell`() async throws {
        let helpdesk = Zendesk.helpdesk(FakeZendesk())
        let plain = Zendesk.event("comment_added", ticket: 7, Zendesk.staff("Hello!"))
        #expect(try await helpdesk.events(in: plain).isEmpty)
        let inPlace = Zendesk.event(
            "comment_added", ticket: 7, Zendesk.staff("Hello!"), ["tags": ["opencx", "opencx_handedoff"]])
        #expect(try await helpdesk.events(in: inPlace).isEmpty)
    }
}

/// What a person did, in a word.
func word(_ activity: TeamEvent.Activity) -> String {
    switch activity {
    case .replied(let person, let text, _): "\(person): \(text.reveal())"
    case .noted(let person, let text): "note of \(person): \(text.reveal())"
    case .took(let person): "took \(person)"
    case .ended(let status, _): "ended \(status.rawValue)"
    case .reopened: "reopened"
    case .changed(let text, _): "changed: \(text.reveal())"
    }
}
