import OpenCXCore
import OpenCXSQLite
import OpenCXTesting

/// A customer and the worker that answers them, in a session of their own.
struct Worker: Sendable {
    var index: Int
    var session: SessionID
    var thread: ThreadID

    private let time = Timestamp(milliseconds: 1_760_000_000_000)

    init(_ index: Int) {
        self.index = index
        // As long as ids are in production.
        session = SessionID("0198c5a1-7b1e-7cc1-9f1d-\(100_000_000_000 + index)")
        thread = ThreadID("web-0198c5a1-7b1e-7cc1-\(100_000_000_000 + index)")
    }

    func intake(_ number: Int) -> Intake {
        SampleTurn(number).intake(session: session, thread: thread, at: time)
    }

    /// A whole turn: the message comes in, the turn is taken up and committed, the reply handed out and delivered.
    func turn(_ number: Int, in store: SQLiteStore) async throws {
        let now = time
        let lease = LeaseToken("lease-\(number)")
        _ = try await store.accept(intake(number))
        // Whichever turn is due, and whichever delivery: with as many workers as sessions everyone gets one.
        if let claim = try await store.claimTurn(now: now + .seconds(1), lease: lease, until: now + .seconds(60)) {
            _ = try await store.commitTurn(SampleTurn(number).commit(claim, at: now))
        }
        if let delivery = try await store.claimDelivery(now: now + .seconds(1), lease: lease, until: now + .seconds(60))
        {
            try await store.settleDelivery(delivery.id, lease: lease, .delivered(reference: nil), at: now)
        }
    }
}
