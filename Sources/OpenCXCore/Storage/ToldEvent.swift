/// Names what a provider told, so that telling it again changes nothing.
public struct ToldEventKey: Sendable, Hashable {
    /// Who told it.
    public var source: OutboxDestination
    /// The provider's id of it.
    public var id: String

    /// Makes a key from its parts.
    public init(source: OutboxDestination, id: String) {
        self.source = source
        self.id = id
    }
}

/// What came of what a provider told.
public struct ToldEventOutcome: Sendable, Hashable {
    /// The session afterwards.
    public var session: Session
    /// Whether it was told before, so that nothing has changed.
    public var isRepeat: Bool

    /// Makes an outcome from its parts.
    public init(_ session: Session, isRepeat: Bool) {
        self.session = session
        self.isRepeat = isRepeat
    }
}
