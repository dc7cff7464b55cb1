import Foundation
import OpenCXCore
import OpenCXCrypto
import OpenCXTesting
import Testing

@testable import OpenCXEmail

@Suite struct InboundTests {
    private static let key = Secret("a signing key")

    private func hex(_ bytes: [UInt8]) -> String { bytes.map { String(format: "%02x", $0) }.joined() }

    private func form(_ fields: [(String, String)], files: [(String, String, String)] = []) -> WebhookRequest {
        var body = ""
        for (name, value) in fields {
            body += "--B\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        for (name, file, content) in files {
            body +=
                "--B\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"\(file)\"\r\nContent-Type: text/csv\r\n\r\n\(content)\r\n"
        }
        return WebhookRequest(
            headers: [("Content-Type", "multipart/form-data; boundary=B")], body: Array((body + "--B--\r\n").utf8))
    }

    private func mailgun(
        _ fields: [(String, String)], at seconds: Int64, key: Secret = key, files: [(String, String, String)] = []
    )
        -> WebhookRequest
    {
        let code = SHA256.authenticationCode(for: Array("\(seconds)token".utf8), key: Array(key.reveal().utf8))
        return form(fields + [("timestamp", "\(seconds)"), ("token", "token"), ("signature", hex(code))], files: files)
    }

    private func desk(_ provider: InboundProvider) -> MailDesk { MailDesk { $0.inbound = provider } }

    @Test func `Mailgun's parsed mails are read, with their headers and files`() async throws {
        let desk = desk(.mailgun(signingKey: Self.key))
        let now = desk.clock.now().milliseconds / 1000
        let request = mailgun(
            [
                ("recipient", "help@fernhill.example"), ("sender", "ada@example.com"),
                ("from", "Ada <ada@example.com>"),
                ("subject", "My order"),
                ("body-plain", "Where is it?\r\n\r\nOn 3 May 2021 10:04, Fernhill wrote:\r\n> Hello\r\n"),
                (
                    "message-headers",
                    #"[["From","Ada <ada@example.com>"],["To","help@fernhill.example"],["Subject","My order"],["Message-Id","<m1@example.com>"]]"#
                ),
            ], at: now, files: [("attachment-1", "list.csv", "a;b")])
        let message = try #require(try await desk.channel.receive(request).first)
        #expect(message.text.reveal() == "Where is it?")
        #expect(message.providerID == "m1@example.com")
        #expect(message.sender.email == "ada@example.com" && message.sender.name == "Ada")
        #expect(message.attachments.map { $0.name.reveal() } == ["list.csv"])
        #expect(message.attachments.first?.byteCount == 3)
        let response = await desk.agent.handle(request, on: "email")
        #expect(response.status == 200)
    }

    @Test func `Mailgun's mails as MIME are read`() async throws {
        let desk = desk(.mailgun(signingKey: Self.key))
        let request = mailgun([("body-mime", Samples.mail())], at: desk.clock.now().milliseconds / 1000)
        #expect(try await desk.channel.receive(request).first?.text.reveal() == "Where is my parcel?")
    }

    @Test func `what is not signed, or signed long ago, is refused`() async throws {
        let desk = desk(.mailgun(signingKey: Self.key))
        let now = desk.clock.now().milliseconds / 1000
        for request in [
            mailgun([("body-mime", Samples.mail())], at: now, key: Secret("another")),
            mailgun([("body-mime", Samples.mail())], at: now - 301),
            mailgun([("body-mime", Samples.mail())], at: now + 301),
            form([("body-mime", Samples.mail())]), form([("timestamp", "x"), ("token", "y"), ("signature", "z")]),
        ] {
            #expect(await desk.agent.handle(request, on: "email").status == 401)
        }
        #expect(await desk.agent.handle(WebhookRequest(body: [1, 2, 3]), on: "email").status == 400)
    }

