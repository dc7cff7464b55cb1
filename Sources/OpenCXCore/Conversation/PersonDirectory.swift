/// What the people of the team are called where customers read.
public protocol PersonDirectory: Sendable {
    /// The name of a person, for customers; `nil` for somebody who is not known here, and then the id stands for it.
    func name(of person: PersonID) async throws -> String?
}

extension Agent {
    /// What a person of the team is called where customers read. Who is not in the directory, such as another system's agent, goes
    /// by the id.
    ///
    /// - Throws: the directory's errors.
    public func name(of person: PersonID) async throws -> String {
        try await parts.people?.name(of: person) ?? person.rawValue
    }
}
