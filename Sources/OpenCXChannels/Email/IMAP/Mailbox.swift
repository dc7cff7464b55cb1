public import OpenCXCore

/// Brings mails from a mailbox to an agent, by IMAP.
///
/// What has been taken in is marked in the mailbox, after the agent has stored it: a crash in between brings the mail once more, and
/// the agent knows it by its id. So nothing is lost and nothing counts twice, whoever else reads the mailbox, and whatever its
/// `UIDVALIDITY` is.
public struct Mailbox: Sendable {
    /// Set on mails that have been taken in, and on those that nobody can read.
    static let doneKeyword = "$OpenCXDone"

    private let settings: MailboxSettings
    private let channel: EmailChannel
    private let clock: any AgentClock
    private let agent: Agent
    private let failed: (@Sendable (any Error) -> Void)?
    /// The mails that the agent could not store when they were last tried.
    private let refused = Locked<Set<UInt32>>([])

    /// Makes a mailbox.
    ///
    /// - Parameters:
    ///   - settings: where it is.
    ///   - channel: the channel whose mails these are.
    ///   - agent: takes them.
    ///   - clock: tells the time.
    ///   - failed: told when the mailbox cannot be read; it is tried again.
    public init(
        settings: MailboxSettings, channel: EmailChannel, agent: Agent, clock: any AgentClock,
        failed: (@Sendable (any Error) -> Void)? = nil
    ) {
        self.settings = settings
        self.channel = channel
        self.clock = clock
        self.agent = agent
        self.failed = failed
    }

