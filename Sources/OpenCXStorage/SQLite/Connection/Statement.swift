internal import CSQLite
internal import OpenCXCore

/// A prepared statement.
final class Statement {
    private let handle: OpaquePointer

    convenience init(_ sql: StaticString, in connection: OpaquePointer) throws {
        try self.init(connection) { prepare in sql.withUTF8Buffer(prepare) }
    }

    convenience init(_ sql: String, in connection: OpaquePointer) throws {
        var sql = sql
        try self.init(connection) { prepare in sql.withUTF8(prepare) }
    }

    private init(
        _ connection: OpaquePointer, _ text: ((UnsafeBufferPointer<UInt8>) -> Int32) -> Int32
    ) throws {
        var handle: OpaquePointer?
        let code = text { text in
            text.withMemoryRebound(to: CChar.self) { text in
                sqlite3_prepare_v3(
                    connection, text.baseAddress, Int32(text.count), UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
            }
        }
        guard code == SQLITE_OK, let handle else { throw SQLiteError(code: code) }
        self.handle = handle
    }

    deinit {
        sqlite3_finalize(handle)
    }

    /// Runs the statement and hands each row to `read`, until that returns `false`.
    func run(_ values: [SQLValue], _ read: (Row) throws -> Bool) throws {
        // A statement that is not reset holds its read transaction open; one whose bindings stay holds on to their copies.
        defer {
            sqlite3_reset(handle)
            sqlite3_clear_bindings(handle)
        }
        for (index, value) in values.enumerated() { try bind(value, at: Int32(index + 1)) }
        while true {
            let code = sqlite3_step(handle)
            if code == SQLITE_DONE { return }
            guard code == SQLITE_ROW else { throw SQLiteError(code: code) }
            guard try read(Row(of: handle)) else { return }
        }
    }

    private func bind(_ value: SQLValue, at index: Int32) throws {
        let code =
            switch value {
            case .null: sqlite3_bind_null(handle, index)
            case .integer(let number): sqlite3_bind_int64(handle, index, number)
            case .text(var text):
                text.withUTF8 { text in
                    text.withMemoryRebound(to: CChar.self) { text in
                        opencx_sqlite_bind_text(handle, index, text.baseAddress, UInt64(text.count))
                    }
                }
            case .json(let bytes):
                bytes.withUnsafeBytes { bytes in
                    bytes.withMemoryRebound(to: CChar.self) { text in
                        opencx_sqlite_bind_text(handle, index, text.baseAddress, UInt64(text.count))
                    }
                }
            case .blob(let bytes):
                bytes.withUnsafeBytes { opencx_sqlite_bind_blob(handle, index, $0.baseAddress, UInt64($0.count)) }
            }
        guard code == SQLITE_OK else { throw SQLiteError(code: code) }
    }
}
