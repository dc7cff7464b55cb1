import OpenCXCore
import OpenCXCrypto
import Testing

@testable import OpenCXWidget

/// Contact tokens: nobody makes one without the key, and none is good for longer or for more than it was made for.
@Suite struct TokenTests {
    private let key = Secret("0123456789abcdef0123456789abcdef")
    private let now = Timestamp(milliseconds: 1_700_000_000_000)
    private let jo = ContactHandle(email: "Jo@Example.com", customID: "42", name: "Jo", isVerified: true)

    @Test func `a token says who its holder is`() throws {
        let tokens = try ContactTokens(key: key)
        let visitor = try #require(tokens.visitor(tokens.issue(for: jo, at: now), at: now))
        #expect(visitor.handle(device: nil) == jo)
        #expect(visitor.isVerified)
        #expect(visitor == WidgetVisitor(verified: jo))
    }

    @Test func `a token is a JSON Web Token that others can make`() throws {
        // Made by hand: HMAC-SHA256 over header and claims, as any library does.
        let claims: JSONValue = [
            "aud": "opencx-widget", "sub": "x", "ver": true, "email": "jo@example.com", "exp": 1_800_000_000,
        ]
        let signed =
            Base64URL.encode(Array(#"{"typ":"JWT","alg":"HS256"}"#.utf8)) + "." + Base64URL.encode(claims.serialized())
        let code = SHA256.authenticationCode(for: Array(signed.utf8), key: Array(key.reveal().utf8))
        let visitor = try ContactTokens(key: key).visitor(signed + "." + Base64URL.encode(code), at: now)
        #expect(visitor?.email == "jo@example.com")
    }

    /// Widgets of version 5 compare these claims of the old and the new token, and lose the conversation where they differ.
    @Test func `a token that is renewed is the same contact's`() throws {
        let tokens = try ContactTokens(key: key)
        func owner(_ handle: ContactHandle, at time: Timestamp) throws -> [JSONValue?] {
            let token = try tokens.issue(for: handle, at: time)
            let claims = try JSONValue(parsing: Base64URL.decode(token.split(separator: ".")[1]) ?? [])
            return [claims["org_id"], claims["contact"]?["id"], claims["contact"]?["verified"]]
        }
        let first = try owner(jo, at: now)
        #expect(first[0]?.string?.isEmpty == false && first[1]?.string?.isEmpty == false && first[2] == true)
        #expect(try owner(jo, at: now + .seconds(3600)) == first)
        #expect(try owner(ContactHandle(customID: "43", isVerified: true), at: now) != first)
    }

    @Test func `a token ends`() throws {
        let tokens = try ContactTokens(key: key)
        let token = try tokens.issue(for: jo, at: now, lifetime: .seconds(60))
        #expect(tokens.visitor(token, at: now + .seconds(59)) != nil)
        #expect(tokens.visitor(token, at: now + .seconds(60)) == nil)
    }

    @Test func `retired keys check, and no longer sign`() throws {
        let old = Secret("fedcba9876543210fedcba9876543210")
        let before = try ContactTokens(key: old).issue(for: jo, at: now)
        let tokens = try ContactTokens(key: key, retiredKeys: [old])
        #expect(tokens.visitor(before, at: now) != nil)
        #expect(try ContactTokens(key: old).visitor(tokens.issue(for: jo, at: now), at: now) == nil)
    }

    @Test func `weak keys and handles that nobody vouches for make no token`() throws {
        #expect(throws: ContactTokenError.self) { try ContactTokens(key: Secret("short")) }
        #expect(throws: ContactTokenError.self) { try ContactTokens(key: key, retiredKeys: [Secret("")]) }
        let tokens = try ContactTokens(key: key)
        for handle in [
            ContactHandle(email: "jo@example.com", isVerified: false), ContactHandle(customID: "1", isVerified: false),
            ContactHandle(email: "jo@example.com", phone: "+14155550123", customID: "1", isVerified: false),
        ] {
            #expect(throws: ContactTokenError.self) { try tokens.issue(for: handle, at: now) }
        }
        #expect(throws: ContactTokenError.self) {
            try tokens.issue(for: ContactHandle(name: "Jo", isVerified: true), at: now)
        }
        #expect(throws: ContactTokenError.self) {
            let name = String(repeating: "o", count: 10_000)
            return try tokens.issue(for: ContactHandle(customID: "1", name: name, isVerified: true), at: now)
        }
    }

