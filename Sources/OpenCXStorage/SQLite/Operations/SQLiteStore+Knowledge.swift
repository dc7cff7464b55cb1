public import OpenCXCore

extension SQLiteStore {
    /// See ``/OpenCXCore/KnowledgeStore/revisions(of:)``.
    public func revisions(of source: KnowledgeSourceID) async throws -> [ArticleID: String] {
        try await read { database in
            let rows = try database.all("SELECT id, revision FROM articles WHERE source = ?", .id(source)) { row in
                (ArticleID(row.text(0)), row.text(1))
            }
            return Dictionary(rows, uniquingKeysWith: { first, _ in first })
        }
    }

    /// See ``/OpenCXCore/KnowledgeStore/update(_:)``.
    public func update(_ changes: KnowledgeChanges) async throws -> Int {
        try await write { database in
            // An article that is removed and put in again is a new revision.
            let kept = Set(changes.upserted.map(\.id))
            var changed = false
            for id in changes.removed where !kept.contains(id) {
                try database.run("DELETE FROM articles WHERE id = ?", .id(id))
                if database.changes > 0 { changed = true }
            }
            for article in changes.upserted where try database.article(article.id) != article {
                try database.run(
                    """
                    INSERT INTO articles (id, source, revision, body) VALUES (?, ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE
                    SET source = excluded.source, revision = excluded.revision, body = excluded.body
                    """, .id(article.id), .id(article.source), .text(article.revision),
                    .json(try StoredJSON.encode(article)))
                changed = true
            }
            if changed { try database.run("UPDATE counters SET value = value + 1 WHERE name = 'knowledge'") }
            return try database.knowledgeVersion()
        }
    }

    /// See ``/OpenCXCore/KnowledgeStore/article(_:)``.
    public func article(_ id: ArticleID) async throws -> Article? {
        try await read { try $0.article(id) }
    }

    /// See ``/OpenCXCore/KnowledgeStore/articles(_:)``.
    public func articles(_ ids: [ArticleID]) async throws -> [Article] {
        // In one transaction, so that all are of one version.
        try await read { database in try database.reading { try ids.compactMap { try database.article($0) } } }
    }

    /// See ``/OpenCXCore/KnowledgeStore/articles(after:limit:)``.
    public func articles(after id: ArticleID?, limit: Int) async throws -> [Article] {
        try await read { database in
            // No id is empty, so everything comes after the empty one.
            try database.all(
                "SELECT body FROM articles WHERE id > ? ORDER BY id LIMIT ?", .text(id?.rawValue ?? ""), .limit(limit)
            ) { try $0.json(0) }
        }
    }

    /// See ``/OpenCXCore/KnowledgeStore/knowledgeVersion()``.
    public func knowledgeVersion() async throws -> Int {
        try await lookUp { try $0.knowledgeVersion() }
    }

    /// See ``/OpenCXCore/KnowledgeStore/saveSnapshot(_:version:)``.
    public func saveSnapshot(_ bytes: [UInt8], version: Int) async throws {
        try await write { database in
            try database.run(
                "INSERT OR REPLACE INTO index_snapshot (slot, version, body) VALUES (1, ?, ?)", .int(version),
                .blob(bytes))
        }
    }

    /// See ``/OpenCXCore/KnowledgeStore/snapshot()``.
    public func snapshot() async throws -> (bytes: [UInt8], version: Int)? {
        try await read { database in
            try database.first("SELECT body, version FROM index_snapshot") { ($0.bytes(0), $0.int(1)) }
        }
    }
}

extension Database {
    fileprivate func article(_ id: ArticleID) throws -> Article? {
        try first("SELECT body FROM articles WHERE id = ?", .id(id)) { try $0.json(0) }
    }

    fileprivate func knowledgeVersion() throws -> Int {
        try first("SELECT value FROM counters WHERE name = 'knowledge'") { $0.int(0) } ?? 0
    }
}
