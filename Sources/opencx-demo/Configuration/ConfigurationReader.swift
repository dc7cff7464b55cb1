internal import FoundationEssentials
internal import OpenCXCore

/// Reads one JSON object of the configuration. Every complaint names the file and the key, and a key that nobody asked for is
/// a complaint too: most of them are misspelt.
final class ConfigurationReader {
    private let members: [String: JSONValue]
    private let file: String
    private let path: String
    private var asked: Set<String> = []

    private init(_ members: [String: JSONValue], file: String, path: String) {
        self.members = members
        self.file = file
        self.path = path
    }

    /// Opens a file.
    convenience init(file: String) throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Failure("\(file): the configuration cannot be read. Is the path right, and may you read the file?")
        }
        guard data.count <= 1_000_000 else { throw Failure("\(file): the configuration is larger than 1 MB.") }
        let value: JSONValue
        do {
            value = try JSONDecoder().decode(JSONValue.self, from: data)
        } catch {
            throw Failure("\(file): this is not valid JSON: \(Self.reason(error))")
        }
        guard case .object(let members) = value else {
            throw Failure("\(file): the configuration must be a JSON object.")
        }
        self.init(members, file: file, path: "")
    }

    private static func reason(_ error: any Error) -> String {
        guard case DecodingError.dataCorrupted(let context) = error else { return "it cannot be parsed." }
        return context.underlyingError.map { "\($0)" } ?? context.debugDescription
    }

    func problem(_ key: String, _ what: String) -> Failure {
        Failure("\(file): \"\(path)\(key)\" \(what).")
    }

    /// Complains about keys that nobody asked for.
    func finish() throws {
        if let unknown = members.keys.filter({ !asked.contains($0) }).min() {
            throw problem(unknown, "is not a key there; known are \(asked.sorted().joined(separator: ", "))")
        }
    }

    private func value(_ key: String) -> JSONValue? {
        asked.insert(key)
        return members[key] == .null ? nil : members[key]
    }

    func required(_ key: String) throws -> String {
        guard let text = try string(key), !text.isEmpty else { throw problem(key, "is missing") }
        return text
    }

    func string(_ key: String) throws -> String? {
        guard let value = value(key) else { return nil }
        guard case .string(let text) = value else { throw problem(key, "must be a text in quotes") }
        return text
    }

    func language(_ key: String) throws -> LanguageTag? {
        guard let text = try string(key) else { return nil }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (2...3).contains(parts[0].count),
            parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } })
        else { throw problem(key, "must be a language such as \"en\" or \"pt-BR\"") }
        return LanguageTag(rawValue: text)
    }

    /// A path; a relative one starts from the folder of the configuration file.
    func path(_ key: String) throws -> String? {
        guard let text = try string(key) else { return nil }
        if text.isEmpty { throw problem(key, "must not be empty") }
        guard !text.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return text }
        return file[...slash] + text
    }

    /// Text that the team wrote for its customers.
    func published(_ key: String) throws -> RedactedText {
        RedactedText(derived: try required(key))
    }

    /// The same where it need not be there.
    func optionalPublished(_ key: String) throws -> RedactedText? {
        guard let text = try string(key) else { return nil }
        if text.isEmpty { throw problem(key, "is empty") }
        return try published(key)
    }

    func strings(_ key: String) throws -> [String]? {
        guard let value = value(key) else { return nil }
        guard case .array(let values) = value else { throw problem(key, "must be a list of texts") }
        return try values.map { value in
            guard case .string(let text) = value else { throw problem(key, "must hold texts and nothing else") }
            return text
        }
    }

    func bool(_ key: String) throws -> Bool? {
        guard let value = value(key) else { return nil }
        guard case .bool(let bool) = value else { throw problem(key, "must be true or false") }
        return bool
    }

    func number(_ key: String, in range: ClosedRange<Double>) throws -> Double? {
        try value(key).map { try number($0, key, range) }
    }

    func integer(_ key: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let value = value(key) else { return nil }
        guard case .integer(let number) = value, range.contains(Int(number)) else {
            throw problem(key, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return Int(number)
    }

    func bools(_ key: String) throws -> [String: Bool]? {
        guard let object = try members(of: key) else { return nil }
        return try object.mapValues { value in
            guard case .bool(let bool) = value else { throw problem(key, "must map names to true or false") }
            return bool
        }
    }

    func numbers(_ key: String, in range: ClosedRange<Double>) throws -> [String: Double]? {
        try members(of: key)?.mapValues { try number($0, key, range) }
    }

    func object(_ key: String) throws -> ConfigurationReader? {
        try members(of: key).map { ConfigurationReader($0, file: file, path: "\(path)\(key).") }
    }

    /// One object, or a list of them: most teams have one account.
    func oneOrMore(_ key: String) throws -> [ConfigurationReader] {
        if case .array? = members[key] { return try objects(key) ?? [] }
        return try object(key).map { [$0] } ?? []
    }

    /// Where a server is: `https://` and its name, without a slash at the end.
    func address(_ key: String) throws -> String? {
        guard var text = try string(key) else { return nil }
        guard text.hasPrefix("https://") || text.hasPrefix("http://") else {
            throw problem(key, "must be an address that begins with https://")
        }
        while text.hasSuffix("/") { text.removeLast() }
        return text
    }

    func objects(_ key: String) throws -> [ConfigurationReader]? {
        guard let value = value(key) else { return nil }
        guard case .array(let values) = value else { throw problem(key, "must be a list of objects") }
        return try values.enumerated().map { place, value in
            guard case .object(let members) = value else { throw problem("\(key)[\(place)]", "must be an object") }
            return ConfigurationReader(members, file: file, path: "\(path)\(key)[\(place)].")
        }
    }

    /// Objects by names of their own.
    func namedObjects(_ key: String) throws -> [String: ConfigurationReader]? {
        guard let object = try members(of: key) else { return nil }
        var readers: [String: ConfigurationReader] = [:]
        for (name, value) in object {
            guard case .object(let members) = value else { throw problem("\(key).\(name)", "must be an object") }
            readers[name] = ConfigurationReader(members, file: file, path: "\(path)\(key).\(name).")
        }
        return readers
    }

    /// Texts by names of their own.
    func texts(_ key: String) throws -> [String: String]? {
        try members(of: key)?.mapValues { value in
            guard case .string(let text) = value else { throw problem(key, "must map names to texts") }
            return text
        }
    }

    /// Texts by language.
    func translations(_ key: String) throws -> [LanguageTag: String]? {
        try texts(key).map { texts in
            Dictionary(texts.map { (LanguageTag(rawValue: $0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// The members that are texts by language, whatever their names, as all of what the object holds.
    func allTranslations() throws -> [String: [LanguageTag: String]] {
        var all: [String: [LanguageTag: String]] = [:]
        for name in members.keys { all[name] = try translations(name) }
        return all
    }

    /// The members that are objects, whatever their names, as all of what the object holds.
    func allObjects() throws -> [String: ConfigurationReader] {
        var all: [String: ConfigurationReader] = [:]
        for name in members.keys { all[name] = try object(name) }
        return all
    }

    private func members(of key: String) throws -> [String: JSONValue]? {
        guard let value = value(key) else { return nil }
        guard case .object(let members) = value else { throw problem(key, "must be an object") }
        return members
    }

    private func number(_ value: JSONValue, _ key: String, _ range: ClosedRange<Double>) throws -> Double {
        let number: Double? =
            switch value {
            case .integer(let number): Double(number)
            case .number(let number): number
            default: nil
            }
        guard let number, range.contains(number) else {
            throw problem(key, "must be a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}
