/// What is known about whoever wrote a text.
public struct RedactionContext: Sendable, Hashable {
    /// Names of the people that it may speak of, the writer's own above all: "Jane Doe". Each of their words is found too.
    public var names: [String]

    /// Makes a context from what is known.
    public init(names: [String] = []) {
        self.names = names
    }
}

extension RedactionContext: CustomStringConvertible, CustomReflectable {
    /// How many names there are, never the names.
    public var description: String { "\(names.count) names" }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
