internal import OpenCXAccess
internal import OpenCXCore

extension Command {
    static let keysCreate = Command(
        name: "keys create", summary: "make an API key for a program, and show it once",
        operands: [Operand(name: "NAME")],
        options: [
            Option(name: "--scopes", value: "LIST", help: "what it is good for: contacts:read,chat-sessions:write,…"),
            Option(name: "--read-only", value: nil, help: "every scope that only reads"),
            Option(name: "--full-access", value: nil, help: "everything"),
        ],
        discussion: """
            Only a digest of the key is kept, so it cannot be shown again. Scopes are
            \(APIScope.Resource.allCases.map(\.rawValue).joined(separator: ", ")), each with :read or :write.
            """,
        run: { invocation in
            let scopes = try scopes(invocation)
            let access = try AccessHouse(invocation)
            let (record, key) = try await access.keys.create(name: invocation.operands[0], scopes: scopes)
            await access.close()
            invocation.terminal.print(key.reveal())
            invocation.terminal.complain(
                "\(record.id): \(record.name.forTerminal), \(record.rights). It is not shown again.")
        })

    static let keysList = Command(
        name: "keys list", summary: "list the API keys",
        run: { invocation in
            let access = try AccessHouse(invocation)
            let keys = try await access.keys.all()
            await access.close()
            if keys.isEmpty { invocation.terminal.print("There are no keys.") }
            for key in keys {
                let state =
                    key.revokedAt.map { "revoked \($0)" } ?? key.lastUsedAt.map { "last used \($0)" } ?? "never used"
                invocation.terminal.print("\(key.id)  \(key.name.forTerminal)  \(key.rights)  \(state)")
            }
        })

    static let keysRevoke = Command(
        name: "keys revoke", summary: "end an API key for good",
        operands: [Operand(name: "ID")],
        run: { invocation in
            let access = try AccessHouse(invocation)
            let key = try await access.keys.revoke(APIKeyID(invocation.operands[0]))
            await access.close()
            invocation.terminal.print("\(key.id): \(key.name.forTerminal) is good for nothing any more.")
        })

    private static func scopes(_ invocation: Invocation) throws -> Set<APIScope>? {
        let choices = [invocation["--scopes"] != nil, invocation.has("--read-only"), invocation.has("--full-access")]
        guard choices.count(where: { $0 }) == 1 else {
            throw UsageError("Say what the key is good for: --scopes, --read-only or --full-access.")
        }
        if invocation.has("--full-access") { return nil }
        guard let list = invocation["--scopes"] else { return Set(APIScope.all.filter { $0.access == .read }) }
        return Set(
            try list.split(separator: ",").map { text in
                let text = text.drop { $0 == " " }
                guard let scope = APIScope(text) else {
                    throw UsageError("There is no scope \"\(text)\"; there is for example contacts:read.")
                }
                return scope
            })
    }
}

extension APIKeyRecord {
    fileprivate var rights: String { scopes.isEmpty ? "full access" : scopes.joined(separator: ",") }
}
