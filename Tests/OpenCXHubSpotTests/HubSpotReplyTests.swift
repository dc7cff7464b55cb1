import OpenCXCore
import OpenCXHubSpot
import OpenCXTesting
import Testing

struct HubSpotReplyTests {
    private static let threads = "/conversations/v3/conversations/threads"

    @Test func `a reply goes to where the last message came from, as the AI's user`() async throws {
        let hubspot = HubSpot()
        hubspot.write("Old", email: "old@example.com")
        hubspot.write("Where is it?")
        hubspot.write("Let me see.", from: "A-8")
        let receipt = try await hubspot.channel.send(hubspot.outbound("It is **on its way**."))
        let thread = try #require(hubspot.fake.snapshot.threads["1"])
        let entry = try #require(thread.entries.last)
        #expect(receipt.providerID == entry["id"]?.string)
        #expect(entry["text"] == "It is on its way." && entry["senderActorId"] == "A-7" && entry["type"] == "MESSAGE")
        #expect(entry["richText"]?.string?.contains("<strong>on its way</strong>") == true)
        #expect(entry["channelId"] == "1002" && entry["channelAccountId"] == "10")
        #expect(entry["subject"] == "Return of RMA-2207")
        let recipient: JSONValue = [
            "actorId": "V-101", "name": "Anna Ek", "recipientField": "TO",
            "deliveryIdentifiers": [["type": "HS_EMAIL_ADDRESS", "value": "anna@example.com"]],
        ]
        #expect(entry["recipients"] == [recipient])
        #expect(
            hubspot.fake.calls == [
                "GET \(Self.threads)/1/messages", "GET \(Self.threads)/1", "POST \(Self.threads)/1/messages",
            ])
    }

    @Test(arguments: ["A-8", nil, "B-1"])
    func `what the AI says to a conversation that is not its own is withdrawn`(assignee: String?) async throws {
        let hubspot = HubSpot()
        hubspot.write("Hi")
        hubspot.fake.change { $0.threads["1"]?.assignee = assignee }
        let error = await #expect(throws: ChannelError.self) {
            _ = try await hubspot.channel.send(hubspot.outbound("Hello"))
        }
        #expect(error?.code == .taken)
        #expect(hubspot.fake.snapshot.threads["1"]?.said.count == 1)
    }

    @Test func `a person who takes it while the AI looks has the last word`() async throws {
        let hubspot = HubSpot()
        hubspot.write("Hi")
        hubspot.fake.change { state in
            state.before["GET \(Self.threads)/1/messages"] = { $0.threads["1"]?.assignee = "A-8" }
        }
        let error = await #expect(throws: ChannelError.self) {
            _ = try await hubspot.channel.send(hubspot.outbound("Hello"))
        }
        #expect(error?.code == .taken && hubspot.fake.snapshot.threads["1"]?.said.count == 1)
    }

    @Test func `a person of the team may always answer`() async throws {
        let hubspot = HubSpot()
        hubspot.write("Hi")
        hubspot.fake.change { $0.threads["1"]?.assignee = "A-8" }
        _ = try await hubspot.channel.send(hubspot.outbound("Ann here.", author: .person("ann")))
        #expect(hubspot.fake.snapshot.threads["1"]?.said.last == "A-7: Ann here.")
    }

    @Test func `the customer's last message is found behind many others`() async throws {
        let hubspot = HubSpot()
        hubspot.write("Hi")
        for number in 0..<250 { hubspot.write("Note \(number)", from: "A-8", type: "COMMENT") }
        _ = try await hubspot.channel.send(hubspot.outbound("Hello"))
        #expect(hubspot.fake.calls.filter { $0.hasSuffix("/messages") }.count == 4)
    }

    @Test func `a second try sends nothing that has arrived`() async throws {
        let hubspot = HubSpot()
        hubspot.write("Hi")
        let first = try await hubspot.channel.send(hubspot.outbound("Hello\n\nthere"))
        hubspot.write("And?")
        let second = try await hubspot.channel.send(hubspot.outbound("Hello\n\nthere", isRetry: true))
        #expect(first == second && hubspot.fake.snapshot.threads["1"]?.said.count == 3)
        // The same words of another time, or of somebody else, are another message.
        hubspot.clock.advance(by: .seconds(3600))
        hubspot.write("Hello there", from: "A-8")
        _ = try await hubspot.channel.send(hubspot.outbound("Hello\n\nthere", isRetry: true))
        #expect(hubspot.fake.snapshot.threads["1"]?.said.count == 5)
    }

    @Test(arguments: 0..<3, [FakeHubSpot.Fault.unreachable, .lostAnswer, .truncatedAnswer, .status(502), .status(429)])
    func `a reply that broke off arrives once`(call: Int, fault: FakeHubSpot.Fault) async throws {
        let hubspot = HubSpot()
        hubspot.write("Hi")
        hubspot.fake.fail(call, with: fault)
        let error = await #expect(throws: ChannelError.self) {
            _ = try await hubspot.channel.send(hubspot.outbound("Hello"))
        }
        #expect(error?.isRetryable == true)
        _ = try await hubspot.channel.send(hubspot.outbound("Hello", isRetry: true))
        #expect(hubspot.fake.snapshot.threads["1"]?.said == ["V-101: Hi", "A-7: Hello"])
    }

    @Test func `files go as addresses`() async throws {
        let hubspot = HubSpot()
        hubspot.write("Hi")
        var message = hubspot.outbound("See")
        message.files = [
            OutboundFile(
                name: UnredactedText("a.png"), mediaType: "image/png",
                location: UnredactedText("https://shop.example/a.png")),
            OutboundFile(name: UnredactedText("b"), mediaType: "text/plain", location: UnredactedText("file:1")),
        ]
        _ = try await hubspot.channel.send(message)
        let text = hubspot.fake.snapshot.threads["1"]?.entries.last?["text"]?.string ?? ""
        #expect(text.contains("https://shop.example/a.png") && !text.contains("file:1"))
    }

    @Test(arguments: ["512", "thread-", "thread-1/2", "", "+1/+2", "thread-999999999999999999999"])
    func `a message of another channel is not sent to nowhere`(thread: String) async throws {
        let hubspot = HubSpot()
        let error = await #expect(throws: ChannelError.self) {
            _ = try await hubspot.channel.send(hubspot.outbound("Hello", thread: ThreadID(thread)))
        }
        #expect(error?.isRetryable == false && hubspot.fake.calls.isEmpty)
    }

    private static let failures: [(Int, String, String?, Bool, Duration?)] = [
        (429, #"{"policyName": "DAILY"}"#, nil, true, Duration.seconds(3600)),
        (429, #"{"policyName": "TEN_SECONDLY_ROLLING"}"#, nil, true, .seconds(10)),
        (429, #"{"policyName": "SECONDLY"}"#, nil, true, .seconds(1)), (429, "<html>", "7", true, .seconds(7)),
        (503, "", "3", true, .seconds(3)), (500, "", nil, true, nil), (477, "", "60", true, .seconds(60)),
        (423, "", nil, true, nil), (401, "", nil, true, nil), (403, #"{"category": "MISSING_SCOPES"}"#, nil, true, nil),
        (400, #"{"category": "VALIDATION_ERROR", "message": "anna@example.com"}"#, nil, false, nil),
        (404, "", nil, false, nil), (400, #"{"category": "anna@example.com"}"#, nil, false, nil),
    ]

    @Test(arguments: failures)
    func `failures are told apart, in words that say what to do and nothing else`(
        status: Int, body: String, retryAfter: String?, isRetryable: Bool, wait: Duration?
    ) async throws {
        let hubspot = HubSpot()
        hubspot.write("Hi")
        hubspot.fake.fail(2, with: .status(status, body: body, retryAfter: retryAfter))
        let error = try await #require(throws: ChannelError.self) {
            _ = try await hubspot.channel.send(hubspot.outbound("Hello"))
        }
        #expect(error.isRetryable == isRetryable && error.retryAfter == wait)
        #expect(!error.message.contains("anna@") && !error.message.contains("Hello"))
        if status == 403 { #expect(error.message.contains("conversations.write")) }
    }

    // MARK: Tokens

    @Test func `a grant's token is renewed when it ends, and when it is refused`() async throws {
        let hubspot = HubSpot {
            $0.credentials = .oauth(clientID: "id", clientSecret: Secret("s"), refreshToken: Secret("r"))
        }
        func renewals() -> Int { hubspot.fake.calls.filter { $0.hasPrefix("POST /oauth") }.count }
        hubspot.write("Hi")
        for _ in 0..<2 { _ = try await hubspot.channel.send(hubspot.outbound("Hello")) }
        #expect(renewals() == 1)
        hubspot.clock.advance(by: .seconds(1741))
        _ = try await hubspot.channel.send(hubspot.outbound("Hello"))
        #expect(renewals() == 2)
        hubspot.fake.change { $0.token = "another" }
        let error = await #expect(throws: ChannelError.self) {
            _ = try await hubspot.channel.send(hubspot.outbound("x"))
        }
        #expect(error?.isRetryable == true && renewals() == 2)
        _ = try await hubspot.channel.send(hubspot.outbound("Hello"))
        #expect(renewals() == 3)
    }

    @Test func `a grant that was withdrawn is said so`() async throws {
        let hubspot = HubSpot {
            $0.credentials = .oauth(clientID: "id", clientSecret: Secret("s"), refreshToken: Secret("r"))
        }
        hubspot.fake.fail(0, with: .status(400, body: #"{"status": "BAD_REFRESH_TOKEN"}"#))
        let error = await #expect(throws: ChannelError.self) {
            _ = try await hubspot.channel.send(hubspot.outbound("x"))
        }
        #expect(error?.code == .unauthorized)
    }
}