    /// Watches the mailbox until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            let connection = IMAPConnection(
                server: settings.server, messageLimit: channel.reader.limits.byteCount + 1024)
            do {
                try await connection.open()
                let folder = try await select(on: connection)
                while !Task.isCancelled {
                    try await takeNew(on: connection, folder)
                    try await wait(on: connection)
                }
            } catch is CancellationError {
            } catch {
                failed?(error)
            }
            await connection.close()
            if !Task.isCancelled { try? await clock.sleep(until: clock.now() + settings.pollInterval) }
        }
    }

    /// Takes what is there, once.
    package func takeOnce() async throws {
        let connection = IMAPConnection(server: settings.server, messageLimit: channel.reader.limits.byteCount + 1024)
        try await connection.open()
        let folder = try await select(on: connection)
        try await takeNew(on: connection, folder)
        await connection.close()
    }

    /// What is known of a folder that is open.
    struct Folder {
        var validity: UInt32?
        /// Whether our keyword can be set; else a mail that was taken counts as read.
        var takesKeywords = false
    }

    private func select(on connection: IMAPConnection) async throws -> Folder {
        var folder = Folder()
        for response in try await connection.run("SELECT \(Self.quoted(settings.folder))") {
            if let value = response.code("UIDVALIDITY") { folder.validity = UInt32(value) }
            if let flags = response.code("PERMANENTFLAGS") {
                folder.takesKeywords = flags.contains("\\*") || flags.contains(Self.doneKeyword)
            }
        }
        return folder
    }

    /// Takes what is new, until there is nothing more.
    private func takeNew(on connection: IMAPConnection, _ folder: Folder) async throws {
        let mark = folder.takesKeywords ? "UNKEYWORD \(Self.doneKeyword)" : "UNSEEN"
        let since = Self.date(clock.now() - settings.maximumAge)
        // A server that does not keep marks must not have us take the same mails again and again.
        var settled: Set<UInt32> = []
        var failures = 0
        var refusal: NotNow?
        while true {
            let responses = try await connection.run("UID SEARCH \(mark) UNDELETED SINCE \(since)")
            let found = responses.filter { $0.untagged?.name == "SEARCH" }.flatMap(\.found).filter {
                !settled.contains($0)
            }
            for uid in order(found, isAll: settled.isEmpty) {
                try Task.checkCancellation()
                settled.insert(uid)
                do {
                    try await take(uid, on: connection)
                    try await settle(uid, on: connection, folder)
                    refused.withLock { _ = $0.remove(uid) }
                } catch let error as NotNow {
                    // One that cannot be stored must not keep out the others; when nothing can be, it makes no sense to go on.
                    failures += 1
                    refused.withLock { _ = $0.insert(uid) }
                    refusal = error
                    if failures >= 3 { throw error }
                }
            }
            // What arrives while we are at it is announced now and not once more when we begin to wait.
            if found.isEmpty, !responses.contains(where: { $0.untagged?.name == "EXISTS" }) { break }
        }
        // They are still there the next time.
        if let refusal { throw refusal }
    }

    /// The oldest first, and behind all others those that could not be stored the last time: however many these are, and for
    /// whatever reason, the others get their turn.
    private func order(_ found: [UInt32], isAll: Bool) -> [UInt32] {
        let last = refused.withLock { refused in
            if isAll { refused.formIntersection(found) }
            return refused
        }
        let sorted = found.sorted()
        return sorted.filter { !last.contains($0) } + sorted.filter(last.contains)
    }

    /// The agent cannot store a mail at the moment.
    struct NotNow: Error, CustomStringConvertible {
        var description: String { "The agent cannot store mails at the moment; they stay in the mailbox." }
    }

    private func take(_ uid: UInt32, on connection: IMAPConnection) async throws {
        let sizes = try await connection.run("UID FETCH \(uid) (RFC822.SIZE)")
        let size = sizes.lazy.compactMap { $0.number(after: "RFC822.SIZE") }.first ?? 0
        guard size <= channel.reader.limits.byteCount else {
            failed?(ChannelError(.tooLarge, "A mail is larger than is taken; it is left to people."))
            return
        }
        // Without `PEEK` the mail would count as read.
        let fetched = try await connection.run("UID FETCH \(uid) (UID BODY.PEEK[])")
        let body = fetched.first {
            $0.untagged?.name == "FETCH" && $0.number(after: "UID") == uid && !$0.literals.isEmpty
        }
        // Somebody else has taken it away meanwhile.
        guard let bytes = body?.literals.first else { return }
        let response = await agent.handle(channel.request(for: bytes), on: channel.id)
        switch response.status {
        case 200..<300: return
        case 503, 429:
            throw NotNow()
        default: failed?(ChannelError(.malformed, "A mail was refused (\(response.status)); it is left to people."))
        }
    }

    private func settle(_ uid: UInt32, on connection: IMAPConnection, _ folder: Folder) async throws {
        let flag = folder.takesKeywords ? Self.doneKeyword : "\\Seen"
        _ = try await connection.run("UID STORE \(uid) +FLAGS.SILENT (\(flag))")
        guard case .move(let target) = settings.done else { return }
        do { try await move(uid, to: target, on: connection) } catch let error as ChannelError
            where error.code == .rejected
        {
            // It is marked; that it stays where it was is no reason to keep those behind it waiting.
            failed?(error)
        }
    }

    private func move(_ uid: UInt32, to target: String, on connection: IMAPConnection) async throws {
        if await connection.capabilities.contains("MOVE") {
            _ = try await connection.run("UID MOVE \(uid) \(Self.quoted(target))")
        } else {
            _ = try await connection.run("UID COPY \(uid) \(Self.quoted(target))")
            _ = try await connection.run("UID STORE \(uid) +FLAGS.SILENT (\\Deleted)")
            // Only what we have marked: others' deleted mails are theirs to remove.
            if await connection.capabilities.contains("UIDPLUS") { _ = try await connection.run("UID EXPUNGE \(uid)") }
        }
    }

    private func wait(on connection: IMAPConnection) async throws {
        if await connection.capabilities.contains("IDLE") {
            _ = try await connection.idle(settings.idleTime)
        } else {
            try await clock.sleep(until: clock.now() + settings.pollInterval)
            _ = try await connection.run("NOOP")
        }
    }

    /// A name as a quoted string, ASCII only: others are written as the server lists them (modified UTF-7).
    static func quoted(_ name: String) -> String {
        var result = "\""
        for scalar in name.unicodeScalars where scalar.value >= 0x20 && scalar.value < 0x7F {
            if scalar == "\"" || scalar == "\\" { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }

    /// `3-May-2021`, a day earlier: servers compare days in time zones of their own.
    static func date(_ time: Timestamp) -> String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let text = (time - .seconds(86_400)).description.prefix(10).split(separator: "-").compactMap { Int($0) }
        guard text.count == 3, (1...12).contains(text[1]) else { return "1-Jan-1970" }
        return "\(text[2])-\(months[text[1] - 1])-\(text[0])"
    }
}
