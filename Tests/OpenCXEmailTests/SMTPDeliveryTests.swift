import OpenCXCore
import OpenCXPlatform
import OpenCXTesting
import Testing

@testable import OpenCXEmail

/// What becomes of an answer when its mail server is not as it should be: agent, outbox, channel and libcurl together.
@Suite(.timeLimit(.minutes(5))) struct SMTPDeliveryTests {
    private let store = InMemoryStore()
    private let clock = ManualClock()

    private func transport(_ port: Int, timeout: Duration = .milliseconds(300)) -> SMTPTransport {
        SMTPTransport(
            server: MailServer(host: "127.0.0.1", port: port, protection: .none, timeout: timeout))
    }

    private func agent(port: Int) -> (EmailChannel, Agent) {
        let channel = EmailChannel(
            configuration: EmailConfiguration(addresses: ["help@fernhill.example"], secret: Samples.secret),
            sessions: store, transport: transport(port), clock: clock)
        let parts = AgentParts(
            store: store, knowledge: ListIndex(), answerer: ScriptedAnswerer(answering: "It is on its way."),
            channels: [channel], clock: clock, ids: RandomIDs(clock: clock))
        return (channel, Agent(parts))
    }

    /// A customer's mail comes in, and what is due is done.
    private func ask(_ channel: EmailChannel, _ agent: Agent) async throws {
        let response = await agent.handle(channel.request(for: Array(Samples.mail().utf8)), on: channel.id)
        #expect(response.status == 200)
        try await agent.runUntilIdle()
    }

    private func messageIDs(_ server: SMTPServer) -> [String] {
        server.mails.compactMap { mail in mail.split(separator: "\n").first { $0.hasPrefix("Message-ID:") } }
            .map(String.init)
    }

    @Test(arguments: [
        SMTPServer.Mood.saying("451 4.7.1 greylisted", at: "RCPT"), .saying("450 4.2.0 busy", at: "MAIL"),
        .saying("421 4.3.2 shutting down", at: "DATA"), .saying("452 4.3.1 no room", at: "."),
        .silent(at: "EHLO"), .silent(at: "MAIL"), .silent(at: "RCPT"), .silent(at: "DATA"),
    ])
    func `what a server has not taken is tried again, and arrives once`(mood: SMTPServer.Mood) async throws {
        let server = try SMTPServer(mood)
        let (channel, agent) = agent(port: server.port)
        try await ask(channel, agent)
        for _ in 0..<3 {
            #expect(try await store.outbox(.pending, limit: 10).count == 1)
            clock.advance(by: .seconds(120))
            try await agent.runUntilIdle()
        }
        #expect(server.mails.isEmpty)
        server.become(.taking)
        for _ in 0..<3 {
            clock.advance(by: .seconds(600))
            try await agent.runUntilIdle()
        }
        #expect(server.mails.count == 1)
        #expect(try await store.outbox(.pending, limit: 10).isEmpty)
        #expect(try await store.session(ticket: TicketNumber(rawValue: 1001))?.owner == .ai)
    }

    @Test func `a server that is down loses nothing`() async throws {
        let server = try SMTPServer()
        // Nobody listens there.
        let (channel, down) = agent(port: 1)
        try await ask(channel, down)
        #expect(try await store.outbox(.pending, limit: 10).count == 1)
        clock.advance(by: .seconds(3600))
        let (_, up) = agent(port: server.port)
        try await up.runUntilIdle()
        #expect(server.mails.count == 1)
    }

    @Test func `a mail that may have been taken goes out again as the same mail`() async throws {
        let server = try SMTPServer(.takingInSilence)
        let (channel, agent) = agent(port: server.port)
        try await ask(channel, agent)
        server.become(.taking)
        clock.advance(by: .seconds(600))
        try await agent.runUntilIdle()
        // SMTP cannot tell; what reads the mails can, by their ids.
        #expect(messageIDs(server).count == 2 && Set(messageIDs(server)).count == 1)
        #expect(try await store.outbox(.pending, limit: 10).isEmpty)
    }

    @Test(arguments: ["MAIL", "RCPT", "."])
    func `what a server will never take is given up, and the team has the conversation`(command: String) async throws {
        let server = try SMTPServer(.saying("550 5.1.1 no", at: command))
        let (channel, agent) = agent(port: server.port)
        try await ask(channel, agent)
        #expect(try await store.outbox(.dead, limit: 10).count == 1)
        let session = try #require(try await store.session(ticket: TicketNumber(rawValue: 1001)))
        #expect(session.owner == .team && session.handoff?.trigger == .undeliverable)
        clock.advance(by: .seconds(86_400))
        try await agent.runUntilIdle()
        #expect(server.mails.isEmpty)
    }

    private let mail = OutgoingMail(
        sender: "help@fernhill.example", recipients: ["ada@example.com"], messageID: "m@x",
        bytes: Array("Subject: x\r\n\r\nText\r\n".utf8))

    @Test func `a server that hangs holds up nobody who stops`() async throws {
        let server = try SMTPServer(.silent(at: "MAIL"))
        let transport = transport(server.port, timeout: .seconds(3600))
        await withThrowingTaskGroup(of: Void.self) { group in
            // The second one waits behind the first, and is not begun.
            for _ in 0..<2 { group.addTask { try await transport.send(mail) } }
            for await command in server.commands where command == "MAIL" { break }
            group.cancelAll()
            while let result = await group.nextResult() {
                #expect(throws: CancellationError.self) { try result.get() }
            }
        }
        #expect(server.mails.isEmpty)
    }

    @Test func `who stops while the server takes the mail gets to know that it did`() async throws {
        let server = try SMTPServer(.takingInSilence)
        let transport = transport(server.port, timeout: .seconds(3600))
        let sending = Task { try await transport.send(mail) }
        for await command in server.commands where command == "." { break }
        sending.cancel()
        server.say("250 2.0.0 queued")
        try await sending.value
        #expect(server.mails.count == 1)
    }
}
