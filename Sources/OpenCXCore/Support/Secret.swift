/// A credential: prints as dots, wherever it is printed.
public struct Secret: Sendable, Hashable {
    private let value: String

    /// Wraps a credential.
    public init(_ value: String) {
        self.value = value
    }

    /// Hands out the credential to the one place that sends it.
    public func reveal() -> String { value }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Dots.
    public var description: String { "••••" }
    /// Dots.
    public var debugDescription: String { "••••" }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
