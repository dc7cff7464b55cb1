import OpenCXCore
import OpenCXSearch
import OpenCXTesting
import Testing

@Suite("An index that follows its store")
struct FollowingTests {
    private let store = InMemoryStore()
    private let clock = ManualClock()
    private let index = SearchIndex()

    /// What another process does: the index is not told.
    private func put(_ articles: Article...) async throws {
        _ = try await store.update(KnowledgeChanges(upserted: articles))
    }

    /// Follows while the body runs; ends only by cancellation, and says what was reported.
    private func following(
        _ followed: any KnowledgeStore, _ body: () async throws -> Void
    ) async throws -> [StoreError.Code] {
        let (index, clock, reports) = (index, clock, Locked<[StoreError.Code]>([]))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await #expect(throws: CancellationError.self) {
                    try await index.follow(followed, every: .seconds(5), clock: clock) { error in
                        reports.withLock { $0 += ((error as? StoreError)?.code).map { [$0] } ?? [] }
                    }
                }
            }
            try await clock.waitForSleepers(count: 1)
            try await body()
            group.cancelAll()
        }
        #expect(clock.sleeperCount == 0)
        return reports.withLock { $0 }
    }

    /// To the next look, and until that is over.
    private func tick() async throws {
        clock.advance(by: .seconds(5))
        try await clock.waitForSleepers(count: 1)
    }

    private func found(_ text: String) -> [String] { index.search(query(text)).keys }

    @Test("what is in the store at the beginning is found without waiting, what is changed there at the next look")
    func changes() async throws {
        try await put(article("a", "Kayaks", "We rent kayaks."), article("b", "Tents", "We rent tents."))
        let reports = try await following(store) {
            #expect(found("kayaks") == ["a"])
            try await put(article("a", "Canoes", "We rent canoes.", revision: "2"))
            _ = try await store.update(KnowledgeChanges(removed: [ArticleID(source: "kb", key: "b")]))
            #expect(found("canoes") == [] && found("tents") == ["b"])
            clock.advance(by: .milliseconds(4999))
            #expect(clock.sleeperCount == 1)
            clock.advance(by: .milliseconds(1))
            try await clock.waitForSleepers(count: 1)
            #expect(found("canoes") == ["a"] && found("kayaks") == [] && found("tents") == [])
            #expect(try await store.knowledgeVersion() == index.knowledgeVersion)
        }
        #expect(reports == [])
    }

    @Test("where nothing has changed, no article is read")
    func unchanged() async throws {
        try await put(article("a", "Kayaks", "We rent kayaks."))
        let shaky = ShakyStore(store)
        _ = try await following(shaky) {
            let count = shaky.readings
            for _ in 1...3 { try await tick() }
            #expect(shaky.readings == count)
        }
    }

    @Test("a store that fails is reported, and followed again at the next look")
    func failure() async throws {
        let shaky = ShakyStore(store)
        let reports = try await following(shaky) {
            try await put(article("a", "Kayaks", "We rent kayaks."))
            shaky.failures.withLock { $0 = 1 }
            try await tick()
            #expect(found("kayaks") == [])
            try await tick()
            #expect(found("kayaks") == ["a"])
        }
        #expect(reports == [.unavailable])
    }

    @Test("a cancellation that reaches the store first ends it as well, and is no failure")
    func cancelledInTheStore() async throws {
        let shaky = ShakyStore(store)
        let reports = try await following(shaky) {
            shaky.hangs.withLock { $0 = true }
            clock.advance(by: .seconds(5))
            try await shaky.pause.waitForSleepers(count: 1)
        }
        #expect(reports == [])
    }
}

/// A store of articles that fails, or hangs until it is cancelled, when it is asked for its version.
private final class ShakyStore: KnowledgeStore {
    let inner: InMemoryStore
    /// How often it is still to fail.
    let failures = Locked(0)
    let hangs = Locked(false)
    /// What it hangs on; nobody moves it.
    let pause = ManualClock()
    private let count = Locked(0)

    /// How often articles were read.
    var readings: Int { count.withLock { $0 } }

    init(_ inner: InMemoryStore) { self.inner = inner }

    func knowledgeVersion() async throws -> Int {
        if hangs.withLock({ $0 }) {
            try? await pause.sleep(until: pause.now() + .seconds(1))
            throw StoreError(.unavailable, "Interrupted.")
        }
        let fails = failures.withLock { left in
            defer { left = max(0, left - 1) }
            return left > 0
        }
        if fails { throw StoreError(.unavailable, "The disk is gone.") }
        return try await inner.knowledgeVersion()
    }

    func articles(after id: ArticleID?, limit: Int) async throws -> [Article] {
        count.withLock { $0 += 1 }
        return try await inner.articles(after: id, limit: limit)
    }

    func revisions(of source: KnowledgeSourceID) async throws -> [ArticleID: String] {
        try await inner.revisions(of: source)
    }
    func update(_ changes: KnowledgeChanges) async throws -> Int { try await inner.update(changes) }
    func article(_ id: ArticleID) async throws -> Article? { try await inner.article(id) }
    func saveSnapshot(_ bytes: [UInt8], version: Int) async throws {
        try await inner.saveSnapshot(bytes, version: version)
    }
    func snapshot() async throws -> (bytes: [UInt8], version: Int)? { try await inner.snapshot() }
}
