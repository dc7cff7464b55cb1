import FoundationEssentials
import OpenCXCore
import OpenCXSQLite
import OpenCXTesting

let start = Timestamp(milliseconds: 1_760_000_000_000)

/// The first message of a thread of its own.
func intake(_ number: Int, contact: ContactID? = nil) -> Intake {
    var intake = SampleTurn(number).intake(
        session: SessionID("session-\(number)"), thread: ThreadID("thread-\(number)"), at: start)
    if let contact { intake.newContact = contact }
    return intake
}

extension SQLiteStore {
    /// A whole turn: a message comes in, is answered, and the answer delivered.
    func runTurn(_ number: Int, session: SessionID, thread: ThreadID) async throws {
        let turn = SampleTurn(number)
        let time = start + .seconds(number)
        _ = try await accept(turn.intake(session: session, thread: thread, at: time))
        guard
            let claim = try await claimTurn(now: time, lease: LeaseToken("turn-\(number)"), until: time + .seconds(60))
        else { return }
        _ = try await commitTurn(turn.commit(claim, at: time))
        let lease = LeaseToken("delivery-\(number)")
        guard let delivery = try await claimDelivery(now: time, lease: lease, until: time + .seconds(60)) else {
            return
        }
        try await settleDelivery(delivery.id, lease: lease, .delivered(reference: nil), at: time)
    }

    /// Does a bit of everything; what it throws is what a damaged file makes of it.
    func touchEverything() async throws {
        for session in try await sessions(.all, limit: 100) {
            _ = try await history(session.id, after: 0, limit: 100)
            _ = try await traces(session.id)
            _ = try await contact(session.contact)
        }
        _ = try await articles(after: nil, limit: 100)
        _ = try await outbox(.delivered, limit: 100)
        _ = try await snapshot()
        try await runTurn(9_999, session: "late", thread: "late")
    }
}

/// A closed store with a few turns, articles and a snapshot in it, as bytes.
func sampleFile() async throws -> [UInt8] {
    let directory = try TemporaryDirectory()
    let store = try SQLiteStore(path: directory.store)
    for number in 0..<30 {
        try await store.runTurn(number, session: SessionID("s\(number % 10)"), thread: ThreadID("t\(number % 10)"))
    }
    let articles = (0..<10).map { number in
        Article(id: ArticleID("docs/\(number)"), source: "docs", title: "Returns", markdown: "Within 30 days.")
    }
    _ = try await store.update(KnowledgeChanges(upserted: articles))
    try await store.saveSnapshot(Array(repeating: 7, count: 20_000), version: 1)
    await store.close()
    return try readFile(directory.store)
}

func readFile(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: path)))
}

func writeFile(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: URL(filePath: path))
}

func removeFile(_ path: String) {
    try? FileManager.default.removeItem(atPath: path)
}
