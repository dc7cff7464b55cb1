internal import OpenCXCore

/// What HubSpot's answers are read with. Ids are texts in its descriptions, and numbers in some of its webhooks.
extension JSONValue {
    /// The elements, when this is a list.
    var items: [JSONValue] {
        if case .array(let values) = self { values } else { [] }
    }

    /// The text, or the number as one; `nil` for anything else and for an empty text.
    var name: String? {
        switch self {
        case .string(let text): text.isEmpty ? nil : text
        case .integer(let number): String(number)
        default: nil
        }
    }

    /// The whole number, also where it comes as text.
    var count: Int64? {
        switch self {
        case .integer(let number): number
        case .string(let text): Int64(text)
        default: nil
        }
    }

    /// Whether this is `true`, also where it comes as text.
    var isTrue: Bool { self == .bool(true) || self == .string("true") }
}
