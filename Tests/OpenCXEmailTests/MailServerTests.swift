import Foundation
import Glibc
import OpenCXCore
import OpenCXPlatform
import OpenCXTesting
import Testing

@testable import OpenCXEmail

/// Where the servers are.
enum Servers {
    static let environment = ProcessInfo.processInfo.environment
    static let areThere = environment["OPENCX_MAIL_SERVERS"] != nil
    static let certificate = environment["OPENCX_MAIL_CERTIFICATE"]
    static func port(_ name: String) -> Int { Int(environment["OPENCX_\(name)_PORT"] ?? "") ?? 0 }

    static func smtp(
        _ user: String, password: String = "secret", trusts file: String? = certificate,
        timeout: Duration = .seconds(90)
    ) -> SMTPTransport {
        SMTPTransport(
            server: MailServer(
                host: "localhost", port: port("SMTP"), protection: .startTLS,
                login: .password(user: user, Secret(password)), certificateAuthorities: file, timeout: timeout))
    }

    static func imap(_ user: String = "help@fernhill.example", password: String = "secret", tls: Bool = true)
        -> MailServer
    {
        MailServer(
            host: "localhost", port: port(tls ? "IMAPS" : "IMAP"), protection: tls ? .tls : .startTLS,
            login: .password(user: user, Secret(password)), certificateAuthorities: certificate)
    }
}

/// Against Postfix and Dovecot on the loopback: `Scripts/mail-servers swift test --filter MailServerTests`.
@Suite(.serialized, .enabled(if: Servers.areThere, "Scripts/mail-servers starts the servers for these"))
struct MailServerTests {
    /// The customer's side: sends by SMTP, reads what is in her mail folder.
    private struct Customer {
        let address: String
        var seen = 0

        func send(_ text: String) async throws {
            let id = try MailReader().read(Array(text.utf8)).messageID ?? ""
            try await Servers.smtp("ada@example.com").send(
                OutgoingMail(
                    sender: address, recipients: ["help@fernhill.example"], messageID: id, bytes: Array(text.utf8)))
        }

        /// The mails in the folder, once there are so many.
        func mails(_ count: Int, in address: String? = nil) async throws -> [MailMessage] {
            let folder = URL(fileURLWithPath: Servers.environment["OPENCX_MAIL_FOLDER"] ?? "")
                .appendingPathComponent(address ?? self.address).appendingPathComponent("new")
            for _ in 0..<200 {
                let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
                if files.count >= count {
                    return try files.map { try Data(contentsOf: folder.appendingPathComponent($0)) }
                        .map { try MailReader().read(Array($0)) }.sorted { ($0.date ?? .epoch) < ($1.date ?? .epoch) }
                }
                try await Task.sleep(for: .milliseconds(50))
            }
            return []
        }
    }

    /// The answers to a customer's mail, once there is one.
    private func answers(to id: String, in address: String = "ada@example.com") async throws -> [MailMessage] {
        for _ in 0..<200 {
            let answers = try await Customer(address: address).mails(0).filter { $0.inReplyTo == [id] }
            if !answers.isEmpty { return answers }
            try await Task.sleep(for: .milliseconds(50))
        }
        return []
    }

