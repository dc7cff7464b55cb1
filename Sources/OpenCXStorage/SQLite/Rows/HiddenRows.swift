internal import OpenCXCore

extension Database {
    /// Rewrites the entries of a session that are to be hidden.
    func hideEntries(_ ticket: SQLValue, _ hiding: Hiding) throws -> HiddenEntries {
        let before = try all(
            "SELECT sequence, at, body FROM entries WHERE ticket = ? ORDER BY sequence", ticket, read: HistoryEntry.init
        )
        let after = before.map(hiding.applied)
        for (old, new) in zip(before, after) where old != new {
            try run(
                "UPDATE entries SET body = ? WHERE ticket = ? AND sequence = ?",
                .json(try StoredJSON.encode(new.event)),
                ticket, .int(new.sequence))
        }
        return HiddenEntries(before: before, after: after)
    }

    /// Rewrites deliveries that do not point to an entry; those that do follow it.
    func hideDeliveries(_ ticket: SQLValue, _ hiding: Hiding, _ hidden: HiddenEntries) throws {
        // Without an index by ticket: a session's deliveries are found by the beginning of their ids.
        let rows = try all(
            """
            SELECT number, payload FROM outbox
            WHERE id >= ?1 || '-' AND id < ?1 || '.' AND ticket = ?2 AND payload IS NOT NULL
            """, .id(hiding.session), ticket
        ) { (number: $0.int(0), payload: try $0.json(1, as: OutboxEntry.Payload.self)) }
        for row in rows {
            let entry = OutboxEntry(
                id: "", session: hiding.session, destination: .channel(""), payload: row.payload, at: .epoch)
            let payload = hiding.applied(to: entry, hiding: hidden.messageIDs).payload
            if payload == row.payload { continue }
            try run(
                "UPDATE outbox SET payload = ? WHERE number = ?", .json(try StoredJSON.encode(payload)),
                .int(row.number))
        }
    }

    /// Leaves of a session's effects what came of them; of their intents the keys, which say that they were begun.
    func hideEffects(_ hiding: Hiding) throws {
        let rows = try all(
            "SELECT key, record FROM effects WHERE session = ? AND record IS NOT NULL", .id(hiding.session)
        ) { (key: EffectKey($0.text(0)), record: try $0.json(1, as: ActionRecord.self)) }
        for row in rows {
            try run(
                "UPDATE effects SET record = ?, intent = NULL WHERE key = ?",
                .json(try StoredJSON.encode(hiding.applied(to: row.record))), .id(row.key))
        }
    }
}