    @Test func `forged tokens are none`() throws {
        let tokens = try ContactTokens(key: key)
        let token = try tokens.issue(for: jo, at: now)
        let parts = token.split(separator: ".").map(String.init)
        let claims = try #require(Base64URL.decode(parts[1]))
        func header(_ text: String) -> String { Base64URL.encode(Array(text.utf8)) }
        func signed(_ header: String, _ claims: String, key: String) -> String {
            let code = SHA256.authenticationCode(for: Array("\(header).\(claims)".utf8), key: Array(key.utf8))
            return "\(header).\(claims).\(Base64URL.encode(code))"
        }
        let other = String(decoding: claims, as: UTF8.self).replacing("\"42\"", with: "\"43\"")
        let forgeries = [
            "", ".", "..", "a.b.c", token + ".", token + "x", String(token.dropLast()), token + "=",
            "\(parts[0]).\(parts[1])", "\(parts[0]).\(parts[1]).",
            // No algorithm, with and without a code.
            header(#"{"alg":"none"}"#) + ".\(parts[1]).", header(#"{"alg":"none"}"#) + ".\(parts[1]).\(parts[2])",
            header(#"{"alg":"NONE","typ":"JWT"}"#) + ".\(parts[1]).",
            // Another payload under the same code, another key, the header of another algorithm under the right key.
            "\(parts[0]).\(Base64URL.encode(Array(other.utf8))).\(parts[2])",
            signed(parts[0], parts[1], key: "0123456789abcdef0123456789abcdeX"),
            signed(header(#"{"alg":"HS512","typ":"JWT"}"#), parts[1], key: key.reveal()),
            signed(header(#"{"alg":"HS256","crit":["exp"]}"#), parts[1], key: key.reveal()),
            // Signed, but for something else, without an end, for nobody.
            signed(
                parts[0], Base64URL.encode(Array(#"{"sub":"1","ver":true,"cid":"42","exp":1800000000}"#.utf8)),
                key: key.reveal()),
            signed(
                parts[0], Base64URL.encode(Array(#"{"aud":"opencx-widget","sub":"1","ver":true,"cid":"42"}"#.utf8)),
                key: key.reveal()),
            signed(
                parts[0],
                Base64URL.encode(Array(#"{"aud":"opencx-widget","sub":"1","ver":true,"exp":1800000000}"#.utf8)),
                key: key.reveal()),
            signed(parts[0], Base64URL.encode(Array("[]".utf8)), key: key.reveal()),
            String(repeating: "a", count: 100_000) + ".b.c",
        ]
        for forgery in forgeries { #expect(tokens.visitor(forgery, at: now) == nil, "\(forgery.prefix(80))") }
    }

    @Test func `an unverified visitor is somebody else on each device, and the same again with the same address`() {
        let one = WidgetVisitor(unverifiedEmail: "Jo@example.com ", name: "Jo", data: [:])
        let again = WidgetVisitor(unverifiedEmail: "jo@example.com", name: nil, data: [:])
        #expect(one.subject == again.subject)
        #expect(one.handle(device: "a")?.customID == again.handle(device: "a")?.customID)
        #expect(one.handle(device: "a")?.customID != one.handle(device: "b")?.customID)
        #expect(one.handle(device: nil) == nil)
        #expect(one.handle(device: "a")?.isVerified == false)
        let nobody = WidgetVisitor(unverifiedEmail: nil, name: nil, data: [:])
        #expect(nobody.subject != WidgetVisitor(unverifiedEmail: nil, name: nil, data: [:]).subject)
        #expect(!nobody.subject.contains { $0.isNumber })
    }
}
