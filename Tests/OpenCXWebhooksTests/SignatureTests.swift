import OpenCXCore
import OpenCXWebhooks
import Testing

/// The example that the specification's libraries publish.
private let published = (
    secret: Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    time: Timestamp(milliseconds: 1_614_265_330_000), body: Array(#"{"test": 2432232314}"#.utf8),
    signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
)
private let other = Secret("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")

struct SignatureTests {
    @Test func `signs as the specification's libraries do`() throws {
        let headers = try WebhookSigner(secrets: [published.secret])
            .headers(id: published.id, at: published.time, body: published.body)
        #expect(headers.map(\.name) == ["webhook-id", "webhook-timestamp", "webhook-signature"])
        #expect(headers.map(\.value) == [published.id, "1614265330", published.signature])
    }

    @Test func `signs with every secret, and each is enough`() throws {
        let signer = try WebhookSigner(secrets: [other, published.secret])
        let headers = signer.headers(id: published.id, at: published.time, body: published.body)
        #expect(headers[2].value.split(separator: " ").count == 2)
        #expect(headers[2].value.hasSuffix(" " + published.signature))
        let request = WebhookRequest(headers: headers, body: published.body)
        for secret in [published.secret, other] {
            let id = try WebhookVerifier(secrets: [secret]).verify(request, at: published.time)
            #expect(id == published.id)
        }
    }

    @Test func `two ids never look the same, and none reaches into the time`() throws {
        let signer = try WebhookSigner(secrets: [other])
        let ids = ["a.1", "a%2E1", "a 1", "a\r\n1", "ä", "event:s-1/3#x"].map {
            signer.headers(id: $0, at: .epoch, body: [])[0].value
        }
        #expect(ids == ["a%2E1", "a%252E1", "a%201", "a%0D%0A1", "%C3%A4", "event:s-1/3#x"])
    }

    @Test(arguments: [
        "", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_short", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS!",
        // 23 and 65 bytes.
        "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    ])
    func `a weak or broken secret is refused and not repeated`(text: String) throws {
        let error = #expect(throws: WebhookError.self) { try WebhookSigner(secrets: [Secret(text)]) }
        #expect(error?.code == .badSecret)
        #expect(text.count < 10 || error?.description.contains(text) == false)
        #expect(throws: WebhookError.self) { try WebhookVerifier(secrets: [other, Secret(text)]) }
    }

    @Test func `a secret is never printed`() throws {
        var text = ""
        dump(try WebhookSigner(secrets: [published.secret]), to: &text)
        dump(try WebhookVerifier(secrets: [published.secret]), to: &text)
        text += "\(try WebhookSigner(secrets: [published.secret]))"
        #expect(!text.contains("MfKQ9r8G") && !text.contains("49, 242") && text.contains("••••"))
    }

    @Test func `no secret at all is refused`() {
        #expect(throws: WebhookError.self) { try WebhookSigner(secrets: []) }
    }

    @Test(arguments: [(-300, true), (300, true), (-301, false), (301, false), (86_400, false)])
    func `an old request is stale, and so is one from the future`(seconds: Int, isFresh: Bool) throws {
        let now = published.time + .seconds(seconds)
        try expect(isFresh ? nil : .stale, at: now) { _ in }
    }

    @Test(arguments: [
        ("webhook-id", "msg_other", WebhookError.Code.badSignature), ("webhook-id", "", .missingHeader),
        ("webhook-timestamp", "1614265331", .badSignature), ("webhook-timestamp", "+1614265330", .missingHeader),
        ("webhook-timestamp", "", .missingHeader), ("webhook-timestamp", "99999999999999999999", .missingHeader),
        ("webhook-timestamp", "9223372036854775807", .missingHeader),
        ("webhook-signature", "", .badSignature), ("webhook-signature", "v1,", .badSignature),
        ("webhook-signature", "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", .badSignature),
        ("webhook-signature", "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", .badSignature),
        ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OA=", .badSignature),
    ])
    func `a header that was changed is noticed`(name: String, value: String, code: WebhookError.Code) throws {
        try expect(code, at: published.time) { request in
            request.headers = request.headers.map { $0.name == name ? (name, value) : $0 }
        }
    }

    @Test(arguments: ["webhook-id", "webhook-timestamp", "webhook-signature"])
    func `a header that is missing is noticed`(name: String) throws {
        try expect(.missingHeader, at: published.time) { $0.headers.removeAll { $0.name == name } }
    }

    @Test func `a body that was written anew is noticed`() throws {
        try expect(.badSignature, at: published.time) { $0.body = Array(#"{"test":2432232314}"#.utf8) }
    }

    @Test func `any of several signatures may be right, whatever the others are`() throws {
        try expect(nil, at: published.time) { request in
            request.headers[2].value = "v1a,AAAA v2,x v1,!! v1,AAAA \(published.signature)"
        }
    }

    private func expect(
        _ code: WebhookError.Code?, at now: Timestamp, change: (inout WebhookRequest) -> Void
    ) throws {
        var request = WebhookRequest(
            headers: [
                ("webhook-id", published.id), ("webhook-timestamp", "1614265330"),
                ("webhook-signature", published.signature),
            ], body: published.body)
        change(&request)
        let verifier = try WebhookVerifier(secrets: [published.secret])
        if let code {
            let error = #expect(throws: WebhookError.self) { try verifier.verify(request, at: now) }
            #expect(error?.code == code)
        } else {
            #expect(try verifier.verify(request, at: now) == published.id)
        }
    }
}
