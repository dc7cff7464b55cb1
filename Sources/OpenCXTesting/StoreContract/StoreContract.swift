public import OpenCXCore

/// What every store has to do, as a list of checks that a test runs against an implementation.
///
/// With Swift Testing, one parameterized test runs them all:
///
/// ```swift
/// @Test(arguments: StoreContract.checks)
/// func holds(_ check: StoreContract.Check) async throws {
///     try await check.run { MyStore() }
/// }
/// ```
public struct StoreContract: Sendable {
    private let makeStore: @Sendable () async throws -> any Store

    /// Prepares to check a kind of store.
    ///
    /// - Parameter makeStore: makes an empty store; called anew for every check.
    public init(makeStore: @escaping @Sendable () async throws -> any Store) {
        self.makeStore = makeStore
    }

    /// Runs every check, one after the other.
    ///
    /// - Throws: ``ContractViolation`` at the first thing that does not hold, or what the store throws.
    public func run() async throws {
        for check in Self.checks { try await check.run(makeStore) }
    }

    /// Every check there is. Names are unique; later versions may bring more.
    public static let checks: [Check] =
        intakeChecks + dedupeChecks + openingChecks + contactChecks + mergeChecks + turnChecks + commitChecks
        + outboxChecks + reportChecks + effectChecks + teamChecks + helpdeskChecks + keepingChecks + surveyChecks
        + lifecycleChecks + erasureChecks + hidingChecks
        + retentionChecks + listChecks + queryChecks + knowledgeChecks + textChecks

    /// One thing that every store has to do.
    public struct Check: Sendable, CustomStringConvertible {
        /// What holds, in a few words.
        public let name: String
        private let body: @Sendable (StoreScene) async throws -> Void

        init(_ name: String, _ body: @escaping @Sendable (StoreScene) async throws -> Void) {
            self.name = name
            self.body = body
        }

        /// What holds, in a few words.
        public var description: String { name }

        /// Checks a store.
        ///
        /// - Parameter makeStore: makes an empty store.
        /// - Throws: ``ContractViolation`` when the check does not hold, or what the store throws.
        public func run(_ makeStore: () async throws -> any Store) async throws {
            try await body(StoreScene(store: try await makeStore(), check: name))
        }
    }
}
