public import OpenCXCore

/// What came of reading an OpenAPI document: the operations that are actions now, and those that are not, with the reason.
///
/// ```swift
/// let imported = try OpenAPIImport(document: bytes, settings: settings)
/// for refusal in imported.refused { log.warning("\(refusal)") }
/// let actions = OpenAPIActions(imported, http: client)
/// ```
public struct OpenAPIImport: Sendable {
    /// The document's title.
    public let title: String
    /// The version of OpenAPI it is written in.
    public let version: String
    /// The operations that are actions now, in order of path and method.
    public let imported: [Operation]
    /// The operations that are none.
    public let refused: [Refusal]
    /// What was passed over in operations that were imported.
    public let notes: [OpenAPIError]
    let plans: [OperationPlan]
    let settings: OpenAPISettings

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - document: an OpenAPI document, version 2.0, 3.0 or 3.1, in JSON or YAML.
    ///   - settings: where its API is, how to authenticate, and what is allowed.
    /// - Throws: ``OpenAPIError`` when nothing of it can be used. What is wrong with single operations is in ``refused``.
    public init(document: [UInt8], settings: OpenAPISettings = OpenAPISettings()) throws(OpenAPIError) {
        let document = try Document(document)
        var importer = try Importer(document, settings)
        try importer.run()
        title = document.title
        version = document.version.text
        plans = importer.plans
        imported = importer.plans.map {
            Operation(action: $0.definition.name, operationID: $0.operationID, method: $0.method, path: $0.path)
        }
        refused = importer.refused
        notes = importer.notes
        self.settings = settings
    }

    /// What can be done now.
    public var actions: [ActionDefinition] { plans.map(\.definition) }

    /// An operation that is an action now.
    public struct Operation: Sendable, Hashable {
        /// The action's name.
        public var action: String
        /// The document's name for the operation.
        public var operationID: String?
        /// The method, in capitals.
        public var method: String
        /// The path, with its parameters in braces.
        public var path: String
    }

    /// An operation that is no action, and why.
    public struct Refusal: Sendable, Hashable, CustomStringConvertible {
        /// The document's name for the operation.
        public var operationID: String?
        /// The method, in capitals.
        public var method: String
        /// The path, with its parameters in braces.
        public var path: String
        /// Why.
        public var reason: OpenAPIError

        /// Method, path and reason.
        public var description: String { "\(method) \(path): \(reason)" }
    }
}
