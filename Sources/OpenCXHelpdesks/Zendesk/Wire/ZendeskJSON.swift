internal import OpenCXCore

extension JSONValue {
    /// A Zendesk id: a number in the API, a text of digits in webhooks.
    var id: Int64? {
        switch self {
        case .integer(let number): number > 0 ? number : nil
        case .string(let text): Int64(text).flatMap { $0 > 0 ? $0 : nil }
        default: nil
        }
    }

    var array: [JSONValue]? {
        if case .array(let values) = self { values } else { nil }
    }

    var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The texts of a list; nothing for anything else.
    var strings: [String] { array?.compactMap(\.string) ?? [] }
}
