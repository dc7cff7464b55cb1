import FoundationEssentials
import OpenCXAccess
import OpenCXCore
import OpenCXSQLite
import OpenCXTesting

/// A store of each kind, so that every test runs against both.
enum StoreKind: CaseIterable {
    case memory, sqlite
}

/// What a test of access needs.
struct Access {
    let clock = ManualClock()
    let ids = SequentialIDs()
    /// As cheap as can be: what is tested is who gets in.
    let hasher = PasswordHasher(cost: PasswordHasher.Cost(log2N: 4, blockSize: 1, parallelism: 1))
    let store: any AccessStore
    let documents: any TeamDocumentStore
    private let folder = Folder()

    init(_ kind: StoreKind = .memory) throws {
        switch kind {
        case .memory:
            let store = InMemoryAccessStore()
            (self.store, documents) = (store, store)
        case .sqlite:
            let store = try SQLiteStore(path: folder.path + "/store.sqlite")
            (self.store, documents) = (store, store)
        }
    }

    /// What stands in the store's files.
    func bytesOnDisk() throws -> String {
        try ["", "-wal"].map { suffix in
            let data = try Data(contentsOf: URL(filePath: folder.path + "/store.sqlite" + suffix))
            return String(decoding: data, as: UTF8.self)
        }.joined()
    }

    var members: TeamMembers { TeamMembers(store: store, hasher: hasher, ids: ids, clock: clock) }
    var keys: APIKeys { APIKeys(store: store, ids: ids, clock: clock) }

    func signIn(isSecure: Bool = true) -> TeamSignIn {
        var settings = TeamSignIn.Settings()
        settings.isSecure = isSecure
        return TeamSignIn(store: store, hasher: hasher, settings: settings, clock: clock)
    }
}

/// A folder of its own for a test, gone with it.
final class Folder: Sendable {
    let path = FileManager.default.temporaryDirectory.path + "/opencx-access-\(UUID().uuidString)"

    init() { try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: path) }
}

extension SignInOutcome {
    var signedIn: (member: SignedInMember, cookie: String)? {
        if case .signedIn(let member, let cookie) = self { (member, cookie) } else { nil }
    }

    var isRefused: Bool { if case .refused = self { true } else { false } }

    var retryAfter: Duration? { if case .tooManyTries(let wait) = self { wait } else { nil } }
}

/// A request that a browser sends with the cookies that it was given.
func request(cookie: String) -> WebhookRequest {
    WebhookRequest(headers: [("Cookie", "a=b; " + cookie.prefix { $0 != ";" } + "; c=d")])
}
