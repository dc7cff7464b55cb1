import OpenCXCore
import OpenCXCrypto
import OpenCXTesting
import Testing

@testable import OpenCXEmail

@Suite struct SMTPTests {
    private let mail = OutgoingMail(
        sender: "help@fernhill.example", recipients: ["ada@example.com", "bob@example.com"], messageID: "m@x",
        bytes: Array("Subject: x\r\n\r\nText\r\n.\r\n..\r\n".utf8))

    /// A server that takes everything but what the script refuses.
    private func server(_ refusals: [String: String] = [:], extensions: [String] = ["PIPELINING"]) throws
        -> ScriptedServer
    {
        let isInData = Locked(false)
        return try ScriptedServer(greeting: "220 mx.example ESMTP") { line in
            let isData = isInData.withLock { $0 }
            if isData {
                guard line == "." else { return [] }
                isInData.withLock { $0 = false }
                return [refusals["."] ?? "250 2.0.0 queued"]
            }
            let word = line.split(separator: ":").first.map(String.init)?.uppercased() ?? ""
            if let refusal = refusals.first(where: { line.uppercased().hasPrefix($0.key) })?.value {
                return refusal == "hang up" ? nil : [refusal]
            }
            if word.hasPrefix("EHLO") {
                return (["mx.example"] + extensions).enumerated().map {
                    "250" + ($0.offset == extensions.count ? " " : "-") + $0.element
                }
            }
            if word == "DATA" {
                isInData.withLock { $0 = true }
                return ["354 go on"]
            }
            return word == "QUIT" ? ["221 bye"] : ["250 2.1.0 ok"]
        }
    }

    private func transport(_ port: Int, login: MailServer.Login = .none, protection: MailServer.Protection = .none)
        -> SMTPTransport
    {
        SMTPTransport(
            server: MailServer(
                host: "127.0.0.1", port: port, protection: protection, login: login, connectTimeout: .seconds(5),
                timeout: .seconds(2)), greeting: "agent.fernhill.example")
    }

    @Test func `a mail goes out with its envelope, dots stuffed, on one connection`() async throws {
        let server = try server()
        let transport = transport(server.port)
        try await transport.send(mail)
        try await transport.send(mail)
        let lines = server.lines
        #expect(lines.first == "EHLO agent.fernhill.example")
        #expect(lines.contains("MAIL FROM:<help@fernhill.example>"))
        #expect(lines.contains("RCPT TO:<ada@example.com>") && lines.contains("RCPT TO:<bob@example.com>"))
        #expect(lines.contains("Text") && lines.contains("..") && lines.contains("..."))
        #expect(lines.filter { $0.hasPrefix("EHLO") }.count == 1)
    }

    @Test(arguments: [
        (["MAIL": "451 4.7.1 greylisted"], ChannelError.Code.unavailable), (["RCPT": "450 4.2.0 later"], .unavailable),
        (["RCPT": "550 5.1.1 no such user"], .rejected), (["MAIL": "552 5.3.4 too large"], .tooLarge),
        ([".": "554 5.7.1 spam"], .rejected), ([".": "421 4.3.2 shutting down"], .unavailable),
        (["MAIL": "530 5.7.0 log in first"], .unauthorized), (["MAIL": "hang up"], .unavailable),
        (["DATA": "hang up"], .unavailable),
    ])
    func `what a server says tells whether to try again`(refusals: [String: String], code: ChannelError.Code)
        async throws
    {
        let server = try server(refusals)
        let error = await #expect(throws: ChannelError.self) { try await transport(server.port).send(mail) }
        #expect(error?.code == code, "\(String(describing: error))")
        #expect(error?.message.contains("ada") == false)
    }

    @Test func `a password is not sent where it does not belong, and a wrong one is said to be`() async throws {
        let refusing = try server(["AUTH": "535 5.7.8 no"], extensions: ["AUTH PLAIN"])
        let login = MailServer.Login.password(user: "u", Secret("p"))
        let error = await #expect(throws: ChannelError.self) {
            try await transport(refusing.port, login: login).send(mail)
        }
        #expect(error?.code == .unauthorized)
        let plain = try server(extensions: ["AUTH PLAIN"])
        let refused = await #expect(throws: ChannelError.self) {
            try await transport(plain.port, login: login, protection: .startTLS).send(mail)
        }
        #expect(refused?.code == .unavailable)
        #expect(!plain.lines.contains { $0.hasPrefix("AUTH") || $0.hasPrefix("MAIL") })
    }

    @Test func `a token is sent as XOAUTH2`() async throws {
        let server = try server(["AUTH XOAUTH2": "235 2.7.0 in"], extensions: ["AUTH XOAUTH2"])
        try await transport(server.port, login: .token(user: "u@x", { Secret("tok") })).send(mail)
        let said = try #require(server.lines.first { $0.hasPrefix("AUTH XOAUTH2 ") })
        let code = try #require(Base64.decode(said.dropFirst("AUTH XOAUTH2 ".count)))
        #expect(String(decoding: code, as: UTF8.self) == "user=u@x\u{1}auth=Bearer tok\u{1}\u{1}")
    }

    @Test func `a server that is silent, or gone, can be tried again`() async throws {
        let silent = try ScriptedServer(greeting: nil) { _ in [] }
        var error = await #expect(throws: ChannelError.self) { try await transport(silent.port).send(mail) }
        #expect(error?.code == .unavailable)
        error = await #expect(throws: ChannelError.self) { try await transport(1).send(mail) }
        #expect(error?.code == .unavailable)
    }

    @Test func `an envelope that could hold a command is refused`() async throws {
        let server = try server()
        var mail = mail
        mail.recipients = ["ada@example.com>\r\nRCPT TO:<eve@example.net"]
        let error = await #expect(throws: ChannelError.self) { try await transport(server.port).send(mail) }
        #expect(error?.code == .rejected && server.lines.isEmpty)
    }
}
