public import OpenCXCore

/// The members of the team, by the names that customers are told.
///
/// Of a member who signs in with an e-mail address it is what stands before the `@`: the address is nobody's business.
public struct MemberNames: PersonDirectory {
    private let store: any AccessStore

    /// Reads names from a store.
    public init(store: any AccessStore) {
        self.store = store
    }

    /// See ``/OpenCXCore/PersonDirectory/name(of:)``.
    public func name(of person: PersonID) async throws -> String? {
        guard let name = try await store.member(person)?.name else { return nil }
        let shown = name.prefix { $0 != "@" }
        return shown.isEmpty ? nil : String(shown)
    }
}
