public import OpenCXCore

extension SQLiteStore: TeamDocumentStore {
    /// See ``/OpenCXCore/TeamDocumentStore/documents(_:)``.
    public func documents(_ kind: TeamDocument.Kind) async throws -> [TeamDocument] {
        try await read { database in
            try database.all(
                "SELECT id, body, created_at, updated_at FROM team_documents WHERE kind = ? ORDER BY id",
                .text(kind.rawValue)
            ) { try TeamDocument(kind, $0) }
        }
    }

    /// See ``/OpenCXCore/TeamDocumentStore/document(_:_:)``.
    public func document(_ kind: TeamDocument.Kind, _ id: String) async throws -> TeamDocument? {
        try await read { database in
            try database.first(
                "SELECT id, body, created_at, updated_at FROM team_documents WHERE kind = ? AND id = ?",
                .text(kind.rawValue), .text(id)
            ) { try TeamDocument(kind, $0) }
        }
    }

    /// See ``/OpenCXCore/TeamDocumentStore/put(_:)``.
    public func put(_ document: TeamDocument) async throws {
        try await write { database in
            try database.run(
                """
                INSERT INTO team_documents (kind, id, body, created_at, updated_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at
                """,
                .text(document.kind.rawValue), .text(document.id), .json(document.body.serialized()),
                .time(document.createdAt), .time(document.updatedAt))
        }
    }

    /// See ``/OpenCXCore/TeamDocumentStore/removeDocument(_:_:)``.
    public func removeDocument(_ kind: TeamDocument.Kind, _ id: String) async throws -> Bool {
        try await write { database in
            try database.run(
                "DELETE FROM team_documents WHERE kind = ? AND id = ?", .text(kind.rawValue), .text(id))
            return database.changes == 1
        }
    }
}

extension TeamDocument {
    fileprivate init(_ kind: Kind, _ row: Row) throws {
        self.init(
            kind: kind, id: row.text(0), body: try row.json(1), createdAt: row.time(2), updatedAt: row.time(3))
    }
}
