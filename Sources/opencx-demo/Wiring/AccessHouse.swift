internal import FoundationEssentials
internal import OpenCXAccess
internal import OpenCXCore
internal import OpenCXPlatform
internal import OpenCXSQLite

/// Who may get in, without an agent: what the commands about keys and members work on, also while a server runs.
struct AccessHouse {
    let keys: APIKeys
    let members: TeamMembers
    private let store: SQLiteStore

    init(_ invocation: Invocation) throws {
        let path = invocation["--data"] ?? ".opencx"
        if path == "none" { throw UsageError("Keys and members are kept in a data folder: name one with --data.") }
        store = try House.durableStore(at: path)
        let (clock, ids) = (SystemClock(), RandomIDs())
        keys = APIKeys(store: store, ids: ids, clock: clock)
        members = TeamMembers(store: store, hasher: PasswordHasher(), ids: ids, clock: clock)
    }

    func close() async { await store.close() }
}
