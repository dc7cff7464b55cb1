public import OpenCXCore

extension SQLiteStore {
    /// See ``/OpenCXCore/EffectLedger/beginEffect(_:lease:until:at:)``.
    public func beginEffect(
        _ intent: EffectIntent, lease: LeaseToken, until: Timestamp, at time: Timestamp
    ) async throws -> EffectStart {
        try await write { database in
            if let known = try database.effect(intent.key) { return .known(known) }
            guard var row = try SessionRow.find(intent.session, in: database), row.lease == lease,
                let change = SessionChange.beginning(intent, in: row.session, at: time)
            else { return .refused }
            row.leaseUntil = until
            try row.write(change, in: database)
            try database.run(
                "INSERT INTO effects (key, session, begun_at, intent) VALUES (?, ?, ?, ?)", .id(intent.key),
                .id(intent.session), .time(time), .json(try StoredJSON.encode(intent)))
            return .begun
        }
    }

    /// See ``/OpenCXCore/EffectLedger/effect(_:)``.
    public func effect(_ key: EffectKey) async throws -> EffectState? {
        try await read { database in try database.effect(key) }
    }

    /// See ``/OpenCXCore/EffectLedger/finishEffect(_:_:at:)``.
    public func finishEffect(_ key: EffectKey, _ record: ActionRecord, at time: Timestamp) async throws {
        try await write { database in
            // An intent that is not known was removed with its session, and so is what came of it.
            try database.run(
                "UPDATE effects SET finished_at = ?, record = ? WHERE key = ?", .time(time),
                .json(try StoredJSON.encode(record)), .id(key))
        }
    }
}

extension Database {
    fileprivate func effect(_ key: EffectKey) throws -> EffectState? {
        try first("SELECT record FROM effects WHERE key = ?", .id(key)) { row in
            row.isNull(0) ? .unknown : .finished(try row.json(0))
        }
    }
}
