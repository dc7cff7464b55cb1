/// Something that the team sets while the agent runs: a training scenario, a switch of autopilot, an API that was imported.
public struct TeamDocument: Sendable, Hashable {
    /// What it is about. A struct, so that more can follow.
    public struct Kind: RawRepresentable, Hashable, Sendable {
        /// The name: lower-case letters and underscores.
        public var rawValue: String

        /// Makes a kind from its name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }
    }

    /// What it is about.
    public var kind: Kind
    /// Names it among those of its kind.
    public var id: String
    /// What it says; what that means is its kind's business.
    public var body: JSONValue
    /// When it was made.
    public var createdAt: Timestamp
    /// When it was changed last.
    public var updatedAt: Timestamp

    /// Makes a document from its parts.
    public init(kind: Kind, id: String, body: JSONValue, createdAt: Timestamp, updatedAt: Timestamp? = nil) {
        self.kind = kind
        self.id = id
        self.body = body
        self.createdAt = createdAt
        self.updatedAt = updatedAt ?? createdAt
    }
}

/// Keeps what the team sets while the agent runs. Several processes may share one. Each operation is atomic.
public protocol TeamDocumentStore: Sendable {
    /// All documents of a kind, by id.
    func documents(_ kind: TeamDocument.Kind) async throws -> [TeamDocument]

    /// A document.
    func document(_ kind: TeamDocument.Kind, _ id: String) async throws -> TeamDocument?

    /// Keeps a document in place of the one of its kind and id. One that was there keeps the time at which it was made.
    func put(_ document: TeamDocument) async throws

    /// Removes a document. `false` when there is none.
    func removeDocument(_ kind: TeamDocument.Kind, _ id: String) async throws -> Bool
}
