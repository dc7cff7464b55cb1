internal import FoundationEssentials
internal import OpenCXCore
internal import OpenCXSQLite
internal import OpenCXVault

extension RedactionPolicy {
    init(_ reader: ConfigurationReader) throws {
        self.init()
        if let names = try reader.strings("types") {
            kinds = Set(try names.map { try Self.known($0, "types", reader) })
        }
        if let name = try reader.string("mask") { mask = try Self.style(name, "mask", reader) }
        for (kind, name) in try reader.texts("masks") ?? [:] {
            // A kind of the team's own has a mask too.
            masks[PIIKind(rawValue: kind)] = try Self.style(name, "masks", reader)
        }
        if let codes = try reader.strings("regions") {
            if let unknown = codes.first(where: { !Self.knownRegions.contains($0) }) {
                throw reader.problem(
                    "regions", "has \"\(unknown)\", which is no region; write codes such as \"US\" or \"DE\"")
            }
            regions = Set(codes)
        }
        names = try reader.strings("names") ?? []
        patterns = try reader.objects("custom")?.map(CustomPattern.init) ?? []
        try reader.finish()
    }

    private static func known(_ name: String, _ key: String, _ reader: ConfigurationReader) throws -> PIIKind {
        let kind = PIIKind(rawValue: name)
        if !PIIKind.builtIn.contains(kind) {
            let list = PIIKind.builtIn.map(\.rawValue).sorted().joined(separator: ", ")
            throw reader.problem(key, "has \"\(name)\", which is no type; known are \(list)")
        }
        return kind
    }

    private static func style(_ name: String, _ key: String, _ reader: ConfigurationReader) throws -> MaskStyle {
        switch name {
        case "placeholder": .placeholder
        case "last_four": .lastFour
        case "full": .full
        default: throw reader.problem(key, "has \"\(name)\"; a mask is \"placeholder\", \"last_four\" or \"full\"")
        }
    }
}

extension CustomPattern {
    init(_ reader: ConfigurationReader) throws {
        let name = try reader.required("name")
        let expression = try reader.required("pattern")
        do {
            try self.init(kind: PIIKind(rawValue: name), expression: expression)
        } catch {
            throw reader.problem("pattern", "cannot be used: \(error)")
        }
        try reader.finish()
    }
}

/// How raw values are kept, as the configuration says it. The key is in the environment, so that the file can be shown around.
struct VaultSettings: Sendable {
    var keyVariable: String?
    var lifetime: Duration?

    init() {}

    init(_ reader: ConfigurationReader) throws {
        keyVariable = try reader.string("key_variable")
        if let hours = try reader.number("lifetime", in: 0...87600), hours > 0 {
            lifetime = .milliseconds(Int64(hours * 3_600_000))
        }
        try reader.finish()
    }

    /// The vault: in memory without a key, else encrypted in the store.
    func vault(
        in store: any Store, clock: any AgentClock,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> any PIIVault {
        guard let keyVariable, let file = store as? SQLiteStore else {
            return lifetime.map { InMemoryVault(lifetime: $0, clock: clock) } ?? InMemoryVault()
        }
        guard let text = environment[keyVariable], !text.isEmpty else {
            throw Failure(
                """
                The environment variable \(keyVariable) is not set. It has to hold the vault's key: a name, a colon and Base64 \
                of 32 random bytes, as in "k1:$(openssl rand -base64 32)"; earlier keys follow, with spaces between them.
                """)
        }
        do {
            let keys = try text.split(separator: " ").map { try VaultKey(Secret(String($0))) }
            if Set(keys.map(\.id)).count < keys.count { throw Failure("\(keyVariable) has two keys of the same name.") }
            guard let key = keys.first else { throw VaultKey.Problem.badKey }
            return SealedVault(
                store: file, key: key, earlier: Array(keys.dropFirst()), lifetime: lifetime, clock: clock)
        } catch let problem as VaultKey.Problem {
            throw Failure("\(keyVariable): \(problem)")
        }
    }
}
