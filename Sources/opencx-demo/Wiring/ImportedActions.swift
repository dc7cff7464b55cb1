internal import OpenCXCore
internal import OpenCXOpenAPI
internal import OpenCXREST

/// The actions of the configuration, and beside them those of OpenAPI documents that came over the REST API and are kept in the
/// store. They exist on the web chat only, go to public HTTPS addresses only, and carry no credentials.
final class ImportedActions: ActionProvider {
    private let configured: (any ActionProvider)?
    private let store: any TeamDocumentStore
    private let http: any HTTPClient
    private let read = Locked([String: Read]())

    private static let kind = TeamDocument.Kind(rawValue: "openapi_document")
    /// No more documents are kept.
    private static let documentLimit = 50

    private struct Read: Sendable {
        var document: TeamDocument
        var definitions: [ActionDefinition]
        var provider: OpenAPIActions
    }

    init(configured: (any ActionProvider)?, store: any TeamDocumentStore, http: any HTTPClient) {
        self.configured = configured
        self.store = store
        self.http = http
    }

    func actions() async throws -> [ActionDefinition] { try await all().map(\.definition) }

    func call(_ call: ActionCall) async throws -> ActionResult {
        guard let found = try await all().first(where: { $0.definition.name == call.name }) else {
            throw ActionError(.badArguments, "There is no such action.")
        }
        return try await found.provider.call(call)
    }

    /// Checks a document and, unless it is a trial, keeps it in place of the one of its name.
    func take(_ request: ActionImport, at time: Timestamp) async throws -> ActionImportReport {
        let imported: OpenAPIImport
        do throws(OpenAPIError) {
            imported = try OpenAPIImport(
                document: request.document, settings: OpenAPISettings(serverBaseURL: request.serverBaseURL))
        } catch {
            throw ActionImportError("\(error)")
        }
        var taken = Set(try await configured?.actions().map(\.name) ?? [])
        let documents = try await store.documents(Self.kind)
        for document in documents where document.id != request.name {
            taken.formUnion(try definitions(of: document).definitions.map(\.name))
        }
        if let clash = imported.actions.first(where: { taken.contains($0.name) })?.name {
            throw ActionImportError("There is another action named \(clash).")
        }
        if !request.isTrial {
            guard documents.count < Self.documentLimit || documents.contains(where: { $0.id == request.name }) else {
                throw ActionImportError("No more than \(Self.documentLimit) documents are kept.")
            }
            var body: [String: JSONValue] = [
                "document": .string(String(decoding: request.document, as: UTF8.self))
            ]
            if let url = request.serverBaseURL { body["server_base_url"] = .string(url) }
            try await store.put(
                TeamDocument(kind: Self.kind, id: request.name, body: .object(body), createdAt: time))
        }
        return ActionImportReport(
            actions: imported.actions,
            refused: imported.refused.map { ("\($0.method) \($0.path)", "\($0.reason)") })
    }

    private func all() async throws -> [(definition: ActionDefinition, provider: any ActionProvider)] {
        var all: [(definition: ActionDefinition, provider: any ActionProvider)] = []
        if let configured { all = try await configured.actions().map { ($0, configured) } }
        for document in try await store.documents(Self.kind) {
            let read = try definitions(of: document)
            all += read.definitions.map { ($0, read.provider) }
        }
        return all
    }

    private func definitions(of document: TeamDocument) throws -> Read {
        if let known = read.withLock({ $0[document.id] }), known.document == document { return known }
        let imported = try OpenAPIImport(
            document: Array((document.body["document"]?.string ?? "").utf8),
            settings: OpenAPISettings(serverBaseURL: document.body["server_base_url"]?.string))
        let new = Read(
            document: document, definitions: imported.actions, provider: OpenAPIActions(imported, http: http))
        read.withLock { $0[document.id] = new }
        return new
    }
}
