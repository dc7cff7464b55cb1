import CSQLite
import FoundationEssentials
import Glibc
import OpenCXCore
import OpenCXPlatform
import OpenCXSQLite
import OpenCXTesting
import Testing

/// Whether what was erased can be read out of the file by somebody who does not ask the store.
@Suite struct ErasureTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    /// A word that no redactor takes for personal data, one for each customer.
    private func word(_ number: Int) -> String { "Zquorblat\(String(number, radix: 26, uppercase: true))x" }

    private func agent(on store: SQLiteStore, _ helpdesk: ScriptedHelpdesk) -> Agent {
        let cancel = ActionDefinition(
            name: "cancel_order", summary: "Cancel an order", examples: ["Cancel my order"],
            parameters: [ActionParameter(name: "number", label: "order number", source: .code("FH-#####"))],
            effect: .change)
        let actions = ScriptedActions([cancel]) { call in
            let number = Int(call.arguments["number"]?.reveal().suffix(5) ?? "") ?? 0
            return ActionResult(fields: ["note": UnredactedText("cancelled for \(word(number))")])
        }
        let answerer = ScriptedAnswerer { request in
            let text = request.question.text
            if let record = request.results.last {
                return .answer(Answer(text: record.result, confidence: 1, basis: .action))
            }
            if let pending = request.pendingAction { return .act(pending.proposal) }
            if let order = text.firstRange(of: "FH-") {
                let number = try await request.context.redact(
                    UnredactedText(String(text[order.lowerBound...].prefix(8))))
                return .act(ActionProposal(name: "cancel_order", arguments: ["number": number]))
            }
            return .answer(Answer(text: "You wrote: " + request.question, confidence: 1, basis: .smallTalk))
        }
        return Agent(
            AgentParts(
                store: store, knowledge: ListIndex(), answerer: answerer, actions: actions,
                channels: [RecordingChannel()], helpdesks: [helpdesk], endpoints: [RecordingEndpoint()],
                clock: ManualClock(), ids: RandomIDs()))
    }

    /// Talk of every kind: an answer, a change with its yes, a handoff, a note, a reply of a person.
    private func converse(_ customers: Range<Int>, with agent: Agent) async throws {
        let lines = [
            "Hello, this is %", "A long story about %: " + String(repeating: "% and once more ", count: 150),
            "Cancel FH-#, says %", "yes", "I want to talk to a human, says %",
        ]
        for (place, line) in lines.enumerated() {
            for number in customers {
                let code = String(repeating: "0", count: 5 - "\(number)".count) + "\(number)"
                let text = line.replacing("%", with: word(number)).replacing("#", with: code)
                _ = try await agent.receive(
                    InboundMessage(
                        channel: "test", channelKind: .web, thread: ThreadID("thread-\(word(number))"),
                        providerID: place == 1 ? nil : "\(word(number))-\(place)",
                        sender: ContactHandle(customID: "id-\(word(number))", name: word(number), isVerified: true),
                        text: UnredactedText(text), subject: UnredactedText("About \(word(number))")))
            }
            try await agent.runUntilIdle()
        }
        for session in try await agent.parts.store.sessions(.all, limit: .max) {
            let name = try await agent.parts.store.contact(session.contact)?.name ?? "?"
            _ = try await agent.note(on: session.id, by: "Ana", UnredactedText("\(name) is a regular"))
            _ = try await agent.reply(to: session.id, as: "Ana", UnredactedText("Dear \(name)"))
        }
    }

    /// Which customers' words stand somewhere in the store's files.
    private func customersInFiles(_ customers: Range<Int>) throws -> Set<Int> {
        var bytes: [UInt8] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: directory.path) {
            bytes += try readFile(directory.path + "/" + name)
        }
        return Set(customers.filter { contains(bytes, word($0).utf8) })
    }

    private func contains(_ bytes: [UInt8], _ needle: some Collection<UInt8>) -> Bool {
        let needle = Array(needle)
        return bytes.withUnsafeBytes { bytes in
            var place = 0
            while place + needle.count <= bytes.count {
                let rest = bytes[place...].prefix(bytes.count - place - needle.count + 1)
                guard let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress,
                    let found = memchr(start, Int32(needle[0]), rest.count)
                else { return false }
                place += UnsafeRawPointer(found) - start
                if bytes[place...].starts(with: needle) { return true }
                place += 1
            }
            return false
        }
    }

    /// The traces of these tickets as they stand in the file, compressed.
    private func storedTraces(of isWanted: (Int) -> Bool) throws -> [[UInt8]] {
        var handle: OpaquePointer?
        #expect(sqlite3_open_v2(directory.store, &handle, SQLITE_OPEN_READONLY, nil) == SQLITE_OK)
        defer { sqlite3_close(handle) }
        var statement: OpaquePointer?
        #expect(sqlite3_prepare_v2(handle, "SELECT ticket, body FROM traces", -1, &statement, nil) == SQLITE_OK)
        defer { sqlite3_finalize(statement) }
        var bodies: [[UInt8]] = []
        while sqlite3_step(statement) == SQLITE_ROW {
            guard isWanted(Int(sqlite3_column_int64(statement, 0))),
                let blob = sqlite3_column_blob(statement, 1)
            else { continue }
            bodies.append(
                [UInt8](UnsafeRawBufferPointer(start: blob, count: Int(sqlite3_column_bytes(statement, 1)))))
        }
        return bodies
    }

    @Test func `nothing that an erased customer wrote or was told can be found in the files`() async throws {
        let store = try SQLiteStore(path: directory.store)
        let helpdesk = ScriptedHelpdesk()
        helpdesk.fail(times: 20, with: HelpdeskError(.unavailable, "down"))
        let agent = agent(on: store, helpdesk)
        let everybody = 0..<30
        let erased = Set([0, 3, 7, 8, 9, 15, 22, 29])
        try await converse(everybody, with: agent)

        #expect(try customersInFiles(everybody) == Set(everybody))
        var contacts: [ContactID] = []
        var tickets: Set<Int> = []
        for number in erased.sorted() {
            let contact = try #require(try await store.contacts(knownAs: "id-\(word(number))").first)
            contacts.append(contact.id)
            for session in try await store.sessions(.contact(contact.id), limit: 99) {
                tickets.insert(session.ticket.rawValue)
                // The scene has what it is to show: the words are in traces, which are compressed, and in the ledger.
                #expect("\(try await store.traces(session.id))".contains(word(number)))
            }
        }
        // A piece of each compressed trace that stands in no other customer's.
        let others = try storedTraces { !tickets.contains($0) }.flatMap(\.self)
        let pieces = try storedTraces { tickets.contains($0) }.map { $0.dropFirst($0.count / 2).prefix(24) }
            .filter { !contains(others, $0) }
        #expect(pieces.count >= erased.count * 2)

        for contact in contacts { _ = try await agent.erase(contact, scrubbing: false) }
        try await store.scrub()

        #expect(try customersInFiles(everybody) == Set(everybody).subtracting(erased))
        let left = try readFile(directory.store) + readFile(directory.store + "-wal")
        let found = pieces.count { contains(left, $0) }
        #expect(found == 0)
        #expect(try storedTraces { tickets.contains($0) }.isEmpty)
        for ticket in tickets {
            #expect(try await store.session(ticket: TicketNumber(rawValue: ticket)) == nil)
            #expect(try await store.removal(of: TicketNumber(rawValue: ticket)) != nil)
        }
        // The store is as good as before.
        try await store.touchEverything()
        await store.close()
        let again = try SQLiteStore(path: directory.store)
        #expect(try await again.sessions(.all, limit: 99).count == everybody.count - erased.count + 1)
    }

    @Test func `a file that is scrubbed while others write loses nothing`() async throws {
        let store = try SQLiteStore(path: directory.store)
        try await withThrowingTaskGroup { group in
            for worker in 0..<8 {
                group.addTask {
                    for number in 0..<40 { _ = try await store.accept(intake(worker * 40 + number)) }
                }
            }
            group.addTask { for _ in 0..<5 { try await store.scrub() } }
            try await group.waitForAll()
        }
        #expect(try await store.sessions(.all, limit: .max).count == 320)
    }

    @Test func `a log that somebody else reads is not said to be empty`() async throws {
        let store = try SQLiteStore(path: directory.store)
        _ = try await store.accept(intake(1))
        var handle: OpaquePointer?
        #expect(sqlite3_open_v2(directory.store, &handle, SQLITE_OPEN_READONLY, nil) == SQLITE_OK)
        #expect(sqlite3_exec(handle, "BEGIN; SELECT COUNT(*) FROM sessions", nil, nil, nil) == SQLITE_OK)
        await #expect(throws: StoreError.self) { try await store.scrub() }
        sqlite3_close(handle)
        try await store.scrub()
        #expect(try readFile(directory.store + "-wal").isEmpty)
    }

    @Test func `retention removes records of a file of an earlier version too`() async throws {
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        let dump = try String(contentsOf: here.appending(path: "Fixtures/version2.sql"), encoding: .utf8)
        var handle: OpaquePointer?
        #expect(sqlite3_open(directory.store, &handle) == SQLITE_OK)
        #expect(sqlite3_exec(handle, dump, nil, nil, nil) == SQLITE_OK)
        sqlite3_close(handle)
        let store = try SQLiteStore(path: directory.store)
        let sessions = try await store.sessions(.all, limit: 99)
        #expect(sessions.count == 3)
        let latest = try #require(sessions.map(\.updatedAt).max()) + .seconds(1)
        let removed = try await store.removeExpired(
            RetentionCutoffs(traces: latest, deliveries: latest, dedupeKeys: latest, effects: latest), limit: 99,
            at: latest)
        #expect(removed == RemovedRecords(traces: 4, deliveries: 4, dedupeKeys: 4, effects: 1))
        for session in sessions { _ = try await store.erase(session.contact, at: latest) }
        #expect(try await store.sessions(.all, limit: 99).isEmpty)
        #expect(try await store.outbox(.pending, limit: 99).isEmpty)
    }
}