    /// A customer's mail comes in and is answered, as far as the mail server lets it be.
    private func ask(
        _ id: String, from address: String = "ada@example.com", _ channel: EmailChannel, _ agent: Agent,
        _ store: InMemoryStore, _ clock: ManualClock, before taking: () throws -> Void = {}
    ) async throws {
        try await Customer(address: "ada@example.com").send(Samples.mail(from: address, id: id))
        // In the mailbox, by when the server may go.
        let folder = URL(fileURLWithPath: Servers.environment["OPENCX_MAIL_FOLDER"] ?? "")
            .appendingPathComponent("help@fernhill.example/new")
        for _ in 0..<200 {
            let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
            let isThere = files.contains { file in
                FileManager.default.contents(atPath: folder.appendingPathComponent(file).path)
                    .map { String(decoding: $0, as: UTF8.self).contains("<\(id)>") } ?? false
            }
            if isThere { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        try taking()
        try await take(channel, agent, clock, tls: true)
        #expect(try await session(store)?.lastCustomerSequence ?? 0 > 0)
    }

    private func postfix(_ command: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/sbin/postfix")
        process.arguments = ["-c", Servers.environment["OPENCX_MAIL_POSTFIX"] ?? "", command]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test func `a server that greylists gets the answer again, and once`() async throws {
        let (store, clock) = (InMemoryStore(), now())
        let (channel, agent) = agent(store, clock)
        try await ask("grey1@example.com", from: "grey@example.com", channel, agent, store, clock)
        let waiting = try await store.outbox(.pending, limit: 10)
        #expect(waiting.count == 1 && waiting.first?.lastFailure?.contains("450") == true, "\(waiting)")
        for _ in 0..<3 {
            clock.advance(by: .seconds(300))
            try await agent.runUntilIdle()
        }
        #expect(try await answers(to: "grey1@example.com", in: "grey@example.com").count == 1)
        #expect(try await store.outbox(.pending, limit: 10).isEmpty)
    }

    @Test func `a server that is down for a while gets the answer when it is back, and once`() async throws {
        let (store, clock) = (InMemoryStore(), now())
        let (channel, agent) = agent(store, clock)
        try await ask("down1@example.com", channel, agent, store, clock) { try postfix("stop") }
        for _ in 0..<5 {
            #expect(try await store.outbox(.pending, limit: 10).count == 1)
            clock.advance(by: .seconds(900))
            try await agent.runUntilIdle()
        }
        try postfix("start")
        for _ in 0..<3 {
            clock.advance(by: .seconds(900))
            try await agent.runUntilIdle()
        }
        #expect(try await answers(to: "down1@example.com").count == 1)
        #expect(try await store.outbox(.pending, limit: 10).isEmpty)
        #expect(try await session(store)?.owner == .ai)
    }

    @Test func `a server that takes the call and says nothing gets the answer when it is back, and once`() async throws
    {
        let (store, clock) = (InMemoryStore(), now())
        let (channel, agent) = agent(store, clock, timeout: .seconds(1))
        var master: pid_t = 0
        defer { if master > 0 { kill(master, SIGCONT) } }
        try await ask("silent1@example.com", channel, agent, store, clock) {
            // Of a server that has just begun, only the master is there; stopped, it lets the system take connections.
            try postfix("stop")
            try postfix("start")
            let file = (Servers.environment["OPENCX_MAIL_POSTFIX"] ?? "") + "/../queue/pid/master.pid"
            let text = try String(contentsOfFile: file, encoding: .utf8)
            master = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
            kill(master, SIGSTOP)
        }
        let waiting = try await store.outbox(.pending, limit: 10)
        #expect(waiting.count == 1 && waiting.first?.lastFailure?.contains("did not answer in time") == true)
        kill(master, SIGCONT)
        for _ in 0..<3 {
            clock.advance(by: .seconds(900))
            try await agent.runUntilIdle()
        }
        #expect(try await answers(to: "silent1@example.com").count == 1)
        #expect(try await store.outbox(.pending, limit: 10).isEmpty)
    }

    @Test func `what a server will never take is given up, and the team has the conversation`() async throws {
        let (store, clock) = (InMemoryStore(), now())
        let (channel, agent) = agent(store, clock)
        try await ask("gone1@example.com", from: "gone@example.com", channel, agent, store, clock)
        #expect(try await store.outbox(.dead, limit: 10).count == 1)
        let session = try #require(try await session(store))
        #expect(session.owner == .team && session.handoff?.trigger == .undeliverable)
    }

    private func now() -> ManualClock {
        ManualClock(start: Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)))
    }

    /// An agent on a store; another one on the same store is the agent after a restart.
    private func agent(
        _ store: InMemoryStore, _ clock: ManualClock, timeout: Duration = .seconds(90)
    ) -> (EmailChannel, Agent) {
        let channel = EmailChannel(
            configuration: EmailConfiguration(
                addresses: ["help@fernhill.example"], name: "Fernhill", secret: Samples.secret),
            sessions: store, transport: Servers.smtp("help@fernhill.example", timeout: timeout), clock: clock)
        let agent = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(), answerer: ScriptedAnswerer(answering: "It is on its way."),
                channels: [channel], clock: clock, ids: RandomIDs(clock: clock)))
        return (channel, agent)
    }

    private func take(_ channel: EmailChannel, _ agent: Agent, _ clock: ManualClock, tls: Bool) async throws {
        let settings = MailboxSettings(server: Servers.imap(tls: tls), maximumAge: .seconds(400 * 86_400))
        try await Mailbox(settings: settings, channel: channel, agent: agent, clock: clock).takeOnce()
        try await agent.runUntilIdle()
    }

    @Test func `a conversation of six mails, with a restart in the middle`() async throws {
        let store = InMemoryStore()
        let clock = now()
        let customer = Customer(address: "ada@example.com")
        var (channel, agent) = agent(store, clock)
        var (headers, count) = ([String](), 0)
        for round in 1...3 {
            try await customer.send(
                Samples.mail(
                    subject: round == 1 ? "My order" : "Re: My order", id: "round\(round)@example.com",
                    headers: headers,
                    "Question \(round)\r\n\r\nOn 3 May 2021 10:04, Fernhill wrote:\r\n> before"))
            // Postfix is still carrying it.
            for _ in 0..<200 {
                if try await session(store)?.lastCustomerSequence ?? 0 > count { break }
                try await take(channel, agent, clock, tls: round != 2)
                try await Task.sleep(for: .milliseconds(50))
            }
            count = try await session(store)?.lastCustomerSequence ?? 0
            let answers = try await customer.mails(round)
            let answer = try #require(answers.last { $0.inReplyTo == ["round\(round)@example.com"] })
            #expect(answer.header("auto-submitted") == "auto-replied")
            #expect(answer.subject == "Re: My order [01001]")
            headers = ["In-Reply-To: <\(answer.messageID ?? "")>", "References: <\(answer.messageID ?? "")>"]
            clock.advance(by: .seconds(60))
            if round == 1 { (channel, agent) = self.agent(store, clock) }
        }
        let history = try await store.history(try #require(try await session(store)).id, after: 0, limit: 100)
        let said = history.compactMap(\.message).map(\.text.text)
        #expect(said == (1...3).flatMap { ["Question \($0)", "It is on its way."] })
        #expect(try await store.session(ticket: TicketNumber(rawValue: 1002)) == nil)
    }

    private func session(_ store: InMemoryStore) async throws -> Session? {
        try await store.session(ticket: TicketNumber(rawValue: 1001))
    }

    @Test func `a mailbox that is watched tells of a mail at once`() async throws {
        let store = InMemoryStore()
        let clock = now()
        let (channel, agent) = agent(store, clock)
        let settings = MailboxSettings(server: Servers.imap(), done: .move(to: "Done"))
        let mailbox = Mailbox(settings: settings, channel: channel, agent: agent, clock: clock)
        let watching = Task { await mailbox.run() }
        try await Customer(address: "ada@example.com").send(Samples.mail(id: "watched@example.com", "Watched"))
        var found = false
        for _ in 0..<300 where !found {
            let sessions = try await store.sessions(.all, limit: 100)
            for session in sessions {
                let history = try await store.history(session.id, after: 0, limit: 100)
                if history.contains(where: { $0.message?.text.text == "Watched" }) { found = true }
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(found)
        watching.cancel()
        await watching.value
    }

    @Test func `who is not let in, or not trusted, gets an error that says so`() async throws {
        let mail = OutgoingMail(
            sender: "help@fernhill.example", recipients: ["ada@example.com"], messageID: "x@y",
            bytes: Array("Subject: x\r\n\r\nx\r\n".utf8))
        var error = await #expect(throws: ChannelError.self) {
            try await Servers.smtp("help@fernhill.example", password: "wrong").send(mail)
        }
        #expect(error?.code == .unauthorized)
        error = await #expect(throws: ChannelError.self) {
            try await Servers.smtp("help@fernhill.example", trusts: nil).send(mail)
        }
        #expect(error?.message == "The mail server's certificate is not trusted.")
        error = await #expect(throws: ChannelError.self) {
            try await IMAPConnection(server: Servers.imap(password: "wrong"), messageLimit: 1000).open()
        }
        #expect(error?.code == .unauthorized)
        var unknown = mail
        unknown.recipients = ["nobody@example.com"]
        error = await #expect(throws: ChannelError.self) {
            try await Servers.smtp("help@fernhill.example").send(unknown)
        }
        #expect(error?.code == .rejected)
    }
}