    @Test func `SendGrid's parsed and raw mails are read`() async throws {
        let desk = desk(.sendGrid(.basic(user: "u", password: Secret("p"))))
        var parsed = form([
            (
                "headers",
                "Message-ID: <m1@example.com>\nFrom: Ada <ada@example.com>\nTo: help@fernhill.example\nSubject: =?utf-8?Q?Gr=C3=B6=C3=9Fe?=\n"
            ),
            ("from", "Ada <ada@example.com>"), ("subject", "Größe"), ("text", "Which size?"),
            ("charsets", #"{"text":"utf-8"}"#),
            ("envelope", #"{"to":["help@fernhill.example"],"from":"ada@example.com"}"#),
        ])
        parsed.headers.append(("Authorization", "Basic " + Data("u:p".utf8).base64EncodedString()))
        let message = try #require(try await desk.channel.receive(parsed).first)
        #expect(message.subject?.reveal() == "Größe" && message.text.reveal() == "Which size?")
        var raw = form([("email", Samples.mail())])
        #expect(await desk.agent.handle(raw, on: "email").status == 401)
        raw.headers.append(("Authorization", "Basic " + Data("u:p".utf8).base64EncodedString()))
        #expect(try await desk.channel.receive(raw).first?.providerID == "m1@example.com")
    }

    @Test func `Postmark's JSON is read`() async throws {
        let desk = desk(.postmark(.path(Secret("unguessable"))))
        let body = """
            {"FromFull":{"Email":"ada@example.com","Name":"Ada"},"ToFull":[{"Email":"help@fernhill.example","Name":""}],
            "Subject":"My order","MessageID":"pm-1","Date":"Mon, 3 May 2021 10:04:05 +0000","TextBody":"Where is it?","HtmlBody":"",
            "Headers":[{"Name":"Message-ID","Value":"<m1@example.com>"},{"Name":"References","Value":"<m0@example.com>"}],
            "Attachments":[{"Name":"a.txt","Content":"aGk=","ContentType":"text/plain","ContentLength":2,"ContentID":""}]}
            """
        let request = WebhookRequest(path: "/mail/unguessable", body: Array(body.utf8))
        let message = try #require(try await desk.channel.receive(request).first)
        #expect(message.providerID == "m1@example.com" && message.text.reveal() == "Where is it?")
        #expect(message.thread.rawValue.hasSuffix("|m0@example.com"))
        #expect(message.attachments.first?.byteCount == 2)
        #expect(
            await desk.agent.handle(WebhookRequest(path: "/mail/guess", body: Array(body.utf8)), on: "email").status
                == 401)
    }

    @Test func `a signature on a curve is checked`() {
        // Made with OpenSSL's command for this test.
        let key =
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEX2JFoZQnbCY/FiNaCRW9bb2TMuZcdPL8sQD3u7vVnry4SFKQEDRe5jaTOmADvCZ6w8WmzQUV/99gVsiSM6AYaQ=="
        let signature =
            "MEYCIQDRXa98517+0D7hzKd0S8g2A231vhitvDoXf6VZ07dlmgIhAMFu6f0LEzvCAjTFZcVHIVBF2GgCWFN0omtdbyqSn0QI"
        let body = Array("{\"a\":1}\r\n".utf8)
        #expect(SendGridSignature.isRight(signature, timestamp: "1600000000", body: body, publicKey: key))
        #expect(!SendGridSignature.isRight(signature, timestamp: "1600000001", body: body, publicKey: key))
        #expect(
            !SendGridSignature.isRight(signature, timestamp: "1600000000", body: Array(body.dropLast()), publicKey: key)
        )
        #expect(!SendGridSignature.isRight("", timestamp: "1", body: [1], publicKey: ""))
        #expect(!SendGridSignature.isRight("AAAA", timestamp: "1", body: [1], publicKey: "AAAA"))
    }

    private static let snakeCase: JSONDecoder = {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }()
    private static let vectors = ProcessInfo.processInfo.environment["OPENCX_SIGNATURE_VECTORS"]

    @Test(.enabled(if: vectors != nil, "OPENCX_SIGNATURE_VECTORS is not set"))
    func `the vendors' own signature vectors`() throws {
        struct File: Decodable { var vectors: [Vector] }
        struct Vector: Decodable {
            var scheme: String
            var secret, timestamp, token, signature, publicKey, body: String?
            var valid: Bool?
        }
        let data = try Data(contentsOf: URL(fileURLWithPath: Self.vectors ?? ""))
        var count = 0
        for vector in try Self.snakeCase.decode(File.self, from: data).vectors {
            switch vector.scheme {
            case "mailgun":
                count += 1
                #expect(
                    MailgunSignature.isRight(
                        vector.signature ?? "", timestamp: vector.timestamp ?? "", token: vector.token ?? "",
                        key: Secret(vector.secret ?? "")) == vector.valid)
            case "sendgrid-event":
                count += 1
                #expect(
                    SendGridSignature.isRight(
                        vector.signature ?? "", timestamp: vector.timestamp ?? "",
                        body: Array((vector.body ?? "").utf8),
                        publicKey: vector.publicKey ?? "") == vector.valid)
            default: continue
            }
        }
        #expect(count >= 4)
    }
}
