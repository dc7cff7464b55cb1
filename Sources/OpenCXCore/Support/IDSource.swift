/// Where identifiers and random numbers come from.
///
/// The core makes no random number of its own, so that a simulation runs the same way from the same seed.
/// `RandomIDs` in `OpenCXPlatform` is the one for production.
public protocol IDSource: Sendable {
    /// A text that no other call has returned and nobody can guess (at least 120 bits of randomness in production):
    /// letters, digits and hyphens only, at most 40 characters, and preferably growing with time.
    func makeID() -> String

    /// A number in `0..<1`, for jitter.
    func fraction() -> Double
}

extension IDSource {
    package func make<Entity>(_: Entity.Type = Entity.self) -> Identifier<Entity> {
        Identifier(makeID())
    }
}
