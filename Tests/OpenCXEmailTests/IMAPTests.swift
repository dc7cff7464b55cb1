import OpenCXCore
import OpenCXTesting
import Testing

@testable import OpenCXEmail

@Suite struct IMAPTests {
    @Test func `responses are the same however their bytes come`() throws {
        let text =
            "* OK [UIDVALIDITY 7] ok\r\n* 1 FETCH (UID 3 BODY[] {5}\r\nab\r\nc X {0}\r\n)\r\n* SEARCH 1 2 3\r\nX1 OK done\r\n+ idling\r\n"
        var whole = IMAPReader(literalLimit: 100)
        let expected = try whole.take(text.utf8)
        #expect(expected.map(\.text).prefix(2) == ["* OK [UIDVALIDITY 7] ok", "* 1 FETCH (UID 3 BODY[] {5} X {0})"])
        #expect(expected[1].literals == [Array("ab\r\nc".utf8), []])
        #expect(expected[0].code("UIDVALIDITY") == "7")
        #expect(expected[1].number(after: "UID") == 3)
        #expect(expected[2].found == [1, 2, 3])
        var random = Numbers(seed: 5)
        for _ in 0..<100 {
            var reader = IMAPReader(literalLimit: 100)
            var (rest, found) = (Array(text.utf8)[...], [IMAPResponse]())
            while !rest.isEmpty {
                let count = min(rest.count, 1 + random.below(9))
                found += try reader.take(rest.prefix(count))
                rest = rest.dropFirst(count)
            }
            #expect(found == expected)
        }
    }

    @Test func `what is announced too large is not taken`() {
        var reader = IMAPReader(literalLimit: 10)
        #expect(throws: IMAPReader.Failure.literalTooLong) { try reader.take("* 1 FETCH (BODY[] {11}\r\n".utf8) }
        #expect(throws: IMAPReader.Failure.lineTooLong) { try reader.take([UInt8](repeating: 65, count: 2 << 20)) }
    }

    @Test func `names are quoted, days are a day early`() {
        #expect(Mailbox.quoted("In\"b\\ox\r\nX LOGOUT") == "\"In\\\"b\\\\oxX LOGOUT\"")
        #expect(Mailbox.date(Timestamp(milliseconds: 1_620_036_245_000)) == "2-May-2021")
    }

    /// A mailbox with mails by their UIDs, as far as the commands go that are needed.
    private final class FakeMailbox: Sendable {
        let mails: [UInt32: String]
        let done = Locked<Set<UInt32>>([])
        let failures = Locked<Int>(0)
        private let capabilities: String

        init(_ mails: [UInt32: String], capabilities: String = "MOVE") {
            self.mails = mails
            self.capabilities = capabilities
        }

        func answer(_ line: String) -> [String]? {
            let words = line.split(separator: " ").map(String.init)
            guard words.count >= 2 else { return [] }
            let (tag, command) = (words[0], words[1].uppercased())
            let ok = "\(tag) OK done"
            switch command {
            case "CAPABILITY": return ["* CAPABILITY IMAP4rev1 \(capabilities)", ok]
            case "SELECT":
                return ["* 2 EXISTS", "* OK [UIDVALIDITY 9] x", "* OK [PERMANENTFLAGS (\\Seen \\*)] x", ok]
            case "UID" where words[2] == "SEARCH":
                let found = done.withLock { done in mails.keys.filter { !done.contains($0) } }.sorted()
                return ["* SEARCH " + found.map(String.init).joined(separator: " "), ok]
            case "UID" where words[2] == "FETCH":
                guard let uid = UInt32(words[3]), let mail = mails[uid] else { return [ok] }
                if line.contains("RFC822.SIZE") {
                    return ["* 1 FETCH (UID \(uid) RFC822.SIZE \(mail.utf8.count))", ok]
                }
                return ["* 1 FETCH (UID \(uid) BODY[] {\(mail.utf8.count)}\r\n\(mail))", ok]
            case "UID" where words[2] == "MOVE" && line.contains("Nowhere"):
                return ["\(tag) NO [TRYCREATE] no such folder"]
            case "UID" where words[2] == "STORE":
                if let uid = UInt32(words[3]) { done.withLock { _ = $0.insert(uid) } }
                return [ok]
            default: return [ok]
            }
        }
    }

    private func take(_ mailbox: FakeMailbox, _ desk: MailDesk, done: MailboxSettings.Done = .mark) async throws
        -> [String]
    {
        let server = try ScriptedServer(greeting: "* PREAUTH ready") { mailbox.answer($0) }
        let settings = MailboxSettings(
            server: MailServer(host: "127.0.0.1", port: server.port, protection: .none, timeout: .seconds(5)),
            done: done)
        try await Mailbox(settings: settings, channel: desk.channel, agent: desk.agent, clock: desk.clock).takeOnce()
        try await desk.agent.runUntilIdle()
        return server.lines
    }

