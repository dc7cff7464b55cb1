import OpenCXCore
import Testing

@testable import OpenCXHubSpot

/// HubSpot's own vectors: hubspot-api-python, `tests/spec/utils/test_signature.py`, and hubspot-api-nodejs,
/// `test/unit/signature.spec.ts`. Those with escapes in the address were computed from what HubSpot documents.
struct HubSpotSignatureTests {
    private static let secret = Secret("yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy")
    private static let url = "https://www.example.com/webhook_uri"
    private static let body = "{'example_field':'example_value'}"

    private static func signature(_ url: String = url, secret: Secret = secret, older: Bool = true) -> HubSpotSignature
    {
        HubSpotSignature(secret: secret, url: url, acceptsOlder: older)
    }

    @Test(arguments: [
        (url, body, "1693657560000", "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y="),
        (
            "https://www.example.com/hook?to=a%40b.com&x=1%2C2&keep=%20%26", "[{\"eventId\":1}]", "1700000000123",
            "Eq6OEHRTP/WcJsj17JTO+7EaG3vZodyh53tiNbjrXSc="
        ),
        (
            "https://www.example.com/hook?to=a%40b.com&x=1%2c2&keep=%20%26", "[{\"eventId\":1}]", "1700000000123",
            "Eq6OEHRTP/WcJsj17JTO+7EaG3vZodyh53tiNbjrXSc="
        ),
    ])
    func `version 3 is the address with its escapes, the body and the time`(
        url: String, body: String, time: String, code: String
    ) {
        let signature = Self.signature(url)
        #expect(signature.isValid(code, method: "POST", body: Array(body.utf8), timestamp: time))
        #expect(!signature.isValid(code, method: "PUT", body: Array(body.utf8), timestamp: time))
        #expect(!signature.isValid(code, method: "POST", body: Array((body + " ").utf8), timestamp: time))
        #expect(!signature.isValid(code, method: "POST", body: Array(body.utf8), timestamp: time + "0"))
        let other = Self.signature(url, secret: Secret("other"))
        #expect(!other.isValid(code, method: "POST", body: Array(body.utf8), timestamp: time))
    }

    @Test(arguments: [
        ("v2", "POST", body, "4fe4e3a7d3cf09db53be39d0a58130e2aaba074ec123a9e355b876a689a1c383"),
        ("v2", "GET", "", "eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e"),
        (
            "v2", "POST", "{\"example_field\":\"example_value\"}",
            "9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900"
        ),
        ("v1", "POST", body, "69fc6631a867edd4f9e9e627fc5c1148e3fbdd8b21837b6d2b8901c1fa57f750"),
        (
            "v1", "POST",
            "[{\"eventId\":1,\"subscriptionId\":12345,\"portalId\":62515,\"occurredAt\":1564113600000,"
                + "\"subscriptionType\":\"contact.creation\",\"attemptNumber\":0,\"objectId\":123,\"changeSource\":\"CRM\","
                + "\"changeFlag\":\"NEW\",\"appId\":54321}]",
            "232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de"
        ),
    ])
    func `older versions are digests with the secret in front, and taken only where that is allowed`(
        version: String, method: String, body: String, code: String
    ) throws {
        var request = WebhookRequest(
            method: method, headers: [("X-HubSpot-Signature", code), ("X-HubSpot-Signature-Version", version)],
            body: Array(body.utf8))
        try Self.signature().check(request, now: .epoch)
        #expect(throws: ChannelError.self) { try Self.signature(older: false).check(request, now: .epoch) }
        request.body.append(32)
        #expect(throws: ChannelError.self) { try Self.signature().check(request, now: .epoch) }
    }

    /// Milliseconds that a request is older than the clock says.
    @Test(arguments: [(0, true), (300_000, true), (-300_000, true), (300_001, false), (-300_001, false), (.min, false)])
    func `a request is good for five minutes`(age: Int64, isGood: Bool) {
        let time = Int64(1_693_657_560_000)
        let request = WebhookRequest(
            headers: [
                ("X-HubSpot-Signature-v3", "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y="),
                ("X-HubSpot-Request-Timestamp", String(time)),
            ], body: Array(Self.body.utf8))
        let now = Timestamp(milliseconds: age == .min ? .min : time + age)
        let isTaken = (try? Self.signature().check(request, now: now)) != nil
        #expect(isTaken == isGood)
    }

    @Test(arguments: [
        [], [("X-HubSpot-Request-Timestamp", "1693657560000")],
        [("X-HubSpot-Signature-v3", "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=")],
        [("X-HubSpot-Signature-v3", ""), ("X-HubSpot-Request-Timestamp", "1693657560000")],
        [("X-HubSpot-Signature-v3", "not base64 %"), ("X-HubSpot-Request-Timestamp", "1693657560000")],
        [("X-HubSpot-Signature-v3", "AAAA"), ("X-HubSpot-Request-Timestamp", "1693657560000")],
        [
            ("X-HubSpot-Signature-v3", "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y="),
            ("X-HubSpot-Request-Timestamp", "yesterday"),
        ],
        [("X-HubSpot-Signature", ""), ("X-HubSpot-Signature-Version", "v2")],
        [("X-HubSpot-Signature", "ab"), ("X-HubSpot-Signature-Version", "v9")],
        // A forged new signature is not saved by an old one beside it.
        [
            ("X-HubSpot-Signature-v3", "AAAA"), ("X-HubSpot-Request-Timestamp", "1693657560000"),
            ("X-HubSpot-Signature", "69fc6631a867edd4f9e9e627fc5c1148e3fbdd8b21837b6d2b8901c1fa57f750"),
        ],
    ])
    func `what is not signed, or not right, is refused`(headers: [(String, String)]) throws {
        let request = WebhookRequest(headers: headers, body: Array(Self.body.utf8))
        let now = Timestamp(milliseconds: 1_693_657_560_000)
        let error = try #require(throws: ChannelError.self) { try Self.signature().check(request, now: now) }
        #expect(error.httpStatus == 401 && !error.message.contains("example_value"))
    }

    @Test func `an empty secret proves nothing`() {
        let signature = Self.signature(secret: Secret(""))
        #expect(!signature.isValid("", version: "v1", method: "POST", body: []))
    }
}
