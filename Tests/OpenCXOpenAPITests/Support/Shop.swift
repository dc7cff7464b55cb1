import OpenCXCore
import OpenCXOpenAPI
import OpenCXTesting

/// Small documents for tests.
enum Shop {
    /// A document with one operation, `GET /things` unless told otherwise, in YAML.
    static func document(
        _ operation: String, path: String = "/things", method: String = "get", more: String = "",
        server: String = "https://api.example.com/v1", version: String = "3.0.3"
    ) -> [UInt8] {
        let indented = operation.split(separator: "\n", omittingEmptySubsequences: false)
            .map { "      \($0)" }.joined(separator: "\n")
        return Array(
            """
            openapi: \(version)
            info: {title: Shop, version: "1"}
            servers: [{url: "\(server)"}]
            paths:
              "\(path)":
                \(method):
                  operationId: the_operation
                  description: Does something useful for a customer.
                  responses: {"200": {description: OK}}
            \(indented)
            \(more)
            """.utf8)
    }

    /// Imports a document that has one operation, and calls it.
    static func request(
        _ document: [UInt8], _ values: [String: JSONValue] = [:], settings: OpenAPISettings = OpenAPISettings(),
        customer: String? = nil
    ) async throws -> HTTPRequest {
        let api = FakeAPI()
        let imported = try OpenAPIImport(document: document, settings: settings)
        if let refusal = imported.refused.first { throw refusal.reason }
        let actions = OpenAPIActions(imported, http: api)
        _ = try await actions.call(ActionCall(imported.actions[0].name, values, customer: customer))
        return api.requests[0]
    }

    /// Why the document's one operation is refused.
    static func refusal(_ document: [UInt8], settings: OpenAPISettings = OpenAPISettings()) throws -> OpenAPIError? {
        try OpenAPIImport(document: document, settings: settings).refused.first?.reason
    }
}
