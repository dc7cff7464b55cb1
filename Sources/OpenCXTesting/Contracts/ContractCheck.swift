/// One thing that an implementation must do, checked on a `Subject` that holds it.
public struct ContractCheck<Subject: Sendable>: Sendable, CustomStringConvertible {
    /// What holds when the check passes.
    public let name: String
    private let body: @Sendable (Subject) async throws -> Void

    init(_ name: String, _ body: @escaping @Sendable (Subject) async throws -> Void) {
        self.name = name
        self.body = body
    }

    /// Runs the check.
    ///
    /// - Throws: ``ContractViolation``, or what the implementation throws.
    public func run(_ subject: Subject) async throws {
        do {
            try await body(subject)
        } catch let breach as Breach {
            throw ContractViolation(check: name, message: breach.message)
        }
    }

    /// What holds when the check passes.
    public var description: String { name }
}
