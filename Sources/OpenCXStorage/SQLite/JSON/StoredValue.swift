@_spi(OpenCXStorage) internal import OpenCXCore

/// A value that writes its own JSON.
///
/// `Codable` does so too, and writes what is stored rarely; but its containers cost several times what they hold. What every
/// turn stores says here, member by member, what its synthesized conformance would say, and a test holds the two against each
/// other.
protocol StoredWritable: Encodable {
    func write(to json: JSONWriting) throws
}

/// A value that reads its own JSON.
protocol StoredReadable: Decodable {
    init(_ json: JSONNode) throws
}

typealias StoredValue = StoredWritable & StoredReadable

// MARK: Plain values

extension String: StoredValue {
    init(_ json: JSONNode) throws { self = try json.text.string(json.node) }
    func write(to json: JSONWriting) { json.write(text: self) }
}

extension Int: StoredValue {
    init(_ json: JSONNode) throws { self = try json.text.integer(json.node, as: Int.self) }
    func write(to json: JSONWriting) { json.write(integer: self) }
}

extension Int64: StoredValue {
    init(_ json: JSONNode) throws { self = try json.text.integer(json.node, as: Int64.self) }
    func write(to json: JSONWriting) { json.write(integer: Int(self)) }
}

extension Bool: StoredValue {
    init(_ json: JSONNode) throws { self = try json.text.bool(json.node) }
    func write(to json: JSONWriting) { json.write(bool: self) }
}

extension Double: StoredValue {
    init(_ json: JSONNode) throws { self = try json.text.double(json.node) }
    func write(to json: JSONWriting) { json.write(double: self) }
}

extension Array: StoredWritable where Element: StoredWritable {
    func write(to json: JSONWriting) throws { try json.array(self) }
}

extension Array: StoredReadable where Element: StoredReadable {
    init(_ json: JSONNode) throws { self = try json.elements().map { try Element($0) } }
}

extension Dictionary: StoredWritable where Key == String, Value: StoredWritable {
    func write(to json: JSONWriting) throws {
        try json.object { json in for (name, value) in self { try json.member(of: name, value) } }
    }
}

extension Dictionary: StoredReadable where Key == String, Value: StoredReadable {
    init(_ json: JSONNode) throws {
        self = [:]
        for (name, value) in try json.namedElements() { self[name] = try Value(value) }
    }
}

// MARK: Values that are one text or number

extension RawRepresentable where Self: StoredWritable, RawValue: StoredWritable {
    func write(to json: JSONWriting) throws { try rawValue.write(to: json) }
}

extension RawRepresentable where Self: StoredReadable, RawValue: StoredReadable {
    init(_ json: JSONNode) throws {
        guard let value = Self(rawValue: try RawValue(json)) else {
            throw JSONText.corrupt("A word that is none of those known was stored.")
        }
        self = value
    }
}

extension Identifier: StoredValue {
    init(_ json: JSONNode) throws { self.init(try String(json)) }
    func write(to json: JSONWriting) { rawValue.write(to: json) }
}

extension Timestamp: StoredValue {
    init(_ json: JSONNode) throws { self.init(milliseconds: try Int64(json)) }
    func write(to json: JSONWriting) { milliseconds.write(to: json) }
}

extension RedactedText: StoredValue {
    init(_ json: JSONNode) throws { self.init(restoredFromStore: try String(json)) }
    func write(to json: JSONWriting) { text.write(to: json) }
}

extension TicketNumber: StoredValue {}
extension ChannelKind: StoredValue {}
extension LanguageTag: StoredValue {}
extension SessionStatus: StoredValue {}
