internal import OpenCXCore

/// A value in a JSON text that was read.
struct JSONNode {
    let text: JSONText
    let node: Int

    /// Its members, when it is an object.
    func members() throws -> JSONMembers {
        guard text[node].kind == .object else { throw JSONText.mismatch([String: Any].self) }
        return JSONMembers(text: text, object: node)
    }

    /// The one member of an object, as an enumeration's case is stored: its name, and what the case holds.
    func enumerationCase() throws -> (name: String, JSONMembers) {
        guard text[node].kind == .object, text[node].count == 2 else { throw JSONText.mismatch([String: Any].self) }
        return (try text.string(node + 1), try JSONNode(text: text, node: node + 2).members())
    }

    /// Its elements, when it is a list.
    func elements() throws -> [JSONNode] {
        guard text[node].kind == .array else { throw JSONText.mismatch([Any].self) }
        return values(from: node + 1, step: 0).map { JSONNode(text: text, node: $0) }
    }

    /// Its members by name, when it is an object.
    func namedElements() throws -> [(name: String, value: JSONNode)] {
        guard text[node].kind == .object else { throw JSONText.mismatch([String: Any].self) }
        return try values(from: node + 1, step: 1).map {
            (try text.string($0), JSONNode(text: text, node: $0 + 1))
        }
    }

    /// Reads it with the type's `Codable` conformance.
    func decoded<Value: Decodable>() throws -> Value {
        try JSONDecoding(text: text, node: node, userInfo: StoredJSON.userInfo).decoded()
    }

    private func values(from first: Int, step: Int) -> [Int] {
        let (end, count) = (Int(text[node].next), Int(text[node].count))
        var places: [Int] = []
        places.reserveCapacity(count / (1 + step))
        var place = first
        while place < end {
            places.append(place)
            place = Int(text[place + step].next)
        }
        return places
    }
}

/// The members of an object, quickest read in the order in which they were written.
struct JSONMembers {
    private let text: JSONText
    private let object: Int
    /// The name that stands behind the member that was read last.
    private var place: Int

    init(text: JSONText, object: Int) {
        self.text = text
        self.object = object
        place = object + 1
    }

    /// A member that has to be there.
    mutating func value<Value: StoredReadable>(_ name: StaticString) throws -> Value {
        guard let node = find(name) else { throw JSONText.corrupt("A member is missing.") }
        return try Value(node)
    }

    /// A member that need not be there.
    mutating func optional<Value: StoredReadable>(_ name: StaticString) throws -> Value? {
        try find(name).map { try Value($0) }
    }

    /// A member that need not be there, read with the type's `Codable` conformance.
    mutating func coded<Value: Decodable>(_ name: StaticString) throws -> Value? {
        try find(name)?.decoded()
    }

    /// A member, unless it is missing or `null`.
    private mutating func find(_ name: StaticString) -> JSONNode? {
        name.withUTF8Buffer { name in
            let end = Int(text[object].next)
            if place >= end || !text.isName(place, name) {
                place = object + 1
                while place < end, !text.isName(place, name) { place = Int(text[place + 1].next) }
                if place >= end { return nil }
            }
            let value = place + 1
            place = Int(text[value].next)
            return text[value].kind == .null ? nil : JSONNode(text: text, node: value)
        }
    }
}
