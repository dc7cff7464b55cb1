import OpenCXCore
import OpenCXCrypto
import OpenCXFront
import OpenCXTesting
import Testing

struct FrontSignatureTests {
    /// The shared vectors: computed from Front's description, which publishes none.
    private static let applicationBody =
        #"{"type":"inbound_received","authorization":{"id":"cmp_abc"},"payload":{"id":"evt_1","type":"inbound","text":"Grüße ✓"}}"#
    private static let applicationSignature = "7CrGuAV7tHvKQTydozqk78GntalSvD4GmnZMDopA/4A="
    private static let ruleBody =
        #"{ "id": "evt_1", "type": "inbound", "text": "Grüße ✓", "emitted_at": 1700000000.123 }"#
    private static let ruleSignature = "EDawSspqxIgjqwul8qCIsxRL2Cc="

    private func request(
        _ body: String, signature: String?, time: String? = nil, extra: [(name: String, value: String)] = []
    ) -> WebhookRequest {
        var headers = extra
        if let signature { headers.append(("X-Front-Signature", signature)) }
        if let time { headers.append(("X-Front-Request-Timestamp", time)) }
        return WebhookRequest(headers: headers, body: Array(body.utf8))
    }

    private func status(
        _ request: WebhookRequest, now: Int64 = 1_700_000_000_123,
        _ change: (inout FrontConfiguration) -> Void = { _ in }
    ) async -> Int {
        let clock = ManualClock(start: Timestamp(milliseconds: now))
        let channel = FrontChannel(Front.account(FakeFront(), clock: clock, change))
        do {
            // This Front has not what the bodies tell of, so nothing comes of them.
            _ = try await channel.events(in: request)
            return 200
        } catch let error as ChannelError {
            #expect(!error.message.contains("evt_1") && !error.message.contains("Grüße"))
            return error.httpStatus
        } catch {
            return -1
        }
    }

    @Test(arguments: [
        // Front's clock and ours may differ by five minutes, either way.
        (Int64(1_700_000_000_123), 200), (1_700_000_300_123, 200), (1_699_999_700_123, 200),
        (1_700_000_300_124, 401), (1_699_999_700_122, 401), (0, 401), (Int64.max, 401),
    ])
    func `an application's webhook is taken while it is fresh`(now: Int64, expected: Int) async {
        let request = request(
            Self.applicationBody, signature: Self.applicationSignature, time: "1700000000123")
        #expect(await status(request, now: now) == expected)
    }

    @Test(
        arguments: [
            (applicationSignature, "1700000000124"), (applicationSignature, ""),
            (applicationSignature, " 1700000000123"),
            (applicationSignature, "+1700000000123"), (applicationSignature, "1700000000123.0"),
            (applicationSignature, "17000000001230000000000"), (nil, "1700000000123"), ("", "1700000000123"),
            ("8CrGuAV7tHvKQTydozqk78GntalSvD4GmnZMDopA/4A=", "1700000000123"), ("7CrG", "1700000000123"),
            ("not base64!", "1700000000123"), (ruleSignature, "1700000000123"), (applicationSignature, nil),
        ] as [(String?, String?)])
    func `what an application did not sign is refused`(signature: String?, time: String?) async {
        #expect(await status(request(Self.applicationBody, signature: signature, time: time)) == 401)
    }

    @Test func `a changed body, another key and a key that is not configured are refused`() async {
        let time = "1700000000123"
        let changed = Self.applicationBody + " "
        #expect(await status(request(changed, signature: Self.applicationSignature, time: time)) == 401)
        let request = request(Self.applicationBody, signature: Self.applicationSignature, time: time)
        #expect(await status(request) { $0.signingKey = Secret("other") } == 401)
        #expect(await status(request) { $0.signingKey = nil } == 401)
        let rule = self.request(Self.ruleBody, signature: Self.ruleSignature)
        #expect(await status(rule) { $0.ruleSecret = nil } == 401)
        #expect(await status(rule) { $0.ruleSecret = Secret("other") } == 401)
    }

    @Test(arguments: [
        ruleBody,
        // As it is signed, and in other ways to write the same.
        #"{"id":"evt_1","type":"inbound","text":"Grüße ✓","emitted_at":1700000000.123}"#,
        "{\"id\":\"evt_1\",\n\t\"type\":\"inbound\",\r\n\"text\":\"Gr\\u00fc\\u00DFe \\u2713\",\"emitted_at\":1700000000.123}",
    ])
    func `a rule's webhook is signed in compact form`(body: String) async {
        #expect(await status(request(body, signature: Self.ruleSignature)) == 200)
    }

    @Test(arguments: [
        #"{"id":"evt_2","type":"inbound","text":"Grüße ✓","emitted_at":1700000000.123}"#,
        #"{"type":"inbound","id":"evt_1","text":"Grüße ✓","emitted_at":1700000000.123}"#,
        #"{"id":"evt_1","type":"inbound","text":"Grüße  ✓","emitted_at":1700000000.123}"#,
        #"{"id":"evt_1","type":"inbound","text":"Grüße ✓","emitted_at":1700000000.123"#, "", "\"", "\"\\", "\"\\u12",
    ])
    func `anything else is not what a rule signed`(body: String) async {
        #expect(await status(request(body, signature: Self.ruleSignature)) == 401)
    }

    @Test(arguments: [
        (#"{ "a" : [ 1 , 2.50 , true ] }"#, #"{"a":[1,2.50,true]}"#), (#""a \" b""#, #""a \" b""#),
        (#""\u0041\/\u0022\u005c\u000a\u001f\ud83d\ude00\ud83d""#, "\"A/\\\"\\\\\\n\\u001f😀\\ud83d\""),
        (#""\t\b\f\r\n""#, #""\t\b\f\r\n""#), ("\u{FEFF}[ ]", "[]"),
    ])
    func `compact JSON is what JavaScript writes`(text: String, compact: String) async {
        let code = SHA1.authenticationCode(for: Array(compact.utf8), key: Array(Front.ruleSecret.utf8))
        // Read, and found to be no event.
        #expect(await status(request(text, signature: Base64.encode(code))) == 400)
    }

    @Test func `the challenge is answered once the request is known to be Front's`() async throws {
        let fake = FakeFront()
        let account = Front.account(fake)
        let agent = Agent(
            AgentParts(
                store: InMemoryStore(), knowledge: ListIndex(), channels: [FrontChannel(account)],
                helpdesks: [FrontHelpdesk(account)], clock: ManualClock(start: Front.start), ids: SequentialIDs()))
        let challenge = [(name: "X-Front-Challenge", value: "abc\"1")]
        let request = Front.application("sync", nil, headers: challenge)
        let response = await agent.handle(request, on: "front")
        #expect(response.status == 200 && String(decoding: response.body, as: UTF8.self) == #"{"challenge":"abc\"1"}"#)
        let atHelpdesk = await agent.handle(request, at: "front")
        #expect(atHelpdesk.status == 200 && atHelpdesk.body == response.body)
        #expect(await agent.handle(Front.application("sync", nil), on: "front").status == 200)
        var forged = request
        forged.body += [0x20]
        let refused = await agent.handle(forged, on: "front")
        #expect(refused.status == 401 && !String(decoding: refused.body, as: UTF8.self).contains("abc"))
        #expect(fake.calls.isEmpty)
    }
}
