public import OpenCXCore

/// What every ``/OpenCXCore/KnowledgeSource`` must do.
///
/// Uses no test framework, so that it runs in any. With Swift Testing:
///
/// ```swift
/// @Test(arguments: KnowledgeSourceContract.checks)
/// func contract(check: KnowledgeSourceContract.Check) async throws {
///     try await check.run(.init(source: MyWiki(client: RecordedVendor())))
/// }
/// ```
public struct KnowledgeSourceContract {
    /// What the checks are run on. Each check needs a fresh one.
    public struct Subject: Sendable {
        /// A source that holds two articles or more.
        public var source: any KnowledgeSource
        /// Changes the text of the article with this key, where a test can do that.
        public var change: (@Sendable (_ key: String) async throws -> Void)?
        /// Takes the article with this key away, where a test can do that.
        public var remove: (@Sendable (_ key: String) async throws -> Void)?

        /// Names what is checked.
        public init(
            source: any KnowledgeSource, change: (@Sendable (_ key: String) async throws -> Void)? = nil,
            remove: (@Sendable (_ key: String) async throws -> Void)? = nil
        ) {
            self.source = source
            self.change = change
            self.remove = remove
        }
    }

    /// One thing that a source must do.
    public typealias Check = ContractCheck<Subject>

    /// All checks.
    public static let checks = [
        Check("the id is made of letters, digits, hyphens and underscores", wellFormedID),
        Check("an unchanged source lists the same revisions again", stableListing),
        Check("every listed article can be fetched and is what was listed", fetchesWhatItLists),
        Check("fetching an article twice gives the same article", repeatableFetch),
        Check("articles can be fetched at the same time", concurrentFetches),
        Check("an unknown key is not found", unknownKey),
        Check("failures have keys of their own, and say what is wrong", describedFailures),
        Check("a changed article gets another revision, and no other article does", changedRevision),
        Check("a removed article is listed no more and is not found", removedArticle),
    ]

    private static func wellFormedID(_ subject: Subject) async throws {
        let id = subject.source.id.rawValue
        let isWellFormed = id.utf8.allSatisfy { byte in
            Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8).contains(byte)
        }
        if id.isEmpty || !isWellFormed { throw Breach("\"\(id)\" is no id for a source.") }
    }

    private static func stableListing(_ subject: Subject) async throws {
        let first = try await listing(of: subject)
        let second = try await listing(of: subject)
        if first != second { throw Breach("Two listings differ although nothing changed.") }
    }

    private static func fetchesWhatItLists(_ subject: Subject) async throws {
        for (key, revision) in try await listing(of: subject) {
            let article = try await subject.source.article(key)
            if article.key != key {
                throw Breach("Asked for \"\(key)\", the source gave \"\(article.key)\".")
            }
            if article.revision != revision {
                throw Breach(
                    "\"\(key)\" was listed with revision \"\(revision)\" and came with \"\(article.revision)\": it would be "
                        + "fetched again at every synchronization.")
            }
            if article.title.isEmpty { throw Breach("\"\(key)\" has no title.") }
            if article.locale.primary.isEmpty { throw Breach("\"\(key)\" has no language.") }
        }
    }

    private static func repeatableFetch(_ subject: Subject) async throws {
        for key in try await listing(of: subject).keys {
            let first = String(describing: try await subject.source.article(key))
            let second = String(describing: try await subject.source.article(key))
            if first != second { throw Breach("\"\(key)\" came out differently the second time.") }
        }
    }

    private static func concurrentFetches(_ subject: Subject) async throws {
        let source = subject.source
        let listed = try await listing(of: subject)
        let fetched = try await withThrowingTaskGroup(of: SourceArticle.self) { group in
            for key in listed.keys { group.addTask { try await source.article(key) } }
            var revisions: [String: String] = [:]
            for try await article in group { revisions[article.key] = article.revision }
            return revisions
        }
        if fetched != listed {
            throw Breach("Fetching at the same time gave other articles than the listing.")
        }
    }

    private static func unknownKey(_ subject: Subject) async throws {
        for key in ["no-such-article", "../no-such-article", ""] {
            try await expectNotFound(key, in: subject.source)
        }
    }

    private static func describedFailures(_ subject: Subject) async throws {
        let listing = try await subject.source.list()
        for (key, failure) in listing.failures {
            if failure.message.isEmpty { throw Breach("The failure of \"\(key)\" says nothing.") }
            if listing.revisions[key] != nil {
                throw Breach("\"\(key)\" is listed and failed at the same time.")
            }
        }
    }

    private static func changedRevision(_ subject: Subject) async throws {
        guard let change = subject.change else { return }
        let before = try await listing(of: subject)
        guard let key = before.keys.min() else { return }
        try await change(key)
        let after = try await listing(of: subject)
        if after[key] == nil { throw Breach("\"\(key)\" is listed no more after it was changed.") }
        if after[key] == before[key] { throw Breach("\"\(key)\" was changed, and its revision was not.") }
        let others = after.filter { $0.key != key && before[$0.key] != $0.value }.keys.sorted()
        if !others.isEmpty { throw Breach("Changing \"\(key)\" also changed the revisions of \(others).") }
    }

    private static func removedArticle(_ subject: Subject) async throws {
        guard let remove = subject.remove else { return }
        guard let key = try await listing(of: subject).keys.min() else { return }
        try await remove(key)
        if try await subject.source.list().revisions[key] != nil {
            throw Breach("\"\(key)\" was removed and is still listed.")
        }
        try await expectNotFound(key, in: subject.source)
    }

    private static func listing(of subject: Subject) async throws -> [String: String] {
        let revisions = try await subject.source.list().revisions
        if revisions.count < 2 {
            throw Breach("The source lists \(revisions.count) articles; the contract needs two or more.")
        }
        return revisions
    }

    private static func expectNotFound(_ key: String, in source: any KnowledgeSource) async throws {
        do {
            _ = try await source.article(key)
        } catch let error as KnowledgeSourceError where error.code == .notFound {
            return
        }
        throw Breach("There is no article \"\(key)\", and the source gave one.")
    }
}