    @Test func `what is in a mailbox is taken in once, and marked after that`() async throws {
        let desk = MailDesk()
        let mailbox = FakeMailbox([
            3: Samples.mail(id: "m1@example.com"), 5: Samples.mail(headers: ["List-Id: <x>"]),
            8: Samples.mail(id: "m2@example.com", "Another"),
        ])
        let lines = try await take(mailbox, desk)
        #expect(desk.transport.mails.count == 2)
        #expect(mailbox.done.withLock { $0 } == [3, 5, 8])
        #expect(lines.contains { $0.hasSuffix("UID STORE 3 +FLAGS.SILENT ($OpenCXDone)") })
        _ = try await take(mailbox, desk)
        #expect(desk.transport.mails.count == 2)
        // Marks that are lost, as when the mailbox is moved to another server, do no harm.
        mailbox.done.withLock { $0 = [] }
        _ = try await take(mailbox, desk)
        #expect(desk.transport.mails.count == 2)
    }

    @Test func `what has been taken in can be moved`() async throws {
        let desk = MailDesk()
        let lines = try await take(FakeMailbox([3: Samples.mail()]), desk, done: .move(to: "Done"))
        #expect(lines.contains { $0.hasSuffix("UID MOVE 3 \"Done\"") })
    }

    @Test func `a folder that is not there holds no mail up`() async throws {
        let desk = MailDesk()
        let mailbox = FakeMailbox([3: Samples.mail(id: "m1@example.com"), 5: Samples.mail(id: "m2@example.com")])
        _ = try await take(mailbox, desk, done: .move(to: "Nowhere"))
        #expect(mailbox.done.withLock { $0 } == [3, 5] && desk.transport.mails.count == 2)
    }

    @Test func `what cannot be stored stays in the mailbox, unmarked`() async throws {
        let desk = MailDesk()
        var settings = AgentSettings()
        settings.parallelIntakes = 0
        let busy = Agent(
            AgentParts(
                store: desk.store, knowledge: ListIndex(), channels: [desk.channel], clock: desk.clock,
                ids: SequentialIDs()), settings: settings)
        let mails = (1...5).map { (UInt32($0), Samples.mail(id: "m\($0)@example.com")) }
        let mailbox = FakeMailbox(Dictionary(uniqueKeysWithValues: mails))
        let server = try ScriptedServer(greeting: "* PREAUTH ready") { mailbox.answer($0) }
        let place = MailServer(host: "127.0.0.1", port: server.port, protection: .none, timeout: .seconds(5))
        let broken = Mailbox(
            settings: MailboxSettings(server: place), channel: desk.channel, agent: busy, clock: desk.clock)
        await #expect(throws: Mailbox.NotNow.self) { try await broken.takeOnce() }
        #expect(mailbox.done.withLock { $0.isEmpty })
        #expect(
            server.lines.filter { $0.contains("BODY.PEEK") }.count == 3, "it stops asking when nothing can be stored")
        _ = try await take(mailbox, desk)
        #expect(mailbox.done.withLock { $0.count } == 5 && desk.transport.mails.count == 5)
    }

    @Test func `a few mails that cannot be stored do not keep out those behind them`() async throws {
        let desk = MailDesk { configuration in
            configuration.keepFile = { _ in throw ChannelError(.unavailable, "There is no room for the file.") }
        }
        let file = """
            Content-Type: application/pdf; name=a.pdf
            Content-Disposition: attachment
            """.split(separator: "\n").map(String.init)
        var mails = [UInt32: String]()
        for uid in UInt32(1)...4 { mails[uid] = Samples.mail(id: "f\(uid)@example.com", headers: file, "%PDF-") }
        for uid in UInt32(5)...6 { mails[uid] = Samples.mail(id: "m\(uid)@example.com") }
        let mailbox = FakeMailbox(mails)
        let server = try ScriptedServer(greeting: "* PREAUTH ready") { mailbox.answer($0) }
        let place = MailServer(host: "127.0.0.1", port: server.port, protection: .none, timeout: .seconds(5))
        let watched = Mailbox(
            settings: MailboxSettings(server: place), channel: desk.channel, agent: desk.agent, clock: desk.clock)
        for _ in 1...2 { await #expect(throws: Mailbox.NotNow.self) { try await watched.takeOnce() } }
        #expect(mailbox.done.withLock { $0 } == [5, 6], "the others are taken at the second look")
    }

    @Test func `a server that offers to tell of news and then does not is asked now and then`() async throws {
        let desk = MailDesk()
        let mailbox = FakeMailbox([:], capabilities: "IDLE")
        let count = Locked(0)
        let server = try ScriptedServer(greeting: "* PREAUTH ready") { line in
            guard line.hasSuffix(" IDLE") else { return mailbox.answer(line) }
            let isEnough = count.withLock { count in
                count += 1
                return count > 2
            }
            return isEnough ? nil : [line.prefix { $0 != " " } + " NO not here"]
        }
        let place = MailServer(host: "127.0.0.1", port: server.port, protection: .none, timeout: .seconds(5))
        let watched = Mailbox(
            settings: MailboxSettings(server: place), channel: desk.channel, agent: desk.agent, clock: desk.clock)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await watched.run() }
            try await desk.clock.waitForSleepers(count: 1)
            #expect(count.withLock { $0 } == 1)
            group.cancelAll()
        }
    }
}
