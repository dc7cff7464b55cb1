internal import CSQLite
internal import OpenCXCore

/// The row a statement stands on; valid until the statement moves on.
struct Row {
    private let statement: OpaquePointer

    init(of statement: OpaquePointer) {
        self.statement = statement
    }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }

    func int(_ column: Int32) -> Int { Int(sqlite3_column_int64(statement, column)) }

    func time(_ column: Int32) -> Timestamp { Timestamp(milliseconds: sqlite3_column_int64(statement, column)) }

    func optionalTime(_ column: Int32) -> Timestamp? { isNull(column) ? nil : time(column) }

    func text(_ column: Int32) -> String {
        guard let text = sqlite3_column_text(statement, column) else { return "" }
        // By length, not up to the first NUL: customers' texts may hold one.
        let count = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
    }

    func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

    func bytes(_ column: Int32) -> [UInt8] {
        guard let blob = sqlite3_column_blob(statement, column) else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: blob, count: Int(sqlite3_column_bytes(statement, column))))
    }

    /// JSON to be read later, outside of the connection.
    func storedJSON(_ column: Int32) -> StoredJSON { withText(column) { StoredJSON(copying: $0) } }

    /// A text's bytes, where they stand.
    func withText<Output>(_ column: Int32, _ body: (UnsafeBufferPointer<UInt8>) throws -> Output) rethrows -> Output {
        let text = sqlite3_column_text(statement, column)
        let count = text == nil ? 0 : Int(sqlite3_column_bytes(statement, column))
        return try body(UnsafeBufferPointer(start: text, count: count))
    }

    func json<Value: Decodable>(_ column: Int32, as type: Value.Type = Value.self) throws -> Value {
        try storedJSON(column).decoded(type)
    }

    func json<Value: StoredReadable>(_ column: Int32, as type: Value.Type = Value.self) throws -> Value {
        try storedJSON(column).decoded(type)
    }
}
