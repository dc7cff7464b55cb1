/// Says which segments a customer is in: named groups that the team keeps in a system of its own.
///
/// Asked once a turn, for verified customers only, and only when an action exists for some segments only. While it cannot
/// answer, such actions do not exist for anybody.
public protocol SegmentDirectory: Sendable {
    /// The segments the customer is in.
    ///
    /// - Throws: whatever keeps it from knowing.
    func segments(of contact: Contact) async throws -> Set<String>
}
