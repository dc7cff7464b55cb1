internal import OpenCXCore

/// What was read from rows and written into them last, decoded.
///
/// A turn reads its session three times and its history once, mostly as this process has just written them. A row is compared
/// byte by byte with what is remembered, so that it makes no difference who wrote it, and what was rolled back is never found.
final class RowMemory: Sendable {
    let sessions = Rows<Session>(capacity: 256)
    let events = Rows<HistoryEntry.Event>(capacity: 1024)

    /// Forgets everything: what was removed from the file shall not stay here.
    func removeAll() {
        sessions.removeAll()
        events.removeAll()
    }

    /// The rows of one kind. Each has one place, by what its id makes of it, and the next one with that place takes it over.
    final class Rows<Value: StoredValue & Sendable>: Sendable {
        /// A value, and all of what its row holds.
        private final class Known: Sendable {
            let text: [UInt8]
            let value: Value

            init(_ text: [UInt8], _ value: Value) {
                self.text = text
                self.value = value
            }
        }

        private let capacity: Int
        private let places: Locked<[Known?]>

        init(capacity: Int) {
            self.capacity = capacity
            places = Locked(Array(repeating: nil, count: capacity))
        }

        /// How many are remembered.
        var count: Int { places.withLock { $0.count { $0 != nil } } }

        /// What a row holds.
        ///
        /// - Throws: `StoreError.corrupt`.
        func read(_ row: Row, _ column: Int32) throws -> Value {
            try row.withText(column) { text in
                if let value = value(of: text) { return value }
                return try decode(Array(text))
            }
        }

        /// What a row has held.
        ///
        /// - Throws: `StoreError.corrupt`.
        func read(_ json: StoredJSON) throws -> Value {
            try json.text.withUnsafeBufferPointer(value) ?? decode(json.text)
        }

        /// What a row is to hold.
        func encode(_ value: Value) throws -> [UInt8] {
            let text = try StoredJSON.encode(value)
            keep(Known(text, value))
            return text
        }

        func removeAll() {
            places.withLock { $0 = Array(repeating: nil, count: capacity) }
        }

        private func value(of text: UnsafeBufferPointer<UInt8>) -> Value? {
            let place = place(of: text)
            guard let known = places.withLock({ $0[place] }), known.text.isSame(as: text) else { return nil }
            return known.value
        }

        private func decode(_ text: [UInt8]) throws -> Value {
            let value = try StoredJSON.read(Value.self, from: text)
            keep(Known(text, value))
            return value
        }

        private func keep(_ known: Known) {
            let place = known.text.withUnsafeBufferPointer(place)
            places.withLock { $0[place] = known }
        }

        /// The place of the value whose id stands near the beginning of this text.
        private func place(of text: UnsafeBufferPointer<UInt8>) -> Int {
            let hash = text.prefix(72).reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
            return Int(hash % UInt32(capacity))
        }
    }
}
