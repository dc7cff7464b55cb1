internal import OpenCXCore

/// A value on its way into a statement.
enum SQLValue {
    case null
    case integer(Int64)
    case text(String)
    /// JSON as UTF-8 bytes; stored as text, so that people can read it with the `sqlite3` shell.
    case json([UInt8])
    case blob([UInt8])

    static func int(_ value: Int) -> SQLValue { .integer(Int64(value)) }

    static func bool(_ value: Bool) -> SQLValue { .integer(value ? 1 : 0) }

    static func time(_ time: Timestamp?) -> SQLValue { time.map { .integer($0.milliseconds) } ?? .null }

    static func text(_ text: String?) -> SQLValue { text.map { .text($0) } ?? .null }

    static func id<Entity>(_ id: Identifier<Entity>?) -> SQLValue { id.map { .text($0.rawValue) } ?? .null }

    /// At most `limit` rows. A negative number means "no limit" to SQLite, so it is kept from getting there.
    static func limit(_ limit: Int) -> SQLValue { .int(max(0, limit)) }
}
