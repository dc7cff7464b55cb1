internal import OpenCXCore

/// The sessions that were read or written last, by what their rows hold.
///
/// A turn reads its session three times, mostly as this process has just written it. A row is compared byte by byte with what
/// is remembered, so that it makes no difference who wrote it, and what was rolled back is never found.
final class SessionMemory: Sendable {
    /// A session, and all of what its row holds.
    private final class Known: Sendable {
        let text: [UInt8]
        let session: Session

        init(_ text: [UInt8], _ session: Session) {
            self.text = text
            self.session = session
        }
    }

    /// How many sessions are remembered at most; each has one place, which the next one with that place takes over.
    private static let capacity = 256
    private let places = Locked<[Known?]>(Array(repeating: nil, count: capacity))

    /// How many are remembered.
    var count: Int { places.withLock { $0.count { $0 != nil } } }

    /// The session whose row this is.
    func session(in row: Row, _ column: Int32) throws -> Session {
        try row.withText(column) { text in
            let place = Self.place(of: text)
            if let known = places.withLock({ $0[place] }), known.text.elementsEqual(text) { return known.session }
            let text = Array(text)
            let session = try StoredJSON.read(Session.self, from: text)
            keep(Known(text, session), at: place)
            return session
        }
    }

    /// What a session's row is to hold.
    func encode(_ session: Session) throws -> [UInt8] {
        let text = try StoredJSON.encode(session)
        keep(Known(text, session), at: text.withUnsafeBufferPointer(Self.place))
        return text
    }

    /// Forgets everything: what was removed from the file shall not stay here.
    func removeAll() {
        places.withLock { $0 = Array(repeating: nil, count: Self.capacity) }
    }

    private func keep(_ known: Known, at place: Int) {
        places.withLock { $0[place] = known }
    }

    /// The place of the session whose id stands at the beginning of this text.
    private static func place(of text: UnsafeBufferPointer<UInt8>) -> Int {
        let hash = text.prefix(48).reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        return Int(hash % UInt32(capacity))
    }
}
