/// JSON with personal data and all: an argument on its way into the team's systems. Prints as its type.
public struct UnredactedJSON: Sendable, Hashable {
    private let raw: JSONValue

    /// Wraps a value that may hold personal data.
    public init(_ raw: JSONValue) {
        self.raw = raw
    }

    /// Hands out the value, to an adapter at the boundary that is meant to receive it.
    public func reveal() -> JSONValue { raw }

    /// The text, when it is one; else the value as JSON text.
    public var text: UnredactedText { UnredactedText(raw.argumentText) }
}

extension UnredactedJSON: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The type, never the value.
    public var description: String { "‹unredacted \(raw.typeName)›" }
    /// The type, never the value.
    public var debugDescription: String { description }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
