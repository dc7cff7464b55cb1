extension SessionChange {
    /// Refuses to open a session again that another one of its thread has followed: the customer reads the newer one, so that
    /// an answer in the older would be seen by nobody. A thread so has one open session at most, and it is its latest.
    ///
    /// - Parameters:
    ///   - before: the session before the change.
    ///   - latest: the session of the thread that began last; asked for only where it matters.
    /// - Throws: ``StoreError`` with the code `superseded`, which names the newer ticket.
    public func checkReopening(of before: Session, latest: @autoclosure () throws -> Session?) throws {
        guard before.status != .open, session.status == .open, let latest = try latest(), latest.id != before.id else {
            return
        }
        throw StoreError(.superseded, "Ticket \(latest.ticket) continues this conversation; reply there.")
    }
}
